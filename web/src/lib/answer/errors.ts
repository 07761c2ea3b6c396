import type { EnquiryByLink, FieldError, Problem } from '#lib/api/schema.d.ts';
import type { I18n } from '#lib/i18n/i18n.ts';
import { type FieldWords, fieldWords } from '#lib/i18n/refusals.ts';
import { money, parse } from '#server/common/money.ts';
import { priceIn } from './price.ts';
import { inFormOrder } from './reading.ts';
import type { Values } from './values.ts';

/** Returns all wrong fields of an answer, each named by its line and field. */
export function answerErrors(
  i18n: I18n,
  problem: Problem | undefined,
  values: Values,
  enquiry: EnquiryByLink,
): FieldWords[] {
  return inFormOrder(problem?.errors ?? []).map((error) => ({
    path: error.path,
    words: wordsOf(i18n, error, values, enquiry),
  }));
}

function wordsOf(i18n: I18n, error: FieldError, values: Values, enquiry: EnquiryByLink): string {
  const [, index, field = error.path] = /^lines\.(\d+)\.(\w+)/.exec(error.path) ?? [];
  const { currency = '' } = values;
  const line = Number(index ?? 0) + 1;
  const parameters = { line, currency, ...readingsOf(i18n, values, enquiry, line - 1) };
  const own = [`${field}.${error.code}`, field]
    .map((what) => i18n.find(`answer.wrong.${what}`, parameters))
    .find((words) => words !== undefined);
  if (own !== undefined) return own;
  const [general] = fieldWords(i18n, { errors: [error] } as Problem);
  const words = general?.words ?? error.message;
  return index === undefined ? words : i18n.t('answer.wrong.line', { line, words });
}

function readingsOf(
  i18n: I18n,
  values: Values,
  enquiry: EnquiryByLink,
  index: number,
): Record<string, string> {
  const { currency = '' } = values;
  const listPrice = enquiry.lines[index]?.listPrice ?? null;
  const price = priceIn(values, index, { currency, listPrice });
  if (price.kind !== 'choice') return {};
  const [first, second] = price.readings.map((amount) => i18n.money(money(parse(amount), currency)));
  return { first: first ?? '', second: second ?? '' };
}
