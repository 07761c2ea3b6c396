import type { Line } from './delimited.ts';
import { unitOf } from './quantity.ts';

const longestCode = 40;
const longestVariant = 10;

/** Returns a code together with other cells of its row: "6206" beside "2RS" may be "6206-2RS". */
export function variantsOf(code: string, { cells }: Line): string[] {
  if (code.length > longestCode || !/\d/.test(code)) return [];
  return cells
    .filter((cell) => cell.length <= longestVariant && /\p{L}/u.test(cell) && cell !== code && !unitOf(cell))
    .map((cell) => `${code}-${cell}`);
}
