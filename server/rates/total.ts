import { commonCurrency } from '#server/common/currencies.ts';
import * as money from '#server/common/money.ts';
import { conversionOf, type DatedRates, dateOf, type Scale } from './conversion.ts';
import type { About, ListTotal } from './schema.ts';

/** Returns the currency of a total: the one wanted, else the only one of the prices, else the common one. */
export function totalCurrency(
  lines: readonly (readonly (money.Money | null)[])[],
  wanted: string | undefined,
): string {
  if (wanted !== undefined) return wanted;
  const own = new Set(lines.flat().flatMap((total) => total?.currency ?? []));
  const [only] = own;
  return own.size === 1 && only !== undefined ? only : commonCurrency;
}

/**
 * Returns what lines cost at the lowest list price of each, in one currency: the one figure that a person can use. Each
 * line counts once, with the partner that is cheapest at the rates. `lines`: each line's totals at its partners' prices.
 */
export function listTotalOf(
  lines: readonly (readonly (money.Money | null)[])[],
  rates: DatedRates | null,
  { wanted, today }: { wanted: string | undefined; today: string },
): ListTotal {
  const scale: Scale = { currency: totalCurrency(lines, wanted), rates, today };
  const lowest = lines.map((totals) => lowestOf(totals, scale));
  const own = [
    ...Map.groupBy(
      lowest.filter((line) => line !== null),
      ({ total }) => total.currency,
    ),
  ];
  return totalOf(scale, {
    lines: lines.length,
    withoutPrice: lowest.filter((line) => line === null).length,
    parts: own.map(([currency, ofCurrency]) => ({
      currency,
      lines: ofCurrency.length,
      amount: sum(ofCurrency.map(({ total }) => money.parse(total.amount))),
      converted: ofCurrency.some(({ about }) => about === null)
        ? null
        : sum(ofCurrency.map(({ about }) => about ?? 0n)),
    })),
  });
}

interface Lowest {
  total: money.Money;
  /** In the scale's currency; null: a rate is missing. */
  about: bigint | null;
}

function lowestOf(totals: readonly (money.Money | null)[], { currency, rates }: Scale): Lowest | null {
  const known = rates?.rates ?? new Map<string, string>();
  const priced = totals.flatMap((total): Lowest[] =>
    total === null
      ? []
      : [{ total, about: money.convert(money.parse(total.amount), total.currency, currency, known) }],
  );
  return priced.reduce<Lowest | null>(
    (least, one) => (least === null || isBelow(one, least) ? one : least),
    null,
  );
}

/** Returns what the lowest of some totals is in the scale's currency; undefined: none, or a rate is missing. */
export function aboutLowest(totals: readonly (money.Money | null)[], scale: Scale): About | undefined {
  const lowest = lowestOf(totals, scale);
  const date = lowest && dateOf(scale, lowest.total.currency);
  if (!lowest || lowest.about === null || date === null) return undefined;
  return { ...money.money(lowest.about, scale.currency), date };
}

const isBelow = (a: Lowest, b: Lowest): boolean =>
  a.about !== null && (b.about === null || a.about < b.about);

const sum = (amounts: readonly bigint[]): bigint => amounts.reduce((all, amount) => all + amount, 0n);

/** A total's lines, by the currency of each line's lowest price. */
export interface TotalParts {
  lines: number;
  withoutPrice: number;
  /** In order of occurrence. `converted`: in the scale's currency; null: a rate is missing. */
  parts: { currency: string; lines: number; amount: bigint; converted: bigint | null }[];
}

/** Returns the total for the API, from sums made anywhere. */
export function totalOf(scale: Scale, { lines, withoutPrice, parts }: TotalParts): ListTotal {
  const counted = parts.flatMap(({ converted }) => (converted === null ? [] : [converted]));
  const isConverted = parts.some(
    ({ currency, converted }) => converted !== null && currency !== scale.currency,
  );
  const days = parts.flatMap(({ currency }) => dateOf(scale, currency) ?? []).sort();
  const conversion = conversionOf(scale);
  return {
    about: counted.length === 0 ? null : money.money(sum(counted), scale.currency),
    conversion: isConverted && conversion ? { ...conversion, date: days[0] ?? conversion.date } : null,
    lines,
    withoutPrice,
    withoutRate: parts.reduce((all, part) => all + (part.converted === null ? part.lines : 0), 0),
    byCurrency: parts.map((part) => ({ lines: part.lines, total: money.money(part.amount, part.currency) })),
  };
}
