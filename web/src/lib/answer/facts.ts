import type { EnquiryByLink } from '#lib/api/schema.d.ts';
import type { I18n } from '#lib/i18n/i18n.ts';
import { decimalMark } from './amounts.ts';
import type { AskedLines } from './values.ts';

/** What the script of the answer page needs to know; the page prints it. */
export type AnswerFacts = ReturnType<typeof factsOf>;

export function factsOf(enquiry: EnquiryByLink, token: string, i18n: I18n) {
  const asked: AskedLines = {
    request: { kind: enquiry.request.kind },
    lines: enquiry.lines.map(({ quantity, listPrice }) => ({ quantity, listPrice })),
    exchangeRates: enquiry.exchangeRates,
  };
  return {
    token,
    tag: i18n.tag,
    mark: decimalMark(i18n.tag),
    timeZone: enquiry.timeZone,
    asked,
    ratesOf: enquiry.exchangeRates ? i18n.date(enquiry.exchangeRates.date) : '',
    version: enquiry.quotes[0]?.version ?? 0,
    canAnswer: enquiry.can.answer,
    words: i18n.pick(
      'answer.quoted',
      'answer.confirmed',
      'answer.declinedCount',
      'answer.draftSaved',
      'answer.draftNotSaved',
      'answer.priceEachLine',
      'answer.wasPrice',
      'answer.wasCleared',
      'answer.wasTyped',
      'answer.priceZero',
      'answer.priceTimes',
      'answer.priceShare',
      'answer.newerVersion',
      'answer.nowClosed',
      'answer.nowOrdered',
      'answer.linkEnded',
    ),
  };
}
