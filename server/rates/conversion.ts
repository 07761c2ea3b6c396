import { commonCurrency, ratesOldAfterDays } from '#server/common/currencies.ts';
import * as money from '#server/common/money.ts';
import { dayMs } from './rules.ts';
import type { About, Conversion, Price } from './schema.ts';

/** The reference rates that count on a day: 1 euro = `rates` of each currency. */
export interface DatedRates {
  /** The day of the newest of them. */
  date: string;
  source: string;
  rates: ReadonlyMap<string, string>;
  /** The day of each currency's rate. */
  dates: ReadonlyMap<string, string>;
}

/** A currency to show amounts in, with the rates of a day. `rates`: null if there are none. */
export interface Scale {
  currency: string;
  rates: DatedRates | null;
  today: string;
}

/** Returns the day of the older rate of the two, for the same currency today; null: a rate is missing. */
export function dateOf(scale: Scale, from: string): string | null {
  if (from === scale.currency) return scale.today;
  const days = [from, scale.currency]
    .filter((currency) => currency !== 'EUR')
    .map((currency) => scale.rates?.dates.get(currency) ?? null);
  return days.reduce(
    (oldest, day) => (oldest === null || day === null ? null : day < oldest ? day : oldest),
    scale.today,
  );
}

/** Returns what a unit price is in the scale's currency; undefined: a rate is missing. */
export function aboutPrice(price: money.Money, scale: Scale): About | undefined {
  const { currency, rates } = scale;
  const date = dateOf(scale, price.currency);
  const value = money.convertPrice(
    money.parse(price.amount),
    price.currency,
    currency,
    rates?.rates ?? new Map(),
  );
  return value === null || date === null ? undefined : { ...money.money(value, currency), date };
}

/** Returns the price with what it is in the scale's currency. */
export function withAbout(price: money.Money | null, scale: Scale | null): Price | null {
  if (price === null || scale === null) return price;
  const about = aboutPrice(price, scale);
  return about ? { ...price, about } : price;
}

/** Returns what pages say of the rates; null: there are none. */
export function conversionOf(scale: Scale | null): Conversion | null {
  if (!scale?.rates) return null;
  const { date, source } = scale.rates;
  const oldBefore = new Date(Date.parse(scale.today) - ratesOldAfterDays * dayMs).toISOString().slice(0, 10);
  return { currency: scale.currency, date, source, oldBefore };
}

/** The prices of a currency, as listed, that are in a range of the scale's currency. */
export interface PriceRange {
  currency: string;
  /** Decimal strings, both included. */
  low: string;
  high: string;
}

/** More than any stored price, in 1/10000. */
const highest = 10n ** 17n;

/**
 * Returns for every currency with a rate the list prices whose `about` is within the limits, so that what passes a filter
 * is what is shown.
 */
export function rangesWithin(scale: Scale, min: string | undefined, max: string | undefined): PriceRange[] {
  const known = scale.rates?.rates ?? new Map<string, string>();
  const [least, most] = [money.parse(min ?? '0'), max === undefined ? null : money.parse(max)];
  return [...new Set([scale.currency, commonCurrency, ...known.keys()])].flatMap((currency) => {
    const converted = (value: bigint) => money.convertPrice(value, currency, scale.currency, known);
    if (converted(1n) === null) return [];
    // Conversion is monotonic, so the limits can be bisected.
    const low = firstWith((value) => (converted(value) ?? 0n) >= least);
    const high = most === null ? highest : firstWith((value) => (converted(value) ?? 0n) > most) - 1n;
    return low > high ? [] : [{ currency, low: decimal(low), high: decimal(high) }];
  });
}

/** Returns the smallest value from 0 that satisfies a monotonic condition, at most `highest`. */
function firstWith(isEnough: (value: bigint) => boolean): bigint {
  let [low, high] = [0n, highest];
  while (low < high) {
    const middle = (low + high) / 2n;
    if (isEnough(middle)) high = middle;
    else low = middle + 1n;
  }
  return low;
}

// With four places, whatever the currency.
const decimal = (value: bigint): string => money.format(value, 'JPY');
