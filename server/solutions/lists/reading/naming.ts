import type { ColumnKind } from '../words/headings.ts';
import type { Layout } from './columns.ts';
import type { Line } from './delimited.ts';
import { unitOf } from './quantity.ts';

const mayName: ReadonlySet<ColumnKind | null> = new Set([null, 'name', 'code']);
/** A number with at most a currency or a unit: "12,50 EUR". */
const amount = /^\p{L}{0,4}\.?\s*\d[\d.,'’ ]*\s*\p{L}{0,4}\.?$/u;

/** The cell that names the product; where no column does, the longest one with words that holds nothing else. */
export function nameIn(
  { cells }: Line,
  { name, codes, quantities, unit, vendor, note, kinds }: Layout,
): string {
  if (name !== null) return cells[name] ?? '';
  const used = new Set([...codes, ...quantities, unit, vendor, note]);
  const free = cells.filter(
    (cell, index) =>
      !used.has(index) &&
      mayName.has(kinds[index] ?? null) &&
      /\p{L}{3}/u.test(cell) &&
      !amount.test(cell) &&
      unitOf(cell) === null,
  );
  return free.reduce((longest, cell) => (cell.length > longest.length ? cell : longest), '');
}
