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

/** Returns accepted lines as a table with their sums. */
export function acceptedTable(
  input: RequestMailInput,
  title: string,
  lines: MailQuoteLine[],
  withVendor: boolean,
): Section {
  const { translator } = input;
  const countIn = (currency: string) =>
    lines.filter(({ answer, quote }) => answer.decision !== 'decline' && quote.currency === currency).length;
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
    sums: quotedSums(lines).map((sum) => ({
      label: translator.t('acceptedSum', { lines: translator.t('lines', { count: countIn(sum.currency) }) }),
      value: translator.money(sum),
    })),
  });
}

export interface MailTexts {
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
