import type { MailLine } from './queries.ts';
import type { MailDocument } from '#server/platform/mailing/document.ts';
import {
  buyerContact,
  buyerName,
  listPriceOf,
  listSums,
  requestFacts,
  specificationRow,
  table,
  wordsOf,
  type Writing,
} from './parts.ts';

/** To one of a vendor's people: its own lines, and the link to answer. */
export function enquiryMail(writing: Writing, lines: MailLine[], url: string): MailDocument {
  const { voice, rows } = writing;
  const { request, enquiry, delivery } = rows;
  const isOrder = request.kind === 'order';
  const buyer = buyerName(writing);
  const count = voice.t('lines', { count: lines.length });
  const subject = { number: request.number, lines: count };
  // The one it was sent with: a later one has a mail of its own.
  const { deadline } = request;
  const until = deadline && { ...subject, date: voice.day(deadline) };
  const currencies = [...new Set(lines.map(({ part }) => part.currency))];
  const facts = [
    { label: voice.t('yourLines'), value: voice.number(lines.length) },
    { label: voice.t('currency'), value: currencies.join(', ') },
  ];
  return {
    lang: voice.lang,
    subject: until
      ? voice.t(isOrder ? 'enquiry.orderSubjectBy' : 'enquiry.subjectBy', until)
      : voice.t(isOrder ? 'enquiry.orderSubject' : 'enquiry.subject', subject),
    preview: voice.t('enquiry.preview', { buyer, lines: count }),
    addressee: voice.t('for', { name: enquiry?.vendorName ?? delivery.toName }),
    heading: voice.t(isOrder ? 'enquiry.orderHeading' : 'enquiry.heading', { buyer }),
    lead: buyerContact(writing),
    facts: requestFacts(writing, facts, deadline),
    action: {
      label: voice.t(isOrder ? 'enquiry.orderAction' : 'enquiry.action'),
      url,
      hint: voice.t(isOrder ? 'enquiry.orderHint' : 'enquiry.hint'),
    },
    sections: [
      ...wordsOf(writing, voice.t('messageFromBuyer'), request.message),
      table(writing, {
        title: voice.t('yourLines'),
        price: voice.t('listPrice'),
        rows: lines.map((line) =>
          specificationRow(voice, [line], {
            price: listPriceOf(voice, line),
            details: line.part.sku === line.line.productCode ? [] : [line.part.sku],
          }),
        ),
        sums: listSums(
          writing,
          lines.map((line) => [line]),
        ),
      }),
    ],
    footer: vendorFooter(writing, deadline),
  };
}

/** Returns what every mail to a vendor ends with. */
export function vendorFooter({ voice, rows }: Writing, deadline: Date | null): string[] {
  const vendor = rows.enquiry?.vendorName ?? '';
  return [
    voice.t('useLink'),
    voice.t('personalLink', { name: rows.delivery.toName, vendor }),
    ...(deadline ? [voice.t('openUntil', { time: voice.time(deadline) })] : []),
    voice.t('alsoSentTo', { vendor }),
  ];
}

/** To the buyer: the whole specification, and the link to follow it. */
export function copyMail(writing: Writing, lines: MailLine[], url: string): MailDocument {
  const { voice, rows } = writing;
  const { request, delivery } = rows;
  const isOrder = request.kind === 'order';
  const byLine = [...Map.groupBy(lines, ({ line }) => line.id).values()];
  const vendors = [...new Set(lines.map(({ vendorName }) => vendorName))];
  const subject = {
    number: request.number,
    lines: voice.t('lines', { count: byLine.length }),
    partners: voice.t('partners', { count: vendors.length }),
  };
  const facts = [
    { label: voice.t('allLines'), value: voice.number(byLine.length) },
    { label: voice.t('partnersAsked'), value: voice.number(vendors.length) },
  ];
  return {
    lang: voice.lang,
    subject: voice.t(isOrder ? 'copy.orderSubject' : 'copy.subject', subject),
    preview: voice.list(vendors),
    addressee: voice.t('for', { name: delivery.toName }),
    heading: voice.t(isOrder ? 'copy.orderHeading' : 'copy.heading'),
    lead: `${voice.t('copy.lead')}\n${buyerContact(writing)}`,
    facts: requestFacts(writing, facts, request.deadline),
    action: {
      label: voice.t('copy.action'),
      url,
      hint: voice.t(isOrder ? 'copy.orderHint' : 'copy.hint'),
    },
    sections: [
      ...wordsOf(writing, voice.t('copy.yourMessage'), request.message),
      table(writing, {
        title: voice.t('allLines'),
        price: voice.t('listPrice'),
        rows: byLine.map((parts) => specificationRow(voice, parts, copyPrices(writing, parts))),
        sums: listSums(writing, byLine),
      }),
    ],
    footer: [voice.t('followLink'), voice.t('notYou')],
  };
}

/** One vendor's price stands in the table; several are listed with their names. */
function copyPrices({ voice }: Writing, parts: MailLine[]): { price: string; details: string[] } {
  const [only, ...others] = parts;
  if (only && others.length === 0) {
    return { price: listPriceOf(voice, only), details: [voice.t('askedOf', { names: only.vendorName })] };
  }
  const names = parts.map((part) => `${part.vendorName} (${listPriceOf(voice, part)})`);
  return { price: '', details: [voice.t('askedOf', { names: voice.list(names) })] };
}
