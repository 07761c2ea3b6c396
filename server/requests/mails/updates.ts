import type { OutcomeContent } from './kinds.ts';
import type { MailQuoteLine } from './queries.ts';
import type { MailDocument, Section } from '#server/platform/mailing/document.ts';
import {
  buyerContact,
  buyerName,
  quotedRow,
  quotedSums,
  requestFacts,
  table,
  wordsOf,
  type RequestMailInput,
} from './parts.ts';
import { vendorFooter } from './specification.ts';

export interface ThreadMessage {
  kind: 'message' | 'more_time' | 'deadline' | 'revision' | 'decline';
  authorName: string;
  text: string;
  vendorName: string;
}

/** Notifies a vendor of the buyer's message. */
export function enquiryMessageMail(
  input: RequestMailInput,
  message: ThreadMessage,
  url: string,
): MailDocument {
  const { translator, rows } = input;
  const buyer = buyerName(input);
  return vendorMail(input, url, {
    subject: translator.t('enquiry-message.subject', { number: rows.request.number, buyer }),
    heading: translator.t('enquiry-message.heading', { buyer }),
    lead: buyerContact(input),
    label: translator.t('enquiry-message.action'),
    hint: translator.t('enquiry-message.hint'),
    sections: wordsOf(input, translator.t('messageFromBuyer'), message.text),
  });
}

/** Notifies a vendor that the buyer asks for a changed answer. */
export function revisionMail(input: RequestMailInput, message: ThreadMessage, url: string): MailDocument {
  const { translator, rows } = input;
  const buyer = buyerName(input);
  return vendorMail(input, url, {
    subject: translator.t('revision.subject', { number: rows.request.number }),
    heading: translator.t('revision.heading', { buyer }),
    lead: buyerContact(input),
    label: translator.t('revision.action'),
    hint: translator.t('revision.hint'),
    sections: wordsOf(input, translator.t('messageFromBuyer'), message.text),
  });
}

/** Notifies a vendor of its later deadline. */
export function deadlineMail(
  input: RequestMailInput,
  content: { deadline: string },
  url: string,
): MailDocument {
  const { translator, rows } = input;
  const deadline = new Date(content.deadline);
  return vendorMail(input, url, {
    subject: translator.t('deadline.subject', {
      number: rows.request.number,
      date: translator.day(deadline),
    }),
    heading: translator.t('deadline.heading'),
    lead: translator.t('deadline.lead', { buyer: buyerName(input), time: translator.time(deadline) }),
    label: translator.t('deadline.action'),
    hint: translator.t('deadline.hint'),
    sections: [],
    deadline,
  });
}

/** Notifies a vendor of its own outcome, without other vendors or their prices. `lines`: its accepted lines. */
export function outcomeMail(
  input: RequestMailInput,
  content: OutcomeContent,
  lines: MailQuoteLine[],
  url: string,
): MailDocument {
  const { translator, rows } = input;
  const named = { number: rows.request.number, buyer: buyerName(input) };
  const count = translator.t('lines', { count: content.lineIds.length });
  const words = {
    won: [
      translator.t('outcome.wonSubject', named),
      translator.t('outcome.wonHeading'),
      translator.t('outcome.wonLead', { buyer: named.buyer }),
    ],
    won_in_part: [
      translator.t('outcome.partSubject', named),
      translator.t('outcome.partHeading'),
      translator.t('outcome.partLead', { buyer: named.buyer, lines: count }),
    ],
    lost: [
      translator.t('outcome.lostSubject', named),
      translator.t('outcome.lostHeading'),
      translator.t('outcome.lostLead', { buyer: named.buyer }),
    ],
  } as const;
  const [subject, heading, lead] = words[content.outcome];
  return vendorMail(input, url, {
    subject,
    heading,
    lead: content.outcome === 'lost' ? lead : `${lead}\n${buyerContact(input)}`,
    label: translator.t('outcome.action'),
    hint: translator.t('outcome.hint'),
    sections: lines.length > 0 ? [acceptedTable(input, translator.t('outcome.lines'), lines, false)] : [],
  });
}

function acceptedTable(
  input: RequestMailInput,
  title: string,
  lines: MailQuoteLine[],
  withVendor: boolean,
): Section {
  const { translator } = input;
  const label = translator.t('acceptedSum', { lines: translator.t('lines', { count: lines.length }) });
  return table(input, {
    title,
    price: translator.t('quotedPrice'),
    rows: lines.map((row) =>
      quotedRow(
        translator,
        row,
        withVendor ? [translator.t('acceptedFrom', { name: row.enquiry.vendorName })] : [],
      ),
    ),
    sums: quotedSums(lines).map((sum) => ({ label, value: translator.money(sum) })),
  });
}

interface MailTexts {
  subject: string;
  heading: string;
  lead: string;
  label: string;
  hint: string;
  sections: Section[];
  deadline?: Date;
}

