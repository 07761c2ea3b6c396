/**
 * In memory an amount is a bigint in 1/10000 of the currency's unit, in JSON and PostgreSQL a decimal string; never a
 * number.
 */
const scale = 4;
const perUnit = 10_000n;

/** Supported currencies with their minor digits (ISO 4217 table A.1). */
export const currencies: Readonly<Record<string, number>> = {
  AED: 2,
  ALL: 2,
  AUD: 2,
  BAM: 2,
  BGN: 2,
  BRL: 2,
  CAD: 2,
  CHF: 2,
  CNY: 2,
  CZK: 2,
  DKK: 2,
  EUR: 2,
  GBP: 2,
  GEL: 2,
  HKD: 2,
  HUF: 2,
  ILS: 2,
  INR: 2,
  ISK: 0,
  JPY: 0,
  KRW: 0,
  KZT: 2,
  MDL: 2,
  MKD: 2,
  MXN: 2,
  NOK: 2,
  NZD: 2,
  PLN: 2,
  RON: 2,
  RSD: 2,
  RUB: 2,
  SEK: 2,
  SGD: 2,
  TRY: 2,
  TWD: 2,
  UAH: 2,
  USD: 2,
  ZAR: 2,
};

export interface Money {
  amount: string;
  currency: string;
}

/** The form of amounts on input: up to four decimals, no sign, no exponent. */
export const amountPattern = '^(0|[1-9][0-9]{0,11})(\\.[0-9]{1,4})?$';
const amountForm = new RegExp(amountPattern);

export function isSupported(currency: string): boolean {
  return Object.hasOwn(currencies, currency);
}

/** For currencies that aren't in the table. */
export const usualMinorDigits = 2;

function minorDigits(currency: string): number {
  return currencies[currency] ?? usualMinorDigits;
}

/** Parses "12.5" as 125000n. Null ("on request") stays null. Throws a RangeError if it isn't a decimal string. */
export function parse(amount: string): bigint;
export function parse(amount: string | null): bigint | null;
export function parse(amount: string | null): bigint | null {
  if (amount === null) return null;
  const match = /^(-?)(\d+)(?:\.(\d{1,4}))?$/.exec(amount);
  if (!match) throw new RangeError(`not an amount: ${amount}`);
  const value = BigInt(match[2] ?? '0') * perUnit + BigInt((match[3] ?? '').padEnd(scale, '0'));
  return match[1] ? -value : value;
}

export function isAmount(text: string): boolean {
  return amountForm.test(text);
}

/** Formats 125000n as "12.50" and 19n as "0.0019": at least the minor digits, no further trailing zeros. */
export function format(value: bigint, currency: string): string {
  const sign = value < 0n ? '-' : '';
  const absolute = value < 0n ? -value : value;
  const fraction = (absolute % perUnit).toString().padStart(scale, '0');
  const kept = Math.max(minorDigits(currency), fraction.replace(/0+$/, '').length);
  const whole = (absolute / perUnit).toString();
  return sign + (kept > 0 ? `${whole}.${fraction.slice(0, kept)}` : whole);
}

export function money(value: bigint, currency: string): Money {
  return { amount: format(value, currency), currency };
}

/** Converts a database amount to the API's form. Null ("on request") stays null. */
export function fromDatabase(amount: string | null, currency: string): Money | null {
  return amount === null ? null : money(parse(amount), currency);
}

/** Rounds half away from zero to the currency's minor unit. */
export function roundToMinor(value: bigint, currency: string): bigint {
  return toMinor(value, 1n, currency);
}

/** Rounds `numerator / denominator` once, half away from zero, to the currency's minor unit. */
function toMinor(numerator: bigint, denominator: bigint, currency: string): bigint {
  const minorUnit = 10n ** BigInt(scale - minorDigits(currency));
  const step = denominator * minorUnit;
  const absolute = numerator < 0n ? -numerator : numerator;
  const rounded = ((2n * absolute + step) / (2n * step)) * minorUnit;
  return numerator < 0n ? -rounded : rounded;
}

