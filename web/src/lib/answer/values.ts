import type { Answer, EnquiryByLink, Problem } from '#lib/api/schema.d.ts';
import { lineTotal, parse } from '#server/common/money.ts';
import { readAmount, shareOf, typedAmount } from './amounts.ts';

/** The form as typed, by field name. Drafts are stored like this, too. */
export type Values = Record<string, string>;

/** Returns all texts of a form, with plain line ends. */
export function valuesOf(form: FormData): Values {
  const values: Values = {};
  for (const [name, value] of form) {
    if (typeof value === 'string') values[name] = value.replaceAll('\r\n', '\n');
  }
  return values;
}

type Line = Pick<EnquiryByLink['lines'][number], 'quantity' | 'listPrice'>;
/** What sums and the buttons above the lines need of an enquiry; the page's script gets no more. */
export type AskedLines = { request: Pick<EnquiryByLink['request'], 'kind'>; lines: readonly Line[] };
export type LineField =
  | 'decision'
  | 'unitPrice'
  | 'quantity'
  | 'leadTimeDays'
  | 'alternative'
  | 'alternativeSku'
  | 'reasonKind'
  | 'reason';

export const field = (index: number, name: LineField): string => `lines.${index}.${name}`;

/** Reasons to decline that can be picked; their words are `answer.reason.<code>`. */
export const reasons = ['not_in_time', 'not_stocked', 'discontinued', 'quantity', 'other_terms'] as const;

const validDays = 30;

/** The fields of a message and of a plea for more time, which are submitted together with the answer's. */
const otherForms = { text: '', until: '', why: '' };
type OtherField = keyof typeof otherForms;

/** Returns what would be lost if only one of the page's buttons had its effect; `used`: the fields that had it. */
export function leftOver(values: Values, initial: Values, used: readonly string[]): Values | null {
  const left = { ...values, ...Object.fromEntries(used.map((name) => [name, ''])) };
  const isTyped = Object.entries(initial).some(([name, value]) => {
    const now = left[name] ?? value;
    return name in otherForms ? now !== '' : !used.includes(name) && now !== value;
  });
  return isTyped ? left : null;
}

/** Returns a draft of nothing but the fields beside the answer; null if they are empty. */
export function besideAnswer(values: Values): Values | null {
  const names = Object.keys(otherForms) as OtherField[];
  const typed = names.filter((name) => values[name]);
  return typed.length > 0 ? Object.fromEntries(typed.map((name) => [name, values[name] ?? ''])) : null;
}

/** Whether a draft holds an answer, not only a message. */
export const isOfAnswer = (draft: EnquiryByLink['draft']): boolean =>
  Object.keys(draft?.body ?? {}).some((name) => !(name in otherForms));

/** Returns a form for this enquiry: a draft if there is one, else the newest answer, else the list prices. */
export function initialValues(enquiry: EnquiryByLink, mark: string): Values {
  const values = enquiry.quotes[0] ? fromQuote(enquiry, mark) : fromListPrices(enquiry, mark);
  for (const [name, value] of Object.entries(enquiry.draft?.body ?? {})) {
    if (typeof value === 'string' && name in values) values[name] = value;
  }
  return values;
}

const dayAfter = (day: string, days: number): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);

function fromListPrices(enquiry: EnquiryByLink, mark: string): Values {
  const values: Values = {
    currency: enquiry.currency,
    validUntil: dayAfter(enquiry.today, validDays),
    message: '',
    vendorReference: '',
    leadTimeForAll: '',
    ...otherForms,
  };
  for (const [index, line] of enquiry.lines.entries()) {
    const price = listPriceIn(line, enquiry.currency);
    const confirmable = enquiry.request.kind === 'order' && price !== null;
    Object.assign(values, {
      [field(index, 'decision')]: confirmable ? 'confirm' : 'offer',
      [field(index, 'unitPrice')]: price === null ? '' : typedAmount(price, mark),
      [field(index, 'quantity')]: String(line.quantity),
      [field(index, 'leadTimeDays')]: line.leadTimeDays === null ? '' : String(line.leadTimeDays),
      [field(index, 'alternative')]: '',
      [field(index, 'alternativeSku')]: '',
      [field(index, 'reasonKind')]: '',
      [field(index, 'reason')]: '',
    });
  }
  return values;
}

