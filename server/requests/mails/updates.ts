import type { OutcomeContent } from './kinds.ts';
import type { MailQuoteLine } from './queries.ts';
import type { Fact, MailDocument, Section } from '#server/platform/mailing/document.ts';
import {
  buyerContact,
  buyerName,
  deadlineZone,
  orderFacts,
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
    subject: translator.t('revision.subject', { number: rows.request.number, buyer }),
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
      date: translator.deadlineDay(deadline, deadlineZone(input)),
    }),
    heading: translator.t('deadline.heading'),
    lead: translator.t('deadline.lead', {
      buyer: buyerName(input),
      time: translator.deadline(deadline, deadlineZone(input)),
    }),
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
  const isOrder = rows.request.kind === 'order';
  const { t } = translator;
  const lost = isOrder ? 'outcome.orderLostLead' : 'outcome.lostLead';
  const words = {
    won: [t('outcome.wonSubject', named), t('outcome.wonHeading'), t('outcome.wonLead', named)],
    won_in_part: [
      t('outcome.partSubject', named),
      t('outcome.partHeading'),
      t('outcome.partLead', { buyer: named.buyer, lines: count }),
    ],
    order: [
      t('outcome.orderWonSubject', named),
      t('outcome.orderWonHeading'),
      t('outcome.orderWonLead', named),
    ],
    changes_declined: [
      t('outcome.orderRestSubject', named),
      t('outcome.orderRestHeading'),
      t('outcome.orderRestLead', { buyer: named.buyer, lines: count }),
    ],
    lost: [
      t(isOrder ? 'outcome.orderRestSubject' : 'outcome.lostSubject', named),
      t(isOrder ? 'outcome.orderRestHeading' : 'outcome.lostHeading'),
      t(lost, named),
    ],
  } as const;
  const isWon = content.outcome === 'won' || content.outcome === 'won_in_part';
  const [subject, heading, lead] = words[isOrder && isWon ? 'order' : content.outcome];
  return vendorMail(input, url, {
    subject,
    heading,
    lead: content.outcome === 'lost' ? lead : `${lead}\n${buyerContact(input)}`,
    label: t(isOrder ? 'outcome.orderAction' : 'outcome.action'),
    hint: t('outcome.hint'),
    sections:
      lines.length > 0
        ? [acceptedTable(input, t(isOrder ? 'outcome.orderLines' : 'outcome.lines'), lines, false)]
        : [],
    // The winner of a quote has to know where to deliver, and only the winner.
    facts: isOrder || lines.length === 0 ? [] : orderFacts(input),
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
  facts?: (Fact | null)[];
}

function vendorMail(input: RequestMailInput, url: string, mail: MailTexts): MailDocument {
  const { translator, rows } = input;
  const { subject, heading, lead, label, hint, sections } = mail;
  return {
    ...{ subject, heading, lead, sections },
    lang: translator.lang,
    preview: lead.split('\n')[0] ?? '',
    addressee: translator.t('for', { name: rows.enquiry?.vendorName ?? rows.delivery.toName }),
    facts: [
      ...requestFacts(input, [], mail.deadline ?? null),
      ...(mail.facts ?? []).filter((fact) => fact !== null),
    ],
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
  const isOrder = rows.request.kind === 'order';
  const items = answers.map((answer) => (isOrder ? orderItem(input, answer) : digestItem(input, answer)));
  return buyerMail(input, url, {
    subject: translator.t(isOrder ? 'digest.orderSubject' : 'digest.subject', {
      ...{ count: answers.length, number: rows.request.number },
    }),
    heading: translator.t('digest.heading', { count: vendors.length }),
    lead: translator.list(vendors),
    label: translator.t(isOrder ? 'digest.orderAction' : 'digest.action'),
    hint: translator.t(isOrder ? 'digest.orderHint' : 'digest.hint'),
    sections: [{ kind: 'list', title: translator.t('digest.answers'), items }],
  });
}

interface DigestItem {
  title: string;
  text: string;
}

function digestItem(input: RequestMailInput, answer: MailQuoteLine[]): DigestItem {
  const { translator } = input;
  const offered = answer.filter((row) => row.answer.decision !== 'decline');
  const text =
    offered.length === 0
      ? translator.t('digest.declined')
      : translator.t('digest.offered', {
          offered: translator.number(offered.length),
          all: translator.number(answer.length),
          total: quotedSums(offered).map(translator.money).join(', '),
          date: translator.date(answer[0]!.quote.validUntil),
        });
  return { title: answerTitle(input, answer), text };
}

/** Says of an order how many lines are confirmed, so ordered, and how many wait for the buyer. */
function orderItem(input: RequestMailInput, answer: MailQuoteLine[]): DigestItem {
  const { translator } = input;
  const countOf = (...decisions: string[]) =>
    answer.filter((row) => decisions.includes(row.answer.decision)).length;
  const [confirmed, declined] = [countOf('confirm'), countOf('decline')];
  const changed = answer.length - confirmed - declined;
  const title = answerTitle(input, answer);
  const offered = answer.filter((row) => row.answer.decision !== 'decline');
  const total = quotedSums(offered).map(translator.money).join(', ');
  if (offered.length === 0) return { title, text: translator.t('digest.declined') };
  if (confirmed === answer.length) {
    return { title, text: translator.t('digest.confirmed', { all: translator.number(confirmed), total }) };
  }
  const parts = translator.list([
    ...(confirmed > 0 ? [translator.t('digest.partConfirmed', { count: confirmed })] : []),
    ...(changed > 0 ? [translator.t('digest.partChanged', { count: changed })] : []),
    ...(declined > 0 ? [translator.t('digest.partDeclined', { count: declined })] : []),
  ]);
  const date = translator.date(answer[0]!.quote.validUntil);
  return {
    title,
    text:
      changed > 0
        ? translator.t('digest.mixed', { parts, total, date })
        : translator.t('digest.settled', { parts, total }),
  };
}

function answerTitle({ translator }: RequestMailInput, answer: MailQuoteLine[]): string {
  const { quote, enquiry } = answer[0]!;
  if (quote.version === 1) return enquiry.vendorName;
  return `${enquiry.vendorName}, ${translator.t('digest.version', { version: translator.number(quote.version) })}`;
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
