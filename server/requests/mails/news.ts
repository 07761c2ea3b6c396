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
  type Writing,
} from './parts.ts';
import { vendorFooter } from './specification.ts';

export interface ThreadMessage {
  kind: 'message' | 'more_time' | 'deadline' | 'revision' | 'decline';
  authorName: string;
  text: string;
  vendorName: string;
}

/** To a vendor: the buyer wrote. */
export function enquiryMessageMail(writing: Writing, message: ThreadMessage, url: string): MailDocument {
  const { voice, rows } = writing;
  const buyer = buyerName(writing);
  return vendorMail(writing, url, {
    subject: voice.t('enquiry-message.subject', { number: rows.request.number, buyer }),
    heading: voice.t('enquiry-message.heading', { buyer }),
    lead: buyerContact(writing),
    label: voice.t('enquiry-message.action'),
    hint: voice.t('enquiry-message.hint'),
    sections: wordsOf(writing, voice.t('messageFromBuyer'), message.text),
  });
}

/** To a vendor: the buyer asks for another answer. */
export function revisionMail(writing: Writing, message: ThreadMessage, url: string): MailDocument {
  const { voice, rows } = writing;
  const buyer = buyerName(writing);
  return vendorMail(writing, url, {
    subject: voice.t('revision.subject', { number: rows.request.number }),
    heading: voice.t('revision.heading', { buyer }),
    lead: buyerContact(writing),
    label: voice.t('revision.action'),
    hint: voice.t('revision.hint'),
    sections: wordsOf(writing, voice.t('messageFromBuyer'), message.text),
  });
}

/** To a vendor: it has more time. */
export function deadlineMail(writing: Writing, content: { deadline: string }, url: string): MailDocument {
  const { voice, rows } = writing;
  const deadline = new Date(content.deadline);
  return vendorMail(writing, url, {
    subject: voice.t('deadline.subject', { number: rows.request.number, date: voice.day(deadline) }),
    heading: voice.t('deadline.heading'),
    lead: voice.t('deadline.lead', { buyer: buyerName(writing), time: voice.time(deadline) }),
    label: voice.t('deadline.action'),
    hint: voice.t('deadline.hint'),
    sections: [],
    deadline,
  });
}

/** To a vendor: how it fared; never who else, nor at what price. `lines`: its own accepted ones. */
export function outcomeMail(
  writing: Writing,
  content: OutcomeContent,
  lines: MailQuoteLine[],
  url: string,
): MailDocument {
  const { voice, rows } = writing;
  const named = { number: rows.request.number, buyer: buyerName(writing) };
  const count = voice.t('lines', { count: content.lineIds.length });
  const words = {
    won: [
      voice.t('outcome.wonSubject', named),
      voice.t('outcome.wonHeading'),
      voice.t('outcome.wonLead', { buyer: named.buyer }),
    ],
    won_in_part: [
      voice.t('outcome.partSubject', named),
      voice.t('outcome.partHeading'),
      voice.t('outcome.partLead', { buyer: named.buyer, lines: count }),
    ],
    lost: [
      voice.t('outcome.lostSubject', named),
      voice.t('outcome.lostHeading'),
      voice.t('outcome.lostLead', { buyer: named.buyer }),
    ],
  } as const;
  const [subject, heading, lead] = words[content.outcome];
  return vendorMail(writing, url, {
    subject,
    heading,
    lead: content.outcome === 'lost' ? lead : `${lead}\n${buyerContact(writing)}`,
    label: voice.t('outcome.action'),
    hint: voice.t('outcome.hint'),
    sections: lines.length > 0 ? [acceptedTable(writing, voice.t('outcome.lines'), lines, false)] : [],
  });
}

function acceptedTable(
  writing: Writing,
  title: string,
  lines: MailQuoteLine[],
  withVendor: boolean,
): Section {
  const { voice } = writing;
  const label = voice.t('acceptedSum', { lines: voice.t('lines', { count: lines.length }) });
  return table(writing, {
    title,
    price: voice.t('quotedPrice'),
    rows: lines.map((row) =>
      quotedRow(voice, row, withVendor ? [voice.t('acceptedFrom', { name: row.enquiry.vendorName })] : []),
    ),
    sums: quotedSums(lines).map((sum) => ({ label, value: voice.money(sum) })),
  });
}

interface News {
  subject: string;
  heading: string;
  lead: string;
  label: string;
  hint: string;
  sections: Section[];
  deadline?: Date;
}

