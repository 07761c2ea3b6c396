import { writeAmount } from '#server/common/amounts.ts';
import { format, type Money, parse } from '#server/common/money.ts';
import { convertPrice } from '#server/common/prices.ts';
import { priceIn } from './price.ts';
import type { AskedLines, Values } from './values.ts';

/** A change of the answer's currency: no number stays as it was without a mark. */

export const ratesOf = ({ exchangeRates }: Pick<AskedLines, 'exchangeRates'>): ReadonlyMap<string, string> =>
  new Map(Object.entries(exchangeRates?.rates ?? {}));

/** Converts a unit price to a decimal string; null if a rate is missing. */
export function convertTo(price: Money, currency: string, rates: ReadonlyMap<string, string>): string | null {
  const converted = convertPrice(parse(price.amount), price.currency, currency, rates);
  return converted === null ? null : format(converted, currency);
}

/** The mark of a number that was typed on a page without scripts before or after the currency changed. */
export const unsure = '?';

/**
 * Brings the prices into the currency that was chosen. A price that the page had printed is converted, or cleared where
 * there is no rate, and keeps a mark of what it was. What a person typed on a page that couldn't follow the change
 * (`typed: 'keep'`) stays, marked as unsure; the page's script converts it, too. The same values if nothing changed.
 */
export function settleCurrency(
  values: Values,
  enquiry: AskedLines,
  mark: string,
  typed: 'keep' | 'convert',
): Values {
  const { currency = '', pricedIn = currency } = values;
  const settled: Values = { ...values, pricedIn: currency };
  for (const [index, { listPrice }] of enquiry.lines.entries()) {
    const name = (part: string) => `lines.${index}.${part}`;
    const text = (values[name('unitPrice')] ?? '').trim();
    const isTyped = text !== (values[name('shown')] ?? '').trim();
    // A number that somebody has changed is theirs.
    if (isTyped && pricedIn === currency) settled[name('was')] = '';
    if (pricedIn === currency || text === '') continue;
    const [wasCurrency = '', wasAmount = ''] = (values[name('was')] ?? '').split(' ');
    if (isTyped && typed === 'keep') {
      settled[name('was')] = `${unsure} ${pricedIn}`;
    } else if (!isTyped && wasCurrency === currency) {
      Object.assign(settled, { [name('unitPrice')]: writeAmount(wasAmount, mark), [name('was')]: '' });
    } else {
      const price = priceIn(values, index, { currency: pricedIn, listPrice });
      if (price.kind !== 'amount') continue;
      const former =
        isTyped || wasCurrency === '' || wasCurrency === unsure
          ? { amount: price.amount, currency: pricedIn }
          : { amount: wasAmount, currency: wasCurrency };
      const converted = convertTo(former, currency, ratesOf(enquiry));
      settled[name('unitPrice')] = converted === null ? '' : writeAmount(converted, mark);
      settled[name('was')] = `${former.currency} ${format(parse(former.amount), former.currency)}`;
    }
    settled[name('shown')] = settled[name('unitPrice')] ?? '';
    settled[name('reading')] = '';
  }
  return settled;
}
