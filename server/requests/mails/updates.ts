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
  const { t } = translator;
  const isOrder = rows.request.kind === 'order';
  const [subject, heading, lead] = outcomeWords(input, content);
  const isOver = ['lost', 'unanswered', 'closed'].includes(content.outcome);
  return vendorMail(input, url, {
    subject,
    heading,
    lead: isOver ? lead : `${lead}\n${buyerContact(input)}`,
    label: t(isOrder ? 'outcome.orderAction' : 'outcome.action'),
    hint: t(content.outcome === 'unanswered' ? 'outcome.unansweredHint' : 'outcome.hint'),
    sections:
      lines.length > 0
        ? [
            acceptedTable(
              input,
              t(isOrder ? 'outcome.orderLines' : 'outcome.lines', { count: lines.length }),
              lines,
              false,
            ),
          ]
        : [],
    // The winner of a quote has to know where to deliver, and only the winner.
    facts: isOrder || lines.length === 0 ? [] : orderFacts(input),
  });
}

/** Returns the subject, the heading and the first sentences. */
function outcomeWords(
  input: RequestMailInput,
  { outcome, lineIds }: OutcomeContent,
): readonly [string, string, string] {
  const { t } = input.translator;
  const named = { number: input.rows.request.number, buyer: buyerName(input) };
  const counted = { buyer: named.buyer, count: lineIds.length };
  if (outcome === 'unanswered' || outcome === 'closed') {
    return [
      t('outcome.unansweredSubject', named),
      t('outcome.unansweredHeading'),
      outcome === 'closed' ? t('outcome.closedLead') : t('outcome.unansweredLead', counted),
    ];
  }
  if (input.rows.request.kind === 'order') {
    const changes = {
      won: ['orderWon', t('outcome.orderWonLead', counted)],
      won_in_part: ['orderPart', t('outcome.orderPartLead', counted)],
      changes_declined: ['orderRest', t('outcome.orderRestLead', counted)],
      lost: ['orderRest', t('outcome.orderLostLead', named)],
    } as const;
    const [key, lead] = changes[outcome];
    return [t(`outcome.${key}Subject`, named), t(`outcome.${key}Heading`), lead];
  }
  const lines = t('lines', { count: lineIds.length });
  const quotes = {
    won: ['won', t('outcome.wonLead', counted)],
    won_in_part: ['part', t('outcome.partLead', { buyer: named.buyer, lines })],
    lost: ['lost', t('outcome.lostLead', named)],
  } as const;
  const [key, lead] = quotes[outcome === 'changes_declined' ? 'lost' : outcome];
  return [t(`outcome.${key}Subject`, named), t(`outcome.${key}Heading`), lead];
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
