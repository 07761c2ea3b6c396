import type { Parameters } from '#server/common/words.ts';
import { unsure } from './currency.ts';
import type { Sum, Values } from './values.ts';

/** The words beside a price, on the page and in its script. */
type Writer = {
  find(key: string, parameters?: Parameters): string | undefined;
  number(value: number): string;
  change(share: number): string;
};

/** Returns how a price differs from the list price; empty where it doesn't or can't be compared. */
export function differenceWords({ find, number, change }: Writer, { unitPrice, times, isFar }: Sum): string {
  if (unitPrice === 0n) return find('answer.priceZero') ?? '';
  if (times === null || times === 1) return '';
  if (!isFar) return change(times - 1);
  if (times < 2) return find('answer.priceShare', { share: change(times - 1) }) ?? '';
  const rounded = times >= 10 ? Math.round(times) : Math.round(times * 10) / 10;
  return find('answer.priceTimes', { times: number(rounded) }) ?? '';
}

/** Returns what a price was before the currency changed; empty if it has no such mark. `day`: of the rates. */
export function wasWords({ find }: Writer, values: Values, index: number, day: string): string {
  const was = values[`lines.${index}.was`] ?? '';
  const [currency = '', amount = ''] = was.split(' ');
  if (was === '') return '';
  if (currency === unsure) return find('answer.wasTyped', { currency: amount }) ?? '';
  if ((values[`lines.${index}.unitPrice`] ?? '') === '')
    return find('answer.wasCleared', { price: was }) ?? '';
  return find('answer.wasPrice', { price: was, day }) ?? '';
}
