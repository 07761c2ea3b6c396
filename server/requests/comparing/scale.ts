import { convert, isSupported } from '#server/common/money.ts';
import type { Quote } from '../quotes/schema.ts';

/** Dated euro reference rates: 1 euro = `rate` of the currency. */
export interface Rates {
  /** The newest day among them. */
  of: string;
  rates: ReadonlyMap<string, string>;
  /** The days of those that are of another day. */
  dates?: ReadonlyMap<string, string>;
}

/** The currency to rank amounts in, with rates if several are to be ranked. */
export interface Scale {
  currency: string | null;
  rates: ReadonlyMap<string, string> | null;
  /** The oldest day of the rates that are used. */
  of: string | null;
}

/** Returns the scale of a comparison, in the `wanted` currency if there are rates for it. */
export function scaleOf(
  vendors: readonly { quote: Quote | null }[],
  rates: Rates | null,
  wanted: string | undefined,
): Scale {
  const counts = new Map<string, number>();
  for (const { quote } of vendors) {
    const offered = quote?.lines.filter((line) => line.decision !== 'decline').length ?? 0;
    if (quote && offered > 0) counts.set(quote.currency, (counts.get(quote.currency) ?? 0) + offered);
  }
  const [most, ...others] = [...counts].sort((a, b) => b[1] - a[1]).map(([currency]) => currency);
  if (most === undefined) return { currency: null, rates: null, of: null };
  const into = wanted !== undefined && isSupported(wanted) ? wanted : most;
  const convertible =
    rates !== null && [...counts.keys()].every((c) => convert(1n, c, into, rates.rates) !== null);
  if (convertible && (others.length > 0 || into !== most))
    return { currency: into, rates: rates.rates, of: oldest(rates, [...counts.keys(), into]) };
  return { currency: others.length === 0 ? most : null, rates: null, of: null };
}

function oldest({ of, dates }: Rates, used: readonly string[]): string {
  const days = used.filter((currency) => currency !== 'EUR').map((currency) => dates?.get(currency) ?? of);
  return days.sort()[0] ?? of;
}

/** Converts an amount into the scale's currency; null if it can't be. */
export function ranked(value: bigint, currency: string, scale: Scale): bigint | null {
  if (scale.currency === null) return null;
  if (scale.rates) return convert(value, currency, scale.currency, scale.rates);
  return currency === scale.currency ? value : null;
}
