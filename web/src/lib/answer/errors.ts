import type { EnquiryByLink, FieldError, Problem } from '#lib/api/schema.d.ts';
import type { I18n } from '#lib/i18n/i18n.ts';
import { type FieldWords, fieldWords } from '#lib/i18n/refusals.ts';
import { money, parse } from '#server/common/money.ts';
import { priceIn } from './price.ts';
import { inFormOrder } from './reading.ts';
import type { Values } from './values.ts';

/** The path of a line's field: its index and its name. */
const lineField = /^lines\.(\d+)\.(\w+)/;

/** Returns all wrong fields of an answer, each with its line and label. */
export function answerErrors(
  i18n: I18n,
  problem: Problem | undefined,
  values: Values,
  enquiry: EnquiryByLink,
): FieldWords[] {
  return inFormOrder(problem?.errors ?? []).map((error) => ({
    path: error.path,
    words: wordsOf(i18n, error, values, enquiry),
    where: whereOf(i18n, error.path, enquiry),
  }));
}

const lineLabels = {
  unitPrice: 'answer.priceEach',
  leadTimeDays: 'answer.leadTime',
  quantity: 'answer.offeredQuantity',
  alternative: 'answer.alternative',
  alternativeSku: 'answer.alternativeSku',
  reason: 'answer.note',
  decision: 'answer.yourAnswer',
} as const;

function whereOf({ t }: I18n, path: string, { request }: EnquiryByLink): string | undefined {
  const [, index, name = path] = lineField.exec(path) ?? [];
  if (index !== undefined) {
    const line = Number(index) + 1;
    const label = lineLabels[name as keyof typeof lineLabels];
    return label ? t('answer.wrong.lineField', { line, field: t(label) }) : t('answer.wrong.line', { line });
  }
  const isOrder = request.kind === 'order';
  const labels: Record<string, string> = {
    currency: t('answer.currency'),
    validUntil: t(isOrder ? 'answer.changesValidUntil' : 'answer.validUntil'),
    vendorReference: t(isOrder ? 'answer.confirmationNumber' : 'answer.vendorReference'),
    message: t('answer.message'),
  };
  return labels[path];
}

function wordsOf(i18n: I18n, error: FieldError, values: Values, enquiry: EnquiryByLink): string {
  const [, index, field = error.path] = lineField.exec(error.path) ?? [];
  const { currency = '' } = values;
  const parameters = { currency, ...readingsOf(i18n, values, enquiry, Number(index ?? 0)) };
  const own = [`${field}.${error.code}`, field]
    .map((what) => i18n.find(`answer.wrong.${what}`, parameters))
    .find((words) => words !== undefined);
  if (own !== undefined) return own;
  const [general] = fieldWords(i18n, { errors: [error] } as Problem);
  return general?.words ?? error.message;
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
