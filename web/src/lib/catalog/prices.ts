import { decimalMark } from '#lib/answer/amounts.ts';
import { readAmount } from '#server/common/amounts.ts';
import { locales, type Locale } from '#server/common/locales.ts';
import type { Listing, Prices } from './listing.ts';

// Only the server reads amounts: their reader is no part of the page's scripts.

/** Reads the bounds of prices. Of two readings, the one by the language's decimal mark counts: "12.500" is 12.5 in English. */
export function pricesOf(listing: Pick<Listing, keyof Prices | 'currency'>, locale: Locale): Prices {
  const mark = decimalMark(locales[locale].tag);
  const amountOf = (typed: string): string | null => {
    const read = readAmount(typed);
    if (read.kind === 'unreadable') return null;
    if (read.currencies && listing.currency && !read.currencies.includes(listing.currency)) return null;
    return read.kind === 'amount' ? read.amount : read.readings[typed.includes(mark) ? 0 : 1];
  };
  return { priceMin: amountOf(listing.priceMin), priceMax: amountOf(listing.priceMax) };
}