function vendorMail(writing: Writing, url: string, mail: News): MailDocument {
  const { voice, rows } = writing;
  const { subject, heading, lead, label, hint, sections } = mail;
  return {
    ...{ subject, heading, lead, sections },
    lang: voice.lang,
    preview: lead.split('\n')[0] ?? '',
    addressee: voice.t('for', { name: rows.enquiry?.vendorName ?? rows.delivery.toName }),
    facts: requestFacts(writing, [], mail.deadline ?? null),
    action: { label, url, hint },
    footer: vendorFooter(writing, null),
  };
}

/** To the buyer: a vendor wrote, or asks for more time. */
export function buyerMessageMail(writing: Writing, message: ThreadMessage, url: string): MailDocument {
  const { voice, rows } = writing;
  const vendor = message.vendorName;
  const asksTime = message.kind === 'more_time';
  const named = { number: rows.request.number, vendor };
  return buyerMail(writing, url, {
    subject: asksTime
      ? voice.t('buyer-message.moreTimeSubject', named)
      : voice.t('buyer-message.subject', named),
    heading: asksTime
      ? voice.t('buyer-message.moreTimeHeading', { vendor })
      : voice.t('buyer-message.heading', { vendor }),
    lead: message.authorName === vendor ? '' : message.authorName,
    label: voice.t('buyer-message.action'),
    hint: voice.t('buyer-message.hint'),
    sections: wordsOf(writing, voice.t('messageFrom', { name: vendor }), message.text),
  });
}

/** To the buyer: the answers that came since the last such mail. `lines`: of all these versions. */
export function digestMail(writing: Writing, lines: MailQuoteLine[], url: string): MailDocument {
  const { voice, rows } = writing;
  const answers = [...Map.groupBy(lines, ({ quote }) => quote.id).values()].toSorted(
    (a, b) => a[0]!.quote.createdAt.getTime() - b[0]!.quote.createdAt.getTime(),
  );
  const vendors = [...new Set(answers.map((answer) => answer[0]!.enquiry.vendorName))];
  const items = answers.map((answer) => digestItem(writing, answer));
  return buyerMail(writing, url, {
    subject: voice.t('digest.subject', { count: answers.length, number: rows.request.number }),
    heading: voice.t('digest.heading', { count: vendors.length }),
    lead: voice.list(vendors),
    label: voice.t('digest.action'),
    hint: voice.t(rows.request.kind === 'order' ? 'digest.orderHint' : 'digest.hint'),
    sections: [{ kind: 'list', title: voice.t('digest.answers'), items }],
  });
}

function digestItem({ voice }: Writing, answer: MailQuoteLine[]): { title: string; text: string } {
  const { quote, enquiry } = answer[0]!;
  const version =
    quote.version > 1 ? `, ${voice.t('digest.version', { version: voice.number(quote.version) })}` : '';
  const offered = answer.filter((row) => row.answer.decision !== 'decline');
  const confirmed = offered.length > 0 && offered.every((row) => row.answer.decision === 'confirm');
  const facts = {
    offered: voice.number(offered.length),
    all: voice.number(answer.length),
    total: quotedSums(offered).map(voice.money).join(', '),
  };
  const words = confirmed
    ? voice.t('digest.confirmed', facts)
    : voice.t('digest.offered', { ...facts, date: voice.date(quote.validUntil) });
  return {
    title: `${enquiry.vendorName}${version}`,
    text: offered.length === 0 ? voice.t('digest.declined') : words,
  };
}

/** To the buyer: what was accepted, with whom, at what price. */
export function acceptanceMail(writing: Writing, lines: MailQuoteLine[], url: string): MailDocument {
  const { voice, rows } = writing;
  const count = lines.length;
  return buyerMail(writing, url, {
    subject: voice.t('acceptance.subject', {
      lines: voice.t('lines', { count }),
      number: rows.request.number,
    }),
    heading: voice.t('acceptance.heading', { count }),
    lead: voice.t('acceptance.lead'),
    label: voice.t('acceptance.action'),
    hint: voice.t('acceptance.hint'),
    sections: [acceptedTable(writing, voice.t('acceptance.lines'), lines, true)],
  });
}

function buyerMail(writing: Writing, url: string, mail: News): MailDocument {
  const { voice, rows } = writing;
  const { subject, heading, lead, label, hint, sections } = mail;
  return {
    ...{ subject, heading, lead, sections },
    lang: voice.lang,
    preview: lead.split('\n')[0] || hint,
    addressee: voice.t('for', { name: rows.delivery.toName }),
    facts: requestFacts(writing, [], null),
    action: { label, url, hint },
    footer: [voice.t('followLink')],
  };
}
