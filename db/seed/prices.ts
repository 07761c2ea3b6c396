import { parseCsv, sourceText } from './text.ts';

/** Amounts are integers in 1/10000 of a currency's unit. */
const UNIT = 10000;

export const RATES: ReadonlyMap<string, number> = new Map([
  ['EUR', 1],
  ...parseCsv(sourceText('rates.csv')).map((row): [string, number] => [row.currency!, Number(row.rate)]),
]);

/** The steps of price lists: [from this amount on, step], in units of the currency. */
const STEPS: Record<string, [number, number][]> = {
  fine: [
    [1000, 1],
    [1, 0.01],
    [0.1, 0.001],
    [0, 0.0001],
  ],
  middle: [
    [1000, 1],
    [100, 0.1],
    [1, 0.01],
    [0, 0.001],
  ],
  coarse: [
    [10000, 10],
    [1000, 1],
    [100, 0.5],
    [10, 0.1],
    [0, 0.01],
  ],
};
const COARSENESS: Record<string, string> = {
  CZK: 'middle',
  SEK: 'middle',
  NOK: 'middle',
  DKK: 'middle',
  RSD: 'coarse',
  HUF: 'coarse',
  RUB: 'coarse',
};

/** Converts `euro` to `currency` and rounds to that currency's step. */
export function listPrice(euro: number, currency: string): number {
  const rate = RATES.get(currency);
  if (!rate) throw new Error(`no rate for ${currency}`);
  const amount = euro * rate;
  const steps = STEPS[COARSENESS[currency] ?? 'fine']!;
  const [, step] = steps.find(([from]) => amount >= from)!;
  const parts = Math.round(step * UNIT);
  return Math.max(parts, Math.round((amount * UNIT) / parts) * parts);
}

/** Converts an amount to units for JSON: 185 becomes 0.0185. */
export const inUnits = (amount: number): number => amount / UNIT;

/** Returns price breaks from `minimum` on, in whole packs. */
export function priceBreaks(
  euro: number,
  currency: string,
  minimum: number,
  packSize: number,
): [number, number][] {
  const ladder: [number, number][] =
    packSize >= 25
      ? [
          [1, 1],
          [5, 0.93],
          [20, 0.86],
          [50, 0.78],
        ]
      : euro < 20
        ? [
            [1, 1],
            [10, 0.94],
            [50, 0.88],
            [250, 0.81],
          ]
        : euro < 300
          ? [
              [1, 1],
              [5, 0.96],
              [20, 0.92],
            ]
          : [
              [1, 1],
              [5, 0.96],
            ];
  // Large packs have breaks by packs, others by units.
  const base = packSize >= 25 ? minimum : 1;
  const breaks: [number, number][] = [];
  for (const [times, factor] of ladder) {
    const quantity = times === 1 ? minimum : Math.ceil((base * times) / packSize) * packSize;
    const price = listPrice(euro * factor, currency);
    const last = breaks.at(-1);
    if (!last || (quantity > last[0] && price < last[1])) breaks.push([quantity, price]);
  }
  return breaks.length > 1 ? breaks : [];
}
