import type { MailLine } from './queries.ts';
import type { MailDocument } from '#server/platform/mailing/document.ts';
import {
  buyerContact,
  buyerName,
  deadlineZone,
  followFooter,
  listPriceOf,
  listSums,
  requestFacts,
  specificationRow,
  table,
  totalFacts,
  wordsOf,
  type RequestMailInput,
} from './parts.ts';

/** Sends a vendor its own lines and the answer link. */
export function enquiryMail(input: RequestMailInput, lines: MailLine[], url: string): MailDocument {
  const { translator, rows } = input;
  const { request, enquiry, delivery } = rows;
  const isOrder = request.kind === 'order';
  const buyer = buyerName(input);
  const count = translator.t('lines', { count: lines.length });
  const subject = { number: request.number, lines: count };
  // The original deadline, so that resending gives the same mail; a later one has its own mail.
  const { deadline } = request;
  const until = deadline && { ...subject, date: translator.deadlineDay(deadline, deadlineZone(input)) };
  const currencies = [...new Set(lines.map(({ part }) => part.currency))];
  const facts = [
    { label: translator.t('yourLines'), value: translator.number(lines.length) },
    { label: translator.t('currency'), value: currencies.join(', ') },
  ];
  return {
    lang: translator.lang,
    subject: until
      ? translator.t(isOrder ? 'enquiry.orderSubjectBy' : 'enquiry.subjectBy', until)
      : translator.t(isOrder ? 'enquiry.orderSubject' : 'enquiry.subject', subject),
    preview: translator.t(isOrder ? 'enquiry.orderPreview' : 'enquiry.preview', { buyer, lines: count }),
    addressee: translator.t('for', { name: enquiry?.vendorName ?? delivery.toName }),
    heading: translator.t(isOrder ? 'enquiry.orderHeading' : 'enquiry.heading', { buyer }),
    lead: buyerContact(input),
    facts: requestFacts(input, facts, deadline),
    action: {
      label: translator.t(isOrder ? 'enquiry.orderAction' : 'enquiry.action'),
      url,
      hint: translator.t(isOrder ? 'enquiry.orderHint' : 'enquiry.hint'),
    },
    sections: [
      ...wordsOf(input, translator.t('messageFromBuyer'), request.message),
      table(input, {
        title: translator.t('yourLines'),
        price: translator.t('listPrice'),
        rows: lines.map((line) =>
          specificationRow(translator, [line], {
            price: listPriceOf(translator, line),
            details: line.part.sku === line.line.productCode ? [] : [line.part.sku],
          }),
        ),
        sums: listSums(
          input,
          lines.map((line) => [line]),
        ),
      }),
    ],
    footer: vendorFooter(input, deadline),
  };
}

/** Returns the footer of every mail to a vendor. */
export function vendorFooter(input: RequestMailInput, deadline: Date | null): string[] {
  const { translator, rows } = input;
  const vendor = rows.enquiry?.vendorName ?? '';
  return [
    translator.t('useLink'),
    translator.t('personalLink', { name: rows.delivery.toName, vendor }),
    ...(deadline
      ? [translator.t('openUntil', { time: translator.deadline(deadline, deadlineZone(input)) })]
      : []),
    translator.t('alsoSentTo', { vendor }),
  ];
}

/** Sends the buyer the whole specification and the follow link. */
export function copyMail(input: RequestMailInput, lines: MailLine[], url: string): MailDocument {
  const { translator, rows } = input;
  const { request, delivery } = rows;
  const isOrder = request.kind === 'order';
  const byLine = [...Map.groupBy(lines, ({ line }) => line.id).values()];
  const vendors = [...new Set(lines.map(({ vendorName }) => vendorName))];
  const subject = {
    number: request.number,
    lines: translator.t('lines', { count: byLine.length }),
    partners: translator.t('partners', { count: vendors.length }),
  };
  const facts = [
    { label: translator.t('allLines'), value: translator.number(byLine.length) },
    {
      label: translator.t(isOrder ? 'partnersOrdered' : 'partnersAsked'),
      value: translator.number(vendors.length),
    },
  ];
  return {
    lang: translator.lang,
    subject: translator.t(isOrder ? 'copy.orderSubject' : 'copy.subject', subject),
    preview: translator.list(vendors),
    addressee: translator.t('for', { name: delivery.toName }),
    heading: translator.t(isOrder ? 'copy.orderHeading' : 'copy.heading'),
    lead: `${translator.t(isOrder ? 'copy.orderLead' : 'copy.lead', { count: vendors.length })}\n${buyerContact(input)}`,
    facts: requestFacts(input, facts, request.deadline),
    action: {
      label: translator.t(isOrder ? 'copy.orderAction' : 'copy.action'),
      url,
      hint: translator.t(isOrder ? 'copy.orderHint' : 'copy.hint'),
    },
    sections: [
      ...wordsOf(input, translator.t('copy.yourMessage'), request.message),
      table(input, {
        title: translator.t('allLines'),
        price: translator.t('listPrice'),
        rows: byLine.map((parts) => specificationRow(translator, parts, copyPrices(input, parts))),
        sums: input.rows.request.listTotal ? totalFacts(input) : listSums(input, byLine),
      }),
    ],
    footer: [
      followFooter(input),
      isOrder ? translator.t('notYouOrder', { count: vendors.length }) : translator.t('notYou'),
    ],
  };
}

/** Returns a single vendor's price for the price column, or several prices as a detail with vendors' names. */
function copyPrices(
  { translator, rows }: RequestMailInput,
  parts: MailLine[],
): { price: string; details: string[] } {
  const isOrder = rows.request.kind === 'order';
  const [only, ...others] = parts;
  if (only && others.length === 0) {
    return {
      price: listPriceOf(translator, only),
      details: [translator.t(isOrder ? 'orderedFrom' : 'askedOf', { names: only.vendorName })],
    };
  }
  const names = parts.map((part) => `${part.vendorName} (${listPriceOf(translator, part)})`);
  return { price: '', details: [translator.t('askedOf', { names: translator.list(names) })] };
}
