import type { EnquiryByLink } from '#lib/api/schema.d.ts';
import { isSupported, lineTotal, parse } from '#server/common/money.ts';
import { writeAmount } from '#server/common/amounts.ts';
import { isFarFromList, timesList } from '#server/common/prices.ts';
import { convertTo, ratesOf } from './currency.ts';
import { priceIn } from './price.ts';

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
export type AskedLine = Line;
/** What sums and the buttons above the lines need of an enquiry; the page's script gets no more. */
export type AskedLines = {
  request: Pick<EnquiryByLink['request'], 'kind'>;
  lines: readonly Line[];
  exchangeRates: EnquiryByLink['exchangeRates'];
};
export type LineField =
  | 'decision'
  | 'unitPrice'
  /** The reading chosen for a price with two readings, with the text it is of: `12.500=12.5`. */
  | 'reading'
  /** The price as the page last printed it, so that a typed one is known. */
  | 'shown'
  /** The amount a price was converted from, such as `PLN 25.16`, while nobody has changed it. */
  | 'was'
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
    // A draft of an earlier version is sent as an answer to the newest one.
    if (typeof value === 'string' && name in values && name !== 'version') values[name] = value;
  }
  return withKnownCurrency(values, enquiry);
}

/** Takes the enquiry's own currency for one that the page can't have offered. */
export function withKnownCurrency(values: Values, { currency: own }: { currency: string }): Values {
  const known = (name: string, other: string) => {
    const given = values[name] ?? '';
    return isSupported(given) ? given : other;
  };
  const currency = known('currency', own);
  return { ...values, currency, pricedIn: known('pricedIn', currency) };
}

const dayAfter = (day: string, days: number): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);

