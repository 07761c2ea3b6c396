import { type Catalogue, keysOf } from './catalogue.ts';
import type { Line } from './delimited.ts';
import type { Document } from './document.ts';
import { readHeading } from './headings.ts';
import { codeWords, isPriced } from './knownWord.ts';
import { readLoose } from './loose.ts';
import { allVariants } from './variants.ts';

/** A table with more texts than this is looked up by columns. */
const mostTexts = 10_000;
const mostSampled = 60;

/** Returns the keys of all texts of a document that may be codes; of rows of cells only those in `columns`, if given. */
export function candidateKeys(
  { lines }: Pick<Document, 'lines'>,
  columns: ReadonlySet<number> | null = null,
): Set<string> {
  const isTable = isTableOf(lines);
  const keys = new Set<string>();
  for (const line of lines) {
    const isRow = isTable && line.cells.length > 1;
    const cells = columns && isRow ? line.cells.filter((_, index) => columns.has(index)) : line.cells;
    for (const code of [...cells, ...allVariants(line, cells)]) for (const key of keysOf(code)) keys.add(key);
    if (isRow && !isPriced(line)) continue;
    for (const { code } of readLoose(line.raw).interpretations) for (const key of keysOf(code)) keys.add(key);
    for (const word of codeWords(line.raw)) for (const key of keysOf(word)) keys.add(key);
  }
  return keys;
}

const isTableOf = (lines: readonly Line[]): boolean =>
  lines.filter(({ cells }) => cells.length > 1).length * 2 > lines.length;

/** Returns whether a table has so many different texts that a sample must show first which columns hold codes. */
export const isLarge = ({ lines }: Document): boolean =>
  isTableOf(lines) && new Set(lines.flatMap(({ cells }) => cells)).size > mostTexts;

/** Returns rows from all over a document. */
export function sampleOf({ lines }: Document): Line[] {
  const step = Math.ceil(lines.length / mostSampled);
  return lines.filter((_, nth) => nth % step === 0);
}

/**
 * Returns the columns that hold codes in a sample of the rows, or that headings call codes. Where the sample has no known
 * code, the first columns, as many as are looked up at once.
 */
export function columnsOfCodes(
  { lines }: Document,
  sample: readonly Line[],
  catalogue: Catalogue,
): Set<number> {
  const columns = new Set<number>();
  for (const { cells } of sample)
    for (const [index, cell] of cells.entries()) if (catalogue.find(cell).length > 0) columns.add(index);
  for (const { cells } of lines) {
    if (cells.filter((cell) => /\d/.test(cell)).length * 2 > cells.length) continue;
    for (const [index, cell] of cells.entries()) if (readHeading(cell)?.kind === 'code') columns.add(index);
  }
  if (columns.size > 0) return columns;
  return new Set(Array.from({ length: Math.ceil(mostTexts / lines.length) }, (_, index) => index));
}

/** Returns the texts of rows that are only in other columns than these. */
export function textsBeside({ lines }: Document, columns: ReadonlySet<number>): Set<string> {
  const rows = lines.filter(({ cells }) => cells.length > 1);
  const inColumns = new Set(rows.flatMap(({ cells }) => cells.filter((_, index) => columns.has(index))));
  return new Set(rows.flatMap(({ cells }) => cells.filter((cell) => !inColumns.has(cell))));
}
