import type { Answer, EnquiryByLink, FieldError, Quote } from '#lib/api/schema.d.ts';
import { orderedLeadTime } from '#server/common/lead-times.ts';
import { parse } from '#server/common/money.ts';
import { isAsOrdered } from '#lib/requests/terms.ts';
import { priceIn } from './price.ts';
import { field, type LineField, readCount, type Values } from './values.ts';

type Line = EnquiryByLink['lines'][number];
type Decision = Answer['lines'][number]['decision'];

const longest = {
  message: 5_000,
  vendorReference: 100,
  alternative: 2_000,
  alternativeSku: 500,
  reason: 2_000,
};
const most = { quantity: 1_000_000_000, leadTimeDays: 3_650 };

/**
 * Returns the answer in the form and everything that can't be read in it, by the name of its field; the service checks the
 * rest. `reasonWords` returns the words of a picked reason.
 */
export function toAnswer(
  values: Values,
  enquiry: EnquiryByLink,
  reasonWords: (code: string) => string,
): { answer: Answer; errors: FieldError[] } {
  const errors: FieldError[] = [];
  const wrong = (path: string, code: string) => errors.push({ path, code, message: code });
  const { currency = '' } = values;
  const lines = enquiry.lines.map((line, index) =>
    readLine(line, index, { values, currency, reasonWords, wrong }),
  );
  const text = (name: 'validUntil' | 'message' | 'vendorReference') => (values[name] ?? '').trim();
  const validUntil = text('validUntil');
  if (validUntil === '') wrong('validUntil', 'required');
  else if (!/^\d{4}-\d{2}-\d{2}$/.test(validUntil) || Number.isNaN(Date.parse(validUntil))) {
    wrong('validUntil', 'format');
  } else if (validUntil < enquiry.today) wrong('validUntil', 'validity_past');
  for (const name of ['message', 'vendorReference'] as const) {
    if (text(name).length > longest[name]) wrong(name, 'too_long');
  }
  const [message, vendorReference] = [text('message'), text('vendorReference')];
  return { answer: { lines, currency, validUntil, message, vendorReference }, errors };
}

type Reading = {
  values: Values;
  currency: string;
  reasonWords: (code: string) => string;
  wrong: (path: string, code: string) => void;
};

function readLine(line: Line, index: number, reading: Reading): Answer['lines'][number] {
  const { values, currency, reasonWords } = reading;
  const get = (name: LineField) => (values[field(index, name)] ?? '').trim();
  const wrong = (name: LineField, code: string) => reading.wrong(field(index, name), code);
  const text = (name: 'alternative' | 'alternativeSku') => {
    if (get(name).length > longest[name]) wrong(name, 'too_long');
    return get(name);
  };
  const count = (name: 'quantity' | 'leadTimeDays', fewest: number) => {
    const read = get(name) === '' ? undefined : readCount(get(name), 0);
    if (read === undefined) return undefined;
    if (read !== null && read >= fewest && read <= most[name]) return read;
    wrong(name, 'wrong_type');
    return undefined;
  };

  const decision = get('decision') as Decision;
  const picked = get('reasonKind');
  const words = decision === 'decline' && picked ? reasonWords(picked) : '';
  const reason = [words, get('reason')].filter(Boolean).join(': ');
  if (reason.length > longest.reason) wrong('reason', 'too_long');
  const base = { lineId: line.id, decision, ...(reason ? { reason } : {}) };
  if (decision === 'decline') return base;

  const confirmed = decision === 'confirm' && line.listPrice?.currency === currency;
  const unitPrice = confirmed ? undefined : priceOf(line, index, reading);
  const quantity = decision === 'confirm' ? undefined : (count('quantity', 1) ?? line.quantity);
  const leadTimeDays = count('leadTimeDays', 0);
  const given = {
    ...base,
    ...(leadTimeDays !== undefined ? { leadTimeDays } : {}),
    ...(unitPrice ? { unitPrice } : {}),
    ...(quantity !== undefined ? { quantity } : {}),
  };
  if (decision !== 'alternative') return given;
  const [alternative, alternativeSku] = [text('alternative'), text('alternativeSku')];
  if (!alternative && !alternativeSku) wrong('alternative', 'required');
  return { ...given, ...(alternative ? { alternative } : {}), ...(alternativeSku ? { alternativeSku } : {}) };
}

