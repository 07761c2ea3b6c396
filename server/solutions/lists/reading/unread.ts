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
  if (!/[\p{L}\p{N}]/u.test(cell)) return true;
  if (!/\p{N}/u.test(cell)) {
    const words = wordsOf(cell);
    return words === 'x' || placeholders.has(words);
  }
  return !isName(cell, code) && !isPrice(cell) && !isBarCode(cell);
}

/** Returns whether a cell names several places of a part on a board: "R1, R2", "C3-C7". Each takes one. */
export const namesPlaces = (cell: string): boolean =>
  /^([A-Z]{1,3})\d{1,4}(?:\s*[,;]\s*\1\d{1,4})+$|^([A-Z]{1,3})\d{1,4}\s*-\s*\2\d{1,4}$/.test(cell);

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

/** Measures that nothing is sold by: "24V relay" is a relay. Those that things are sold by may be quantities. */
const measures =
  'V|mV|kV|VA|kVA|VAC|VDC|A|mA|Ah|W|kW|Hz|kHz|MHz|mm|mm2|mm²|cm|inch|bar|mbar|°C|Nm|kN|rpm|dB|Ω|kΩ|MΩ|ohm|pF|nF|µF|uF|mH|GB|MB|TB|ms';
const measured = new RegExp(
  `^\\d+(?:[.,/-]\\d+)*\\s?(?:${measures})(?:\\s?(?:AC|DC))?[\\s,-]+(?=\\p{L}{3})`,
  'u',
);
/** "3-phase motor", "24-polig Stecker". */
const counted = /^\d+-(\p{L}{3,})\s+(?=\p{L}{3})/u;

/** Returns whether a cell begins with a measure of what it names. */
function isMeasuredName(cell: string): boolean {
  const [whole = '', word = ''] = measured.exec(cell) ?? counted.exec(cell) ?? [];
  if (whole === '' || (word !== '' && !isTextWord(wordsOf(word)))) return false;
  return isTextWord(wordsOf(cell.slice(whole.length)).split(' ')[0] ?? '');
}

/** "Bearing 6206 30x62x16" is a name; so is "6206 bearing" beside the code 6206. */
function isName(cell: string, code: string): boolean {
  // Most cells end here: codes and numbers.
  if (!/[a-z]{3}|[^\0-\x7f]/i.test(cell)) return false;
  if (isMeasuredName(cell)) return true;
  const parts = wordsOf(cell).split(' ');
  const [first = ''] = parts;
  const [own = ''] = wordsOf(code).split(' ');
  const isNamed = parts.some((word) => isTextWord(word));
  return isNamed && (isTextWord(first) || (own === first && own.length > 2 && !/^[~<>=±+-]/u.test(cell)));
}

const isTextWord = (word: string): boolean =>
  /^\p{L}{3,}$/u.test(word) && !around.has(word) && !placeholders.has(word) && unitOf(word) === null;
