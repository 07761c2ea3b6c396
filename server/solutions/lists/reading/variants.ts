import type { Line } from './delimited.ts';
import { unitOf } from './quantity.ts';

const [shortestCode, longestCode] = [3, 40];
const longestVariant = 10;
/** More are looked up for no row, which may have hundreds of cells. */
const mostCodes = 5;
const mostVariants = 3;

const mayGoOn = (code: string): boolean =>
  code.length >= shortestCode && code.length <= longestCode && /\d/.test(code);

/** Returns a code together with other cells of its row: "6206" beside "2RS" may be "6206-2RS". */
export function variantsOf(code: string, { cells }: Line): string[] {
  if (!mayGoOn(code)) return [];
  const variants: string[] = [];
  for (const cell of cells) {
    if (cell.length > longestVariant || cell === code || !/\p{L}/u.test(cell) || unitOf(cell)) continue;
    variants.push(`${code}-${cell}`);
    if (variants.length === mostVariants) break;
  }
  return variants;
}

/** Returns what `variantsOf` returns for these cells of a row, where they may be codes. */
export const allVariants = (line: Line, cells: readonly string[]): string[] =>
  cells
    .filter(mayGoOn)
    .slice(0, mostCodes)
    .flatMap((code) => variantsOf(code, line));
