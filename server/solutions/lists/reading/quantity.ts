import { maxQuantity } from '../../rules.ts';
import { quantityMarks } from '../words/phrases.ts';
import { unitWords } from '../words/units.ts';
import { type NumberStyle, unknownStyle } from './numberStyle.ts';
import { clean, listed, plain, wordsOf } from './text.ts';

/** Why a quantity is refused. `quantity_unclear`: "1.000" is one or a thousand, depending on the country. */
export type QuantityReason =
  | 'quantity_not_a_number'
  | 'quantity_not_positive'
  | 'quantity_not_whole'
  | 'quantity_unclear'
  | 'quantity_too_large';

/** A whole number from 1 to `maxQuantity`, or the reason of refusal. */
export type Quantity = number | QuantityReason;

/** A quantity as written, with its unit as in `unitWords`, if it has one. */
export interface Measured {
  quantity: Quantity;
  unit: string | null;
}

const unitByWord = new Map(
  Object.entries(unitWords).flatMap(([unit, words]) => listed(words).map((word) => [word, unit] as const)),
);
const marks = new Set(listed(quantityMarks));

/** Returns the unit of a word such as "Stk." or "ком"; null if it isn't one. */
export const unitOf = (word: string): string | null => unitByWord.get(wordsOf(word)) ?? null;

const longest = 60;

const numberFirst = /^([+-]?\d(?:[\d.,'’ ]*\d)?)\s*(?:[.,]-)?(.*)$/u;
const numberLast = /^(\D+?)\s*[:=]?\s*(\d(?:[\d.,'’ ]*\d)?)$/u;

/** Reads "10", "10 St.", "2,5 m", "qty 4", "(7)", "x 5"; "1.000" only as `style` is certain. Null if it isn't a number, perhaps with a unit. */
export function readMeasured(text: string, style: NumberStyle = unknownStyle): Measured | null {
  if (text.length > longest || !/\p{Nd}/u.test(text)) return null;
  const shown = plain(clean(text))
    .replace(/^[([](.*)[)\]]$/u, '$1')
    .trim();
  const [, number = '', after = ''] = numberFirst.exec(shown) ?? [];
  if (number !== '') {
    const unit = wordsOf(after) === '' && !/[/-]/.test(after) ? null : unitOf(after);
    if (unit === null && after.trim().replace(/^[.,]$/, '') !== '') return null;
    return { quantity: readNumber(number, style), unit };
  }
  const [, before = '', last = ''] = numberLast.exec(shown) ?? [];
  if (last === '') return null;
  const unit = unitOf(before);
  if (unit === null && !marks.has(wordsOf(before)))
    return /^[×*]$/u.test(before.trim()) ? { quantity: readNumber(last, style), unit } : null;
  return { quantity: readNumber(last, style), unit };
}

/** Reads a quantity given by itself. An empty one means 1. */
export function readQuantity(given: unknown): Quantity {
  if (given === undefined || given === null) return 1;
  if (typeof given === 'number') return checkQuantity(Number.isFinite(given) ? given : NaN);
  if (typeof given !== 'string') return 'quantity_not_a_number';
  if (clean(given) === '') return 1;
  return readMeasured(given)?.quantity ?? 'quantity_not_a_number';
}

/** Reads a quantity as `readQuantity`, with the unit it is written in. */
export function readGiven(given: unknown): Measured {
  const unit = typeof given === 'string' ? (readMeasured(given)?.unit ?? null) : null;
  return { quantity: readQuantity(given), unit };
}

const grouped = /^\d{1,3}(?:([.,'’ ])\d{3})(?:\1\d{3})+$/;
const groupedWithDecimals = /^(\d{1,3}(?:([.,])\d{3})+)(?!\2)[.,](\d+)$/;

/** Reads a number as people type it: points, commas, blanks and apostrophes in any country's use. */
function readNumber(typed: string, style: NumberStyle): Quantity {
  const text = typed.replace(/^\+/, '');
  if (text.startsWith('-'))
    return typeof readNumber(text.slice(1), style) === 'number'
      ? 'quantity_not_positive'
      : 'quantity_not_a_number';
  if (/^\d+$/.test(text)) return checkQuantity(Number(text));
  if (/^\d{1,3}(?:[ '’]\d{3})+$/.test(text) || grouped.test(text))
    return checkQuantity(Number(text.replace(/\D/g, '')));
  const mixed = groupedWithDecimals.exec(text);
  if (mixed) return withDecimals(mixed[1] ?? '', mixed[3] ?? '');
  const open = /^([1-9]\d{0,2})([.,])(\d{3})$/.exec(text);
  if (open) return byStyle(open[1] ?? '', open[2] ?? '', open[3] ?? '', style);
  const decimal = /^(\d+)[.,](\d+)$/.exec(text);
  if (decimal) return withDecimals(decimal[1] ?? '', decimal[2] ?? '');
  return 'quantity_not_a_number';
}

function byStyle(whole: string, mark: string, rest: string, { groups, decimal }: NumberStyle): Quantity {
  if (mark === groups) return checkQuantity(Number(whole + rest));
  return mark === decimal ? withDecimals(whole, rest) : 'quantity_unclear';
}

function withDecimals(whole: string, decimals: string): Quantity {
  return /^0+$/.test(decimals) ? checkQuantity(Number(whole.replace(/\D/g, ''))) : 'quantity_not_whole';
}

function checkQuantity(value: number): Quantity {
  if (Number.isNaN(value)) return 'quantity_not_a_number';
  if (value <= 0) return 'quantity_not_positive';
  if (!Number.isInteger(value)) return 'quantity_not_whole';
  return value > maxQuantity ? 'quantity_too_large' : value;
}
