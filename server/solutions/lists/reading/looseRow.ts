import * as phrases from '../words/phrases.ts';
import type { Catalogue } from './catalogue.ts';
import type { Line } from './delimited.ts';
import { type Interpretation, readLoose } from './loose.ts';
import type { NumberStyle } from './numberStyle.ts';
import { readMeasured } from './quantity.ts';
import { blank, type ReadRow } from './row.ts';
import { listed, wordsOf } from './text.ts';

/** Reads a line without columns: by the reading whose code the catalogue knows, if all such readings agree. */
export function readLooseRow(line: Line, catalogue: Catalogue, style: NumberStyle): ReadRow {
  const { text, interpretations } = readLoose(line.raw);
  const known = interpretations.filter(({ code }) => catalogue.find(code).length > 0);
  const [sure] = agreed(known, catalogue).sort(
    (a, b) =>
      Number(catalogue.isExact(b.code)) - Number(catalogue.isExact(a.code)) || a.code.length - b.code.length,
  );
  const base = blank(line);
  if (known.length === 0) return { ...base, ...proposal(text, interpretations, catalogue) };
  if (!sure) {
    const ids = [...new Set(known.flatMap(({ code }) => catalogue.find(code)))];
    return { ...base, code: text, ids, doubt: 'code_or_quantity' };
  }
  const read = { ...base, code: sure.code, ids: catalogue.find(sure.code), typed: sure.quantity };
  if (sure.quantity === '') return { ...read, quantity: 1 };
  const measured = readMeasured(sure.quantity, style);
  const quantity = measured?.quantity ?? 'quantity_unclear';
  return typeof quantity === 'number'
    ? { ...read, quantity, unit: measured?.unit ?? null }
    : { ...read, unit: measured?.unit ?? null, doubt: quantity };
}

/** Returns the readings that hold if they agree on product and quantity: [] if they don't. */
function agreed(known: readonly Interpretation[], catalogue: Catalogue): Interpretation[] {
  const whole = known.filter(({ quantity }) => quantity === '');
  const parts = known.filter(({ quantity }) => quantity !== '');
  const exact = (all: readonly Interpretation[]) => all.filter(({ code }) => catalogue.isExact(code));
  // "97 53 14" is one code, also if "97 53" is another. Without its separators it is only a guess.
  if (exact(whole).length > 0 && exact(parts).length === 0) return whole;
  if (exact(whole).length > 0) return [];
  if (parts.length === 0) return whole;
  if (whole.length > 0 && exact(parts).length === 0) return [];
  const likely = [exact(parts), parts].find((all) => all.length > 0) ?? [];
  const readings = new Set(
    likely.map(
      ({ code, quantity }) =>
        `${catalogue.find(code).join()} ${readMeasured(quantity)?.quantity ?? quantity}`,
    ),
  );
  if (readings.size === 1) return likely;
  const marked = likely.filter((one) => one.marked);
  return marked.length < likely.length && marked.length > 0 ? agreed(marked, catalogue) : [];
}

/**
 * Returns the code and the quantity to correct. A number that could be the code itself is never proposed as a quantity:
 * "4 6009" may have a typing error in either.
 */
function proposal(
  text: string,
  interpretations: readonly Interpretation[],
  catalogue: Catalogue,
): Pick<ReadRow, 'code' | 'quantity' | 'typed'> {
  const all = interpretations.filter(({ quantity }) => typeof readMeasured(quantity)?.quantity === 'number');
  const isCode = ({ quantity }: Interpretation): boolean =>
    catalogue.isExact(quantity) || catalogue.isExact(numberIn(quantity));
  const parts = all.filter((one) => isOwnNumber(one, text) && !isCode(one));
  const isSafe = ({ code, quantity, marked }: Interpretation): boolean =>
    readMeasured(code) === null && (marked || /\p{L}/u.test(code)) && quantity.replace(/\D/g, '').length < 5;
  const [best] = parts
    .filter(isSafe)
    .sort((a, b) => Number(b.marked) - Number(a.marked) || a.code.length - b.code.length);
  if (!best) {
    const numeric = parts.filter(({ code, marked }) => marked && /^\d{4,}$/.test(code)).at(0);
    if (numeric)
      return {
        code: numeric.code,
        quantity: Number(readMeasured(numeric.quantity)?.quantity),
        typed: numeric.quantity,
      };
    return { code: text, quantity: all.length > 0 || /(?<!\S)\d+(?!\S)/u.test(text) ? null : 1, typed: '' };
  }
  return { code: best.code, quantity: Number(readMeasured(best.quantity)?.quantity), typed: best.quantity };
}

const numberIn = (text: string): string => /\d(?:.*\d)?/u.exec(text)?.[0] ?? '';

/** Returns whether a quantity is no part of a measure ("30x62x16"), of a price or of a sum. */
function isOwnNumber({ code, quantity, marked }: Interpretation, text: string): boolean {
  const number = numberIn(quantity);
  const at = text.lastIndexOf(number);
  const [before, after] = [text.slice(0, at), text.slice(at + number.length)];
  if (/\d[.,/+-]$|\d\s?[x×*]\s?\d+\s?[x×*]\s?$|\s\d+[x×*]$/iu.test(before) || /^[.,/+-]\d/.test(after))
    return false;
  const hasUnit = (readMeasured(quantity)?.unit ?? null) !== null;
  if (/[.,]\d{2}$/.test(number) && !hasUnit) return false;
  if (/\d\s?[x×*]\s?\d.*=/iu.test(before)) return false;
  // "ABC 10 15 150" may be a quantity, a price and a sum.
  return marked || !/\s[\d.,]+$|^[\d.,]+\s/u.test(code);
}

const longestCourtesy = 200;
const courtesies = listed(phrases.courtesies).sort((a, b) => b.length - a.length);

/** Returns whether a line is what mails have besides codes: a greeting, a telephone number, an address. */
export function courtesyOf(given: string): boolean {
  const line = given.slice(0, longestCourtesy);
  const words = wordsOf(line);
  if (words === '' || /[^\s@]+@[^\s@]+\.\p{L}{2,}|https?:\/\/|\bwww\./u.test(line)) return true;
  if (
    /^\+?[\d\s()/.-]+$/u.test(line.trim()) &&
    line.replace(/\D/g, '').length > 8 &&
    /[\s/+-]/.test(line.trim())
  )
    return true;
  if (/^\d{1,2}[./-]\d{1,2}[./-]\d{2,4}\.?$/.test(line.trim())) return true;
  return courtesies.some((phrase) => words === phrase || words.startsWith(`${phrase} `));
}
