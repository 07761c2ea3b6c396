import { decimalMark } from '#lib/answer/amounts.ts';
import { ApiError, wrongField } from '#lib/api/problem.ts';
import { readAmount, writeAmount } from '#server/common/amounts.ts';

// Only the server reads amounts: their reader is no part of the page's scripts.

/** Returns typed credit as the service wants it; it refuses what can't be read, and what names a currency. */
export function creditOf(typed: string): string {
  const read = readAmount(typed);
  return read.kind === 'amount' && !read.currencies ? read.amount : typed;
}

/**
 * Returns typed money as the service wants it, which refuses what can't be read. Throws `other_currency`, and
 * `amount_ambiguous` for what has two readings: money is never counted by a guess.
 */
export function moneyOf(typed: string, currency: string): string {
  const read = readAmount(typed);
  if (read.kind === 'unreadable') return typed;
  if (read.currencies && !read.currencies.includes(currency))
    throw new ApiError(wrongField('amount.currency', 'other_currency'));
  if (read.kind === 'choice') throw new ApiError(wrongField('amount.amount', 'amount_ambiguous'));
  return read.amount;
}

/** Returns both readings of an ambiguous amount, each as it has one reading only. */
export function readingsOf(typed: string, tag: string): { whole: string; decimal: string } {
  const read = readAmount(typed);
  const [decimal, whole] = read.kind === 'choice' ? read.readings : [typed, typed];
  const [units = '', fraction = ''] = decimal.split('.');
  return { whole, decimal: writeAmount(`${units}.${fraction.padEnd(2, '0')}`, decimalMark(tag)) };
}
