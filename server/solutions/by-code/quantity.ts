import { maxQuantity } from '../rules.ts';

/** Why a quantity is refused. `quantity_unclear`: "1.000" is one or a thousand, depending on the country. */
export type QuantityReason =
  | 'quantity_not_a_number'
  | 'quantity_not_positive'
  | 'quantity_not_whole'
  | 'quantity_unclear'
  | 'quantity_too_large';

/** A whole number from 1 to `maxQuantity`, or the reason of refusal. */
export type Quantity = number | QuantityReason;

/** Regular expression of a number as people type it: sign, digits, points, commas, apostrophes. */
export const numberForm = "[+\\-−]?\\d[\\d.,'’]*";

/** Regular expression of unit words beside a number of pieces. */
export const pieceWords = 'x|×|pcs?|pieces?|kom(?:ada?)?|ks|szt|stk|шт|m';

const pieces = new RegExp(`(?<=\\d)\\s*(?:${pieceWords})\\.?$`, 'iu');
const spaces = /[\s\u00a0\u202f]/g;
const grouped = /^\d{1,3}(?:([.,'’ ])\d{3})(?:\1\d{3})+$/;
const groupedWithDecimals = /^(\d{1,3}(?:([.,])\d{3})+)(?!\2)[.,](\d+)$/;

/** Reads a quantity. An empty one means 1. */
export function readQuantity(given: unknown): Quantity {
  if (given === undefined || given === null) return 1;
  if (typeof given === 'number') return checkQuantity(Number.isFinite(given) ? given : NaN);
  if (typeof given !== 'string') return 'quantity_not_a_number';
  const text = given.trim().replace(spaces, ' ').replace('−', '-').replace(/^\+/, '').replace(pieces, '');
  return text === '' ? 1 : readText(text);
}

function readText(text: string): Quantity {
  if (text.startsWith('-'))
    return typeof readText(text.slice(1)) === 'number' ? 'quantity_not_positive' : 'quantity_not_a_number';
  if (/^\d+$/.test(text)) return checkQuantity(Number(text));
  if (/^\d{1,3}(?:[ '’]\d{3})+$/.test(text) || grouped.test(text))
    return checkQuantity(Number(text.replace(/\D/g, '')));
  const mixed = groupedWithDecimals.exec(text);
  if (mixed) return withDecimals(mixed[1] ?? '', mixed[3] ?? '');
  if (/^[1-9]\d{0,2}[.,]\d{3}$/.test(text)) return 'quantity_unclear';
  const decimal = /^(\d+)[.,](\d+)$/.exec(text);
  if (decimal) return withDecimals(decimal[1] ?? '', decimal[2] ?? '');
  return 'quantity_not_a_number';
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
