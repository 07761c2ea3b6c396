import { fold } from '#server/platform/fold.ts';

const invisible = /[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff]/gu;
// PostgreSQL can't store NUL in JSON.
const control = /[\p{Cc}--[\t\n\r]]/gv;

/** Returns a cell as people see it: without invisible marks and guards such as `="6206"`, with plain blanks. */
export function clean(cell: string): string {
  if (/^[\w .,;:/+-]*$/.test(cell))
    return cell.includes('  ') ? cell.replace(/ +/g, ' ').trim() : cell.trim();
  const shown = visible(cell);
  const guarded = /^=\s*"(.*)"$/.exec(shown) ?? /^=\s*'(.*)'$/.exec(shown) ?? /^'(.+)$/.exec(shown);
  return visible(guarded?.[1]?.replaceAll('""', '"') ?? shown);
}

const visible = (text: string): string =>
  text.toWellFormed().replace(invisible, '').replace(control, '').replace(/\s+/gu, ' ').trim();

/** Returns a text that a database can store as JSON. */
export const storable = (text: string): string => text.toWellFormed().replaceAll('\0', '');

/** Full-width digits and letters as plain ones, and all dashes as "-". Keeps "²" and "½", except in units such as "m²". */
export const plain = (text: string): string =>
  /^[\0-\x7f]*$/.test(text)
    ? text
    : text
        .replace(/(?<=\p{L})\p{No}|\P{No}+/gu, (part) => part.normalize('NFKC'))
        .replace(/[\u2010-\u2015\u2212\u2043\ufe58\ufe63]/gu, '-');

/** Returns a text's words for comparison with `words/`: folded, letters and digits only. */
export function wordsOf(text: string): string {
  return fold(text)
    .replace(/[^\p{L}\p{N}#%]+/gu, ' ')
    .trim();
}

/** Returns the words of a list such as 'a|b c'. */
export const listed = (words: string): string[] =>
  words
    .split('|')
    .map((word) => word.trim())
    .filter(Boolean);
