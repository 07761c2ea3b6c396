import { maxQuantity } from '../rules.ts';

/** Why a quantity can't be taken. `quantity_unclear`: "1.000" is one here and a thousand there. */
export type QuantityReason =
  | 'quantity_not_a_number'
  | 'quantity_not_positive'
  | 'quantity_not_whole'
  | 'quantity_unclear'
  | 'quantity_too_large';

/** A whole number from 1 to `maxQuantity`, or why not. */
export type Quantity = number | QuantityReason;

/** A number as people type it: sign, digits, points, commas, apostrophes. */
export const numberForm = "[+\\-−]?\\d[\\d.,'’]*";

/** What may stand beside a number that counts pieces; a part of a regular expression. */
export const pieceWords = 'x|×|pcs?|pieces?|kom(?:ada?)?|ks|szt|stk|шт|m';

const pieces = new RegExp(`(?<=\\d)\\s*(?:${pieceWords})\\.?$`, 'iu');
const spaces = /[\s\u00a0\u202f]/g;
const grouped = /^\d{1,3}(?:([.,'’ ])\d{3})(?:\1\d{3})+$/;
const groupedWithDecimals = /^(\d{1,3}(?:([.,])\d{3})+)(?!\2)[.,](\d+)$/;

/** Reads what stands where a quantity should; nothing there means 1. */
export function readQuantity(given: unknown): Quantity {
  if (given === undefined || given === null) return 1;
  if (typeof given === 'number') return judge(Number.isFinite(given) ? given : NaN);
  if (typeof given !== 'string') return 'quantity_not_a_number';
  const text = given.trim().replace(spaces, ' ').replace('−', '-').replace(/^\+/, '').replace(pieces, '');
  return text === '' ? 1 : readText(text);
}

function readText(text: string): Quantity {
  if (text.startsWith('-'))
    return typeof readText(text.slice(1)) === 'number' ? 'quantity_not_positive' : 'quantity_not_a_number';
  if (/^\d+$/.test(text)) return judge(Number(text));
  if (/^\d{1,3}(?:[ '’]\d{3})+$/.test(text) || grouped.test(text))
    return judge(Number(text.replace(/\D/g, '')));
  const mixed = groupedWithDecimals.exec(text);
  if (mixed) return withDecimals(mixed[1] ?? '', mixed[3] ?? '');
  if (/^[1-9]\d{0,2}[.,]\d{3}$/.test(text)) return 'quantity_unclear';
  const decimal = /^(\d+)[.,](\d+)$/.exec(text);
  if (decimal) return withDecimals(decimal[1] ?? '', decimal[2] ?? '');
  return 'quantity_not_a_number';
}

function withDecimals(whole: string, decimals: string): Quantity {
  return /^0+$/.test(decimals) ? judge(Number(whole.replace(/\D/g, ''))) : 'quantity_not_whole';
}

function judge(value: number): Quantity {
  if (Number.isNaN(value)) return 'quantity_not_a_number';
  if (value <= 0) return 'quantity_not_positive';
  if (!Number.isInteger(value)) return 'quantity_not_whole';
  return value > maxQuantity ? 'quantity_too_large' : value;
}