function fromQuote(enquiry: EnquiryByLink, mark: string): Values {
  const values = fromListPrices(enquiry, mark);
  const [quote] = enquiry.quotes;
  if (!quote) return values;
  const validUntil = quote.validUntil < enquiry.today ? dayAfter(enquiry.today, validDays) : quote.validUntil;
  const { currency, message, vendorReference } = quote;
  Object.assign(values, { currency, validUntil, message, vendorReference });
  for (const [index, line] of enquiry.lines.entries()) {
    const answered = quote.lines.find(({ lineId }) => lineId === line.id);
    if (!answered) continue;
    const { unitPrice, quantity, leadTimeDays, alternative, alternativeProduct, reason } = answered;
    values[field(index, 'decision')] = answered.decision;
    if (unitPrice) values[field(index, 'unitPrice')] = typedAmount(unitPrice.amount, mark);
    if (quantity !== undefined) values[field(index, 'quantity')] = String(quantity);
    values[field(index, 'leadTimeDays')] = leadTimeDays === undefined ? '' : String(leadTimeDays);
    values[field(index, 'alternative')] = alternative ?? '';
    values[field(index, 'alternativeSku')] = alternativeProduct?.sku ?? '';
    values[field(index, 'reason')] = reason ?? '';
  }
  return values;
}

function listPriceIn(line: Line, currency: string): string | null {
  return line.listPrice?.currency === currency ? line.listPrice.amount : null;
}

export type Bulk = 'listPrices' | 'leadTime' | 'offerAll' | 'declineAll';

/** Fills one value into every line, as the buttons above the lines do. */
export function fillAll(values: Values, enquiry: AskedLines, what: Bulk, mark: string): Values {
  const filled = { ...values };
  const accept = enquiry.request.kind === 'order' ? 'confirm' : 'offer';
  for (const [index, line] of enquiry.lines.entries()) {
    const price = listPriceIn(line, values['currency'] ?? '');
    const declined = filled[field(index, 'decision')] === 'decline';
    if (what === 'listPrices' && price !== null) filled[field(index, 'unitPrice')] = typedAmount(price, mark);
    if (what === 'leadTime' && !declined)
      filled[field(index, 'leadTimeDays')] = values['leadTimeForAll'] ?? '';
    if (what === 'offerAll') filled[field(index, 'decision')] = line.listPrice ? accept : 'offer';
    if (what === 'declineAll') filled[field(index, 'decision')] = 'decline';
  }
  return filled;
}

export type Sum = { unitPrice: bigint; total: bigint; share: number | null };
export type Sums = { lines: (Sum | null)[]; total: bigint; offered: number; declined: number };

/** Returns the sums of the form; lines that can't be read yet are null. */
export function sumUp(values: Values, enquiry: AskedLines, mark: string): Sums {
  const currency = values['currency'] ?? '';
  const sums: Sums = { lines: [], total: 0n, offered: 0, declined: 0 };
  for (const [index, line] of enquiry.lines.entries()) {
    const decision = values[field(index, 'decision')];
    if (decision === 'decline') sums.declined += 1;
    const list = listPriceIn(line, currency);
    const fixed = decision === 'confirm' && list !== null;
    const amount = fixed ? list : readAmount(values[field(index, 'unitPrice')] ?? '', mark);
    const quantity = fixed ? line.quantity : readCount(values[field(index, 'quantity')] ?? '', line.quantity);
    if (decision === 'decline' || amount === null || quantity === null) {
      sums.lines.push(null);
      continue;
    }
    const unitPrice = parse(amount);
    const total = lineTotal(unitPrice, quantity, currency);
    sums.lines.push({ unitPrice, total, share: list === null ? null : shareOf(unitPrice, parse(list)) });
    sums.total += total;
    sums.offered += 1;
  }
  return sums;
}

