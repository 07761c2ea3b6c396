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
  return cells
    .filter((cell) => cell.length <= longestVariant && /\p{L}/u.test(cell) && cell !== code && !unitOf(cell))
    .slice(0, mostVariants)
    .map((cell) => `${code}-${cell}`);
}

/** Returns what `variantsOf` returns for all cells that may be codes. */
export const allVariants = (line: Line): string[] =>
  line.cells
    .filter(mayGoOn)
    .slice(0, mostCodes)
    .flatMap((code) => variantsOf(code, line));