function vendorMail(input: RequestMailInput, url: string, mail: MailTexts): MailDocument {
  const { translator, rows } = input;
  const { subject, heading, lead, label, hint, sections } = mail;
  return {
    ...{ subject, heading, lead, sections },
    lang: translator.lang,
    preview: lead.split('\n')[0] ?? '',
    addressee: translator.t('for', { name: rows.enquiry?.vendorName ?? rows.delivery.toName }),
    facts: requestFacts(input, [], mail.deadline ?? null),
    action: { label, url, hint },
    footer: vendorFooter(input, null),
  };
}

/** Notifies the buyer that a vendor wrote or asks for more time. */
export function buyerMessageMail(input: RequestMailInput, message: ThreadMessage, url: string): MailDocument {
  const { translator, rows } = input;
  const vendor = message.vendorName;
  const asksTime = message.kind === 'more_time';
  const named = { number: rows.request.number, vendor };
  return buyerMail(input, url, {
    subject: asksTime
      ? translator.t('buyer-message.moreTimeSubject', named)
      : translator.t('buyer-message.subject', named),
    heading: asksTime
      ? translator.t('buyer-message.moreTimeHeading', { vendor })
      : translator.t('buyer-message.heading', { vendor }),
    lead: message.authorName === vendor ? '' : message.authorName,
    label: translator.t('buyer-message.action'),
    hint: translator.t('buyer-message.hint'),
    sections: wordsOf(input, translator.t('messageFrom', { name: vendor }), message.text),
  });
}

/** Lists the answers since the last digest for the buyer. `lines`: those of all these versions. */
export function digestMail(input: RequestMailInput, lines: MailQuoteLine[], url: string): MailDocument {
  const { translator, rows } = input;
  const answers = [...Map.groupBy(lines, ({ quote }) => quote.id).values()].toSorted(
    (a, b) => a[0]!.quote.createdAt.getTime() - b[0]!.quote.createdAt.getTime(),
  );
  const vendors = [...new Set(answers.map((answer) => answer[0]!.enquiry.vendorName))];
  const items = answers.map((answer) => digestItem(input, answer));
  return buyerMail(input, url, {
    subject: translator.t('digest.subject', { count: answers.length, number: rows.request.number }),
    heading: translator.t('digest.heading', { count: vendors.length }),
    lead: translator.list(vendors),
    label: translator.t('digest.action'),
    hint: translator.t(rows.request.kind === 'order' ? 'digest.orderHint' : 'digest.hint'),
    sections: [{ kind: 'list', title: translator.t('digest.answers'), items }],
  });
}

function digestItem(
  { translator }: RequestMailInput,
  answer: MailQuoteLine[],
): { title: string; text: string } {
  const { quote, enquiry } = answer[0]!;
  const version =
    quote.version > 1
      ? `, ${translator.t('digest.version', { version: translator.number(quote.version) })}`
      : '';
  const offered = answer.filter((row) => row.answer.decision !== 'decline');
  const confirmed = offered.length > 0 && offered.every((row) => row.answer.decision === 'confirm');
  const facts = {
    offered: translator.number(offered.length),
    all: translator.number(answer.length),
    total: quotedSums(offered).map(translator.money).join(', '),
  };
  const words = confirmed
    ? translator.t('digest.confirmed', facts)
    : translator.t('digest.offered', { ...facts, date: translator.date(quote.validUntil) });
  return {
    title: `${enquiry.vendorName}${version}`,
    text: offered.length === 0 ? translator.t('digest.declined') : words,
  };
}

/** Confirms to the buyer what they accepted, from which vendors, at what prices. */
export function acceptanceMail(input: RequestMailInput, lines: MailQuoteLine[], url: string): MailDocument {
  const { translator, rows } = input;
  const count = lines.length;
  return buyerMail(input, url, {
    subject: translator.t('acceptance.subject', {
      lines: translator.t('lines', { count }),
      number: rows.request.number,
    }),
    heading: translator.t('acceptance.heading', { count }),
    lead: translator.t('acceptance.lead'),
    label: translator.t('acceptance.action'),
    hint: translator.t('acceptance.hint'),
    sections: [acceptedTable(input, translator.t('acceptance.lines'), lines, true)],
  });
}

function buyerMail(input: RequestMailInput, url: string, mail: MailTexts): MailDocument {
  const { translator, rows } = input;
  const { subject, heading, lead, label, hint, sections } = mail;
  return {
    ...{ subject, heading, lead, sections },
    lang: translator.lang,
    preview: lead.split('\n')[0] || hint,
    addressee: translator.t('for', { name: rows.delivery.toName }),
    facts: requestFacts(input, [], null),
    action: { label, url, hint },
    footer: [translator.t('followLink')],
  };
}
