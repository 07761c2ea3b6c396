import { readAmount, type ReadAmount } from '#server/common/amounts.ts';
import type { Money } from '#server/common/money.ts';

type Values = Readonly<Record<string, string>>;

/** A line's price as typed; `foreign`: with the name of another currency than the answer's. */
export type Price = ReadAmount | { kind: 'empty' } | { kind: 'foreign' };

/** Reads a line's price. A reading that was chosen counts as long as the text is the same. */
export function priceIn(
  values: Values,
  index: number,
  { currency, listPrice }: { currency: string; listPrice: Money | null },
): Price {
  const typed = (values[`lines.${index}.unitPrice`] ?? '').trim();
  if (typed === '') return { kind: 'empty' };
  const read = readAmount(typed, listPrice?.currency === currency ? listPrice.amount : null);
  if (read.kind === 'unreadable') return read;
  if (read.currencies && !read.currencies.includes(currency)) return { kind: 'foreign' };
  if (read.kind === 'amount') return read;
  const chosen = read.readings.find(
    (reading) => values[`lines.${index}.reading`] === readingOf(typed, reading),
  );
  return chosen === undefined ? read : { kind: 'amount', amount: chosen, currencies: read.currencies };
}

/** Returns the value of the button that chooses a reading of a text. */
export const readingOf = (typed: string, reading: string): string => `${typed.trim()}=${reading}`;