function fromListPrices(enquiry: EnquiryByLink, mark: string): Values {
  const values: Values = {
    currency: enquiry.currency,
    pricedIn: enquiry.currency,
    version: String(enquiry.quotes[0]?.version ?? 0),
    validUntil: dayAfter(enquiry.today, validDays),
    message: '',
    vendorReference: '',
    leadTimeForAll: '',
    ...otherForms,
  };
  for (const [index, line] of enquiry.lines.entries()) {
    const price = listPriceIn(line, enquiry.currency);
    const confirmable = enquiry.request.kind === 'order' && price !== null;
    Object.assign(values, priceFields(index, price ?? '', mark), {
      [field(index, 'decision')]: confirmable ? 'confirm' : 'offer',
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
  Object.assign(values, { currency, pricedIn: currency, validUntil, message, vendorReference });
  for (const [index, line] of enquiry.lines.entries()) {
    const answered = quote.lines.find(({ lineId }) => lineId === line.id);
    if (!answered) continue;
    const { unitPrice, quantity, leadTimeDays, alternative, alternativeProduct, reason } = answered;
    values[field(index, 'decision')] = answered.decision;
    // A line without a price of its own shows no list price of another currency.
    const price = unitPrice?.amount ?? listPriceIn(line, currency) ?? '';
    Object.assign(values, priceFields(index, price, mark));
    if (quantity !== undefined) values[field(index, 'quantity')] = String(quantity);
    values[field(index, 'leadTimeDays')] = leadTimeDays === undefined ? '' : String(leadTimeDays);
    values[field(index, 'alternative')] = alternative ?? '';
    values[field(index, 'alternativeSku')] = alternativeProduct?.sku ?? '';
    values[field(index, 'reason')] = reason ?? '';
  }
  return values;
}

/** Returns the fields of a price that the page fills in; `amount` is a decimal string, or empty. */
function priceFields(index: number, amount: string, mark: string, was = ''): Values {
  const typed = writeAmount(amount, mark);
  return {
    [field(index, 'unitPrice')]: typed,
    [field(index, 'shown')]: typed,
    [field(index, 'reading')]: '',
    [field(index, 'was')]: was,
  };
}

/** Returns the list price; null if it is in another currency or 0, which is no price to start from. */
function listPriceIn(line: Line, currency: string): string | null {
  const { listPrice } = line;
  return listPrice?.currency === currency && parse(listPrice.amount) > 0n ? listPrice.amount : null;
}

const bulks = ['listPrices', 'leadTime', 'offerAll', 'declineAll'] as const;
export type Bulk = (typeof bulks)[number];

/** Fills one value into every line, as the buttons above the lines do. */
export function fillAll(values: Values, enquiry: AskedLines, what: Bulk, mark: string): Values {
  const filled = { ...values };
  const accept = enquiry.request.kind === 'order' ? 'confirm' : 'offer';
  for (const [index, line] of enquiry.lines.entries()) {
    const currency = values['currency'] ?? '';
    const { listPrice } = line;
    const declined = filled[field(index, 'decision')] === 'decline';
    if (what === 'listPrices' && listPrice && parse(listPrice.amount) > 0n) {
      const price = convertTo(listPrice, currency, ratesOf(enquiry));
      const was = listPrice.currency === currency ? '' : `${listPrice.currency} ${listPrice.amount}`;
      if (price !== null) Object.assign(filled, priceFields(index, price, mark, was));
    }
    if (what === 'leadTime' && !declined)
      filled[field(index, 'leadTimeDays')] = values['leadTimeForAll'] ?? '';
    if (what === 'offerAll') filled[field(index, 'decision')] = line.listPrice ? accept : 'offer';
    if (what === 'declineAll') filled[field(index, 'decision')] = 'decline';
  }
  return filled;
}

/** Returns the buttons above the lines that would change nothing; a lead time has a field of its own to be typed first. */
export function idleBulks(values: Values, enquiry: AskedLines, mark: string): Bulk[] {
  return bulks.filter((what) => {
    const filled = fillAll(values, enquiry, what, mark);
    return what !== 'leadTime' && Object.keys(filled).every((name) => filled[name] === (values[name] ?? ''));
  });
}

/** `times`: how many times the list price the price is; null where they can't be compared. */
export type Sum = { unitPrice: bigint; total: bigint; times: number | null; isFar: boolean };
export type Sums = { lines: (Sum | null)[]; total: bigint; offered: number; declined: number };

/** Returns the sums of the form; lines that can't be read yet are null. */
export function sumUp(values: Values, enquiry: AskedLines): Sums {
  const currency = values['currency'] ?? '';
  const rates = ratesOf(enquiry);
  const sums: Sums = { lines: [], total: 0n, offered: 0, declined: 0 };
  for (const [index, line] of enquiry.lines.entries()) {
    const decision = values[field(index, 'decision')];
    if (decision === 'decline') sums.declined += 1;
    const { listPrice } = line;
    const fixed = decision === 'confirm' && listPrice?.currency === currency;
    const amount = fixed ? listPrice.amount : amountOf(values, index, currency, listPrice);
    const quantity = fixed ? line.quantity : readCount(values[field(index, 'quantity')] ?? '', line.quantity);
    if (decision === 'decline' || amount === null || quantity === null) {
      sums.lines.push(null);
      continue;
    }
    const unitPrice = parse(amount);
    const total = lineTotal(unitPrice, quantity, currency);
    sums.lines.push({
      ...{ unitPrice, total },
      times: timesList(unitPrice, currency, listPrice, rates),
      isFar: !fixed && isFarFromList(unitPrice, currency, listPrice, rates),
    });
    sums.total += total;
    sums.offered += 1;
  }
  return sums;
}

function amountOf(values: Values, index: number, currency: string, listPrice: Line['listPrice']) {
  const price = priceIn(values, index, { currency, listPrice });
  return price.kind === 'amount' ? price.amount : null;
}

/** Returns the key of the words on the button that sends the answer. `decisions`: about each line. */
export function sendWords(decisions: readonly (string | undefined)[], version: number) {
  if (decisions.every((decision) => decision === 'confirm')) return 'answer.sendConfirm';
  return version > 0 ? 'answer.sendAgain' : 'answer.send';
}

/** Returns a whole number as typed, `fallback` for nothing typed, null for anything else. */
export function readCount(typed: string, fallback: number): number | null {
  const text = typed.replace(/[\s\u00a0\u202f]/g, '');
  if (text === '') return fallback;
  return /^\d{1,10}$/.test(text) ? Number(text) : null;
}
