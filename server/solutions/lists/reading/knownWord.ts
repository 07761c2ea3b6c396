import type { Catalogue } from './catalogue.ts';
import type { Line } from './delimited.ts';
import type { ReadRow } from './row.ts';
import { clean } from './text.ts';

const longestLine = 500;
const mostWords = 20;
/** Shorter words are codes by chance. */
const shortest = 3;

/** Returns the words of a line that may be codes. */
export function codeWords(raw: string): string[] {
  const text = clean(raw.slice(0, longestLine));
  const words = text
    .split(/[\s;,|]+/u)
    .map((word) => word.replace(/^["'“„([]+|["'”“)\].:]+$/gu, ''))
    .filter((word) => word.length >= shortest && /\d/.test(word));
  return [...new Set(words)].slice(0, mostWords);
}

/** Returns whether a line with commas is a sentence with a price ("10 pcs 6206 at 5,52") rather than cells. */
export const isPriced = ({ cells, raw }: Line): boolean =>
  /\S \S/.test(cells[0] ?? '') && !/[;\t|]/.test(raw) && /\d,\d{2}(?!\d)/.test(raw.slice(0, longestLine));

/** Takes the word of a line that is a code of the catalogue for its code, where the line couldn't be read as a whole. */
export function withKnownWord(read: ReadRow, catalogue: Catalogue): ReadRow {
  const codes = codeWords(read.raw).filter((word) => catalogue.isExact(word));
  const [code] = codes;
  if (code === undefined) return read;
  const ids = [...new Set(codes.flatMap((word) => catalogue.find(word)))];
  return { ...read, code, ids, quantity: null, typed: '', unit: null, doubt: 'quantity_unclear' };
}