/** Returns unit price x quantity, rounded. Sums add rounded lines. */
export function lineTotal(unitPrice: bigint, quantity: number, currency: string): bigint {
  return roundToMinor(unitPrice * BigInt(quantity), currency);
}

/** Returns a line's total in the API's form; null without a unit price ("on request"). */
export function lineMoney(unitPrice: bigint | null, quantity: number, currency: string): Money | null {
  return unitPrice === null ? null : money(lineTotal(unitPrice, quantity, currency), currency);
}

/** Returns the unit price at a quantity, by the last price break at or below it. */
export function priceAt(
  price: string | null,
  priceBreaks: readonly (readonly [number, string])[],
  quantity: number,
): bigint | null {
  if (price === null) return null;
  const reached = priceBreaks.filter(([from]) => from <= quantity).at(-1);
  return parse(reached ? reached[1] : price);
}

/**
 * Converts a unit price as `convert` does, but keeps four decimals below one unit of the currency, where cents would hide
 * what it costs.
 */
export function convertPrice(
  value: bigint,
  from: string,
  to: string,
  rates: ReadonlyMap<string, string>,
): bigint | null {
  if (from === to) return value;
  const share = atRates(value, from, to, rates);
  if (share === null) return null;
  const [numerator, denominator] = share;
  if (numerator < perUnit * denominator) return (2n * numerator + denominator) / (2n * denominator);
  return toMinor(numerator, denominator, to);
}

/**
 * Converts an amount at euro reference rates (1 EUR = rate) and rounds to the minor unit; null if a rate is missing.
 * `rates`: decimal strings with up to eight decimals.
 */
export function convert(
  value: bigint,
  from: string,
  to: string,
  rates: ReadonlyMap<string, string>,
): bigint | null {
  if (from === to) return value;
  const share = atRates(value, from, to, rates);
  return share && toMinor(...share, to);
}

/** Returns the exact amount in another currency as a fraction; null if a rate is missing. */
function atRates(
  value: bigint,
  from: string,
  to: string,
  rates: ReadonlyMap<string, string>,
): [numerator: bigint, denominator: bigint] | null {
  const [fromRate, toRate] = [rateOf(from, rates), rateOf(to, rates)];
  return fromRate === null || toRate === null ? null : [value * toRate, fromRate];
}

/** Returns a rate (1 euro = rate) in 1/100000000; null if it is missing. */
export function rateOf(currency: string, rates: ReadonlyMap<string, string>): bigint | null {
  if (currency === 'EUR') return 10n ** 8n;
  const rate = rates.get(currency);
  if (rate === undefined) return null;
  const [whole = '0', fraction = ''] = rate.split('.');
  return BigInt(whole) * 10n ** 8n + BigInt(fraction.slice(0, 8).padEnd(8, '0'));
}

/** Returns sums per currency, in order of occurrence. Ignores null ("on request"). */
export function sumPerCurrency(totals: readonly (Money | null)[]): Money[] {
  return totalsPerCurrency(totals.map((total) => [total])).map(({ low }) => low);
}

/** Returns sums per currency of the lines' lowest and highest totals among their vendors. Ignores null ("on request"). */
export function totalsPerCurrency(
  lines: readonly (readonly (Money | null)[])[],
): { low: Money; high: Money }[] {
  const sums = new Map<string, { low: bigint; high: bigint }>();
  for (const totals of lines) {
    const priced = totals.filter((total) => total !== null);
    for (const [currency, own] of Map.groupBy(priced, (total) => total.currency)) {
      const amounts = own.map((total) => parse(total.amount));
      const sum = sums.get(currency) ?? { low: 0n, high: 0n };
      sums.set(currency, {
        low: sum.low + amounts.reduce((a, b) => (a < b ? a : b)),
        high: sum.high + amounts.reduce((a, b) => (a > b ? a : b)),
      });
    }
  }
  return [...sums].map(([currency, { low, high }]) => ({
    low: money(low, currency),
    high: money(high, currency),
  }));
}