/** Returns the key of the words on the button that sends the answer. */
export function sendWords(values: Values, lines: number, version: number) {
  const isConfirmed = Array.from({ length: lines }, (_, index) => values[`lines.${index}.decision`]).every(
    (decision) => decision === 'confirm',
  );
  if (isConfirmed) return 'answer.sendConfirm';
  return version > 0 ? 'answer.sendAgain' : 'answer.send';
}

/** Returns a whole number as typed, `fallback` for nothing typed, null for anything else. */
function readCount(typed: string, fallback: number): number | null {
  const text = typed.replace(/[\s\u00a0\u202f]/g, '');
  if (text === '') return fallback;
  return /^\d{1,10}$/.test(text) ? Number(text) : null;
}

type FieldErrors = NonNullable<Problem['errors']>;

/**
 * Returns the answer in the form, or the fields that can't be read; the service checks the rest. `reasonWords` returns
 * the words of a picked reason.
 */
export function toAnswer(
  values: Values,
  enquiry: EnquiryByLink,
  mark: string,
  reasonWords: (code: string) => string,
): { answer: Answer; errors: FieldErrors } {
  const errors: FieldErrors = [];
  const currency = values['currency'] ?? '';
  const lines = enquiry.lines.map((line, index) => {
    const get = (name: LineField) => (values[field(index, name)] ?? '').trim();
    const wrong = (name: LineField, code: string) =>
      errors.push({ path: field(index, name), code, message: code });
    const decision = get('decision') as Answer['lines'][number]['decision'];
    const picked = get('reasonKind');
    const words = decision === 'decline' && picked ? reasonWords(picked) : '';
    const reason = [words, get('reason')].filter(Boolean).join(': ');
    const base = { lineId: line.id, decision, ...(reason ? { reason } : {}) };
    if (decision === 'decline') return base;
    const leadTimeDays = readCount(get('leadTimeDays'), -1);
    if (leadTimeDays === null) wrong('leadTimeDays', 'wrong_type');
    const lead = leadTimeDays !== null && leadTimeDays >= 0 ? { leadTimeDays } : {};
    if (decision === 'confirm' && line.listPrice?.currency === currency) return { ...base, ...lead };
    const typedPrice = get('unitPrice');
    const amount = readAmount(typedPrice, mark);
    if (typedPrice && amount === null) {
      errors.push({ path: `${field(index, 'unitPrice')}.amount`, code: 'format', message: 'not an amount' });
    }
    const quantity = readCount(get('quantity'), line.quantity);
    if (quantity === null) wrong('quantity', 'wrong_type');
    const [alternative, alternativeSku] = [get('alternative'), get('alternativeSku')];
    return {
      ...base,
      ...lead,
      ...(amount !== null ? { unitPrice: { amount, currency } } : {}),
      ...(decision !== 'confirm' && quantity !== null ? { quantity } : {}),
      ...(decision === 'alternative' && alternative ? { alternative } : {}),
      ...(decision === 'alternative' && alternativeSku ? { alternativeSku } : {}),
    };
  });
  const [validUntil = '', message = '', vendorReference = ''] = [
    values['validUntil'],
    values['message'],
    values['vendorReference'],
  ];
  return { answer: { lines, currency, validUntil, message, vendorReference }, errors };
}

/** Returns the field at which a refusal is shown, as the parts of an amount share one field. */
export const fieldOf = (path: string): string =>
  path.replace(/\.unitPrice\.(amount|currency)$/, '.unitPrice');

/** Returns the API's body for the form that asks for more time, without empty fields. */
export function toMoreTime({ until, why }: Values): { until?: string; text?: string } {
  return { ...(until ? { until } : {}), ...(why ? { text: why } : {}) };
}