/** Returns a line's price, or reports why there is none. */
function priceOf(line: Line, index: number, { values, currency, wrong }: Reading) {
  const price = priceIn(values, index, { currency, listPrice: line.listPrice });
  if (price.kind === 'amount') return { amount: price.amount, currency };
  const codes = { empty: 'required', foreign: 'foreign', unreadable: 'format', choice: 'ambiguous' };
  wrong(field(index, 'unitPrice'), codes[price.kind]);
  return undefined;
}

/** Returns an answer that fits the service's schema, so that it checks the other fields too. */
export function checkable(
  { answer, errors }: { answer: Answer; errors: readonly FieldError[] },
  today: string,
) {
  const isWrong = (path: string) => errors.some((error) => error.path === path);
  const cut = (text: string | undefined, length: number) => text?.slice(0, length);
  return {
    ...answer,
    validUntil: isWrong('validUntil') ? today : answer.validUntil,
    message: cut(answer.message, longest.message),
    vendorReference: cut(answer.vendorReference, longest.vendorReference),
    lines: answer.lines.map(({ reason, alternative, alternativeSku, ...line }) => ({
      ...line,
      ...(reason && { reason: cut(reason, longest.reason) }),
      ...(alternative && { alternative: cut(alternative, longest.alternative) }),
      ...(alternativeSku && { alternativeSku: cut(alternativeSku, longest.alternativeSku) }),
    })),
  } as Answer;
}

/** Returns the field at which a refusal is shown, as the parts of an amount share one field. */
export const fieldOf = (path: string): string =>
  path.replace(/\.unitPrice\.(amount|currency)$/, '.unitPrice');

/** Returns the first error of each field, in the order of the form. */
export function inFormOrder(errors: readonly FieldError[]): FieldError[] {
  const first = new Map<string, FieldError>();
  for (const error of errors) {
    const path = fieldOf(error.path);
    if (!first.has(path)) first.set(path, { ...error, path });
  }
  const place = (path: string) => Number(/^lines\.(\d+)/.exec(path)?.[1] ?? Infinity);
  return [...first.values()].sort((a, b) =>
    place(a.path) === place(b.path) ? 0 : place(a.path) - place(b.path),
  );
}

/** Returns the terms on which a line is ordered. */
export const orderedOf = (asked: Line, { request, today }: EnquiryByLink) => ({
  ...asked,
  leadTimeDays: orderedLeadTime(asked.leadTimeDays, request.delivery.neededBy, today),
});

/** Returns the lines of an order that are offered exactly as they were ordered. */
export function unchangedLines(answer: Answer, enquiry: EnquiryByLink): number[] {
  if (enquiry.request.kind !== 'order') return [];
  return enquiry.lines.flatMap((asked, index) => {
    const line = answer.lines[index];
    return line?.decision === 'offer' && isAsOrdered(line, orderedOf(asked, enquiry)) ? [index] : [];
  });
}

/** Whether a version that was sent says the same as this answer. */
export function saysTheSame(quote: Quote, answer: Answer): boolean {
  const { currency, validUntil, message, vendorReference } = answer;
  return (
    quote.currency === currency &&
    quote.validUntil === validUntil &&
    quote.message === (message ?? '') &&
    quote.vendorReference === (vendorReference ?? '') &&
    answer.lines.every((line) => {
      const sent = quote.lines.find(({ lineId }) => lineId === line.lineId);
      if (sent?.decision !== line.decision || (sent.reason ?? '') !== (line.reason ?? '')) return false;
      if (line.decision === 'decline') return true;
      return (
        (line.decision === 'confirm' || samePrice(sent.unitPrice, line.unitPrice)) &&
        (line.quantity === undefined || sent.quantity === line.quantity) &&
        sent.leadTimeDays === line.leadTimeDays &&
        (line.alternative === undefined || sent.alternative === line.alternative) &&
        (sent.alternativeProduct?.sku ?? '') === (line.alternativeSku ?? '')
      );
    })
  );
}

const samePrice = (a?: { amount: string }, b?: { amount: string }): boolean =>
  a !== undefined && b !== undefined && parse(a.amount) === parse(b.amount);

/** Returns the API's body for the form that asks for more time, without empty fields. */
export function toMoreTime({ until, why }: Values): { until?: string; text?: string } {
  return { ...(until ? { until } : {}), ...(why ? { text: why } : {}) };
}
