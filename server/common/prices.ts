import * as money from './money.ts';
import { type Money, parse, rateOf } from './money.ts';

/** Comparing and converting unit prices. Prices are bigints in 1/10000 of the currency's unit. */

type Rates = ReadonlyMap<string, string>;

/**
 * Whether a price is 0 or differs from the list price by more than half of it, compared in one currency. False where they
 * can't be compared. `rates`: 1 euro = rate.
 */
export function isFarFromList(price: bigint, currency: string, list: Money | null, rates: Rates): boolean {
  if (price === 0n) return true;
  const both = list && inOneCurrency(price, currency, list, rates);
  if (!both || both.list === 0n) return false;
  const difference = both.price > both.list ? both.price - both.list : both.list - both.price;
  return 2n * difference > both.list;
}

/** Returns how many times the list price a price is; null where they can't be compared. For showing only. */
export function timesList(price: bigint, currency: string, list: Money | null, rates: Rates): number | null {
  const both = list && inOneCurrency(price, currency, list, rates);
  if (!both || both.list === 0n) return null;
  return Number((both.price * 1_000_000n) / both.list) / 1_000_000;
}

function inOneCurrency(price: bigint, currency: string, list: Money, rates: Rates) {
  if (currency === list.currency) return { price, list: parse(list.amount) };
  const [own, other] = [rateOf(currency, rates), rateOf(list.currency, rates)];
  if (own === null || other === null) return null;
  // Multiplied instead of divided, so that nothing is rounded.
  return { price: price * other, list: parse(list.amount) * own };
}

/**
 * Converts a unit price as `money.convertPrice` does. Null if a rate is missing or nothing remains.
 */
export function convertPrice(price: bigint, from: string, to: string, rates: Rates): bigint | null {
  const converted = money.convertPrice(price, from, to, rates);
  return converted === 0n && price !== 0n ? null : converted;
}
