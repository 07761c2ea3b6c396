import * as phrases from '../words/phrases.ts';
import { unitOf } from './quantity.ts';
import { listed, wordsOf } from './text.ts';

const placeholders = new Set([...listed(phrases.placeholders), ...listed(phrases.numberWords)]);
const around = new Set([...listed(phrases.approximations), ...listed(phrases.quantityMarks)]);
/** A longer cell is a description. */
const longest = 40;

/**
 * Returns whether a cell may be a quantity that can't be read: "ca. 10", "½", "?", "TBD". Names, prices with a currency
 * and the numbers of bar codes aren't.
 */
export function isUnread(cell: string, code: string): boolean {
  if (cell === '' || cell.length > longest || cell === code) return false;
  const words = wordsOf(cell);
  if (!/[\p{L}\p{N}]/u.test(cell) || words === 'x' || placeholders.has(words)) return true;
  if (!/\p{N}/u.test(cell)) return false;
  return !isName(cell, words, code) && !isPrice(cell) && !isBarCode(cell);
}

/** GTIN-8, -12, -13 or -14 with its check digit. */
function isBarCode(cell: string): boolean {
  if (!/^(?:\d{8}|\d{12,14})$/.test(cell)) return false;
  const digits = [...cell].reverse().map(Number);
  return digits.reduce((sum, digit, at) => sum + digit * (at % 2 === 0 ? 1 : 3), 0) % 10 === 0;
}

const isPrice = (cell: string): boolean =>
  /^(?:[€$£¥]|eur|usd|rsd|chf|gbp|din\.?)\s*[\d.,'’ ]+$|^[\d.,'’ ]+\s*(?:[€$£¥]|eur|usd|rsd|chf|gbp|din\.?)$/iu.test(
    cell,
  );

/** "Bearing 6206 30x62x16" is a name; so is "6206 bearing" beside the code 6206. */
function isName(cell: string, words: string, code: string): boolean {
  const parts = words.split(' ');
  const [first = ''] = parts;
  const own = wordsOf(code).split(' ');
  const isNamed = parts.some((word) => isTextWord(word));
  return isNamed && (isTextWord(first) || (own.includes(first) && !/^[~<>=±+-]/u.test(cell)));
}

const isTextWord = (word: string): boolean =>
  /^\p{L}{3,}$/u.test(word) && !around.has(word) && !placeholders.has(word) && unitOf(word) === null;
