import * as words from '../words/units.ts';
import { unitOf } from './quantity.ts';
import { listed, wordsOf } from './text.ts';

const scales = new Set(listed(words.scaleWords));
const explanations = new Set(listed(words.explanations));

/** Numbers that a heading multiplies by: "x100", "(1000)", "/ 100", "in 1000", "(pack of 250)"; "1000s"; "000". */
const multiples = [
  /(?:[x×*/([{]|(?<=[\s([{])(?:in|je|per|pro|po|à|u|na|v|w|en|of|for|für|za)\s)[\sx×*/'’=]*(1[\d.,]*0|\d[\d.,]*00|000)(?!\d)(?:\s?\p{L}{1,6}\.?)?\s*[)\]}]?$/iu,
  /(?<![\d.,])['’]?(000|1[\d.,]*0)(?:s|er)(?!\p{L})/iu,
  /(?<![\d.,])['’]?(000)(?!\d)/u,
];

/** Returns a heading without the number that it multiplies by. */
export const withoutMultiple = (cell: string): string =>
  multiples.reduce((text, form) => text.replace(form, ' '), cell);

/** What the words of headings say, for `countedIn`. */
interface Known {
  isWhole: (heading: string) => boolean;
  saysQuantity: (heading: string) => boolean;
}

/**
 * Returns what a heading of quantities counts, if it isn't pieces: "1000" in "Qty (x1000)", "thousand" in "Menge (Tsd. Stk.)",
 * "pack" in "Qty in packs", "c" in "Qty (C)". An abbreviation that isn't known is never taken for pieces.
 */
export function countedIn(cell: string, known: Known): string | null {
  const number = multiples.map((form) => form.exec(cell)?.[1]).find((found) => found !== undefined);
  if (number !== undefined) return number;
  if (/[‰%]/u.test(cell)) return '%';
  const bracket = /[([{](.*?)[)\]}]/u.exec(cell);
  const inside = bracket ? wordsOf(bracket[1] ?? '') : '';
  const outside = wordsOf(bracket ? cell.replace(bracket[0], ' ') : cell);
  const own = unitOf(outside);
  if (own !== null && own !== 'piece') return own;
  const around = known.isWhole(outside) ? [] : outside.split(' ');
  const scale = scaleOf([...around, ...inside.split(' ')]);
  if (scale !== null) return scale;
  if (inside === '') return around.length > 1 ? unitIn(around.at(-1) ?? '', false) : null;
  return unitIn(inside, !explanations.has(inside) && !known.saysQuantity(inside));
}

const scaleOf = (all: readonly string[]): string | null => {
  const scale = all.find((word) => scales.has(word));
  return scale === undefined ? null : (unitOf(scale) ?? scale);
};

/** Returns the unit in an explanation; null if it is pieces. One word that isn't known counts as a unit if `isUnit`. */
function unitIn(text: string, isUnit: boolean): string | null {
  const said = text.replace(/^(?:in|u|v|w|en|na) /u, '');
  const all = said.split(' ');
  const units = [said, ...all].map(unitOf).filter((unit) => unit !== null);
  const unit = units.find((one) => one !== 'piece');
  if (unit !== undefined || units.length > 0) return unit ?? null;
  if (isUnit) return all.length === 1 ? said : null;
  return /^\p{L}$/u.test(all.at(-1) ?? '') ? (all.at(-1) ?? null) : null;
}

/** Returns the scale of a line that says it for the whole list: "All quantities in thousands", "Mengen in Tsd. Stück". */
export function scaleNoteIn(cell: string, saysQuantity: (heading: string) => boolean): string | null {
  const said = wordsOf(cell);
  const isNote = saysQuantity(said) || /^(?:all |alle )?(?:in|u|v|w) /u.test(said);
  if (!isNote || /\d/.test(withoutMultiple(cell))) return null;
  return (
    multiples.map((form) => form.exec(cell)?.[1]).find((found) => found !== undefined) ??
    scaleOf(said.split(' '))
  );
}
