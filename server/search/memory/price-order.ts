import { hasOfferFilter, type ParsedSearch } from '../rules.ts';
import { type Bits, membersOf } from './bits.ts';
import type { Catalogue } from './catalogue.ts';
import type { Filtering } from './filtering.ts';
import { unpriced } from './offers.ts';
import { smallestKeys } from './smallest.ts';

/** Returns the slots of a page of products, by name or price. */
export function pageInOrder(
  catalogue: Catalogue,
  filtering: Filtering,
  { sort, page, perPage, filters }: ParsedSearch,
  products: Bits,
): number[] {
  const offset = (page - 1) * perPage;
  if (sort !== 'price_asc' && sort !== 'price_desc') return catalogue.byName.page(products, offset, perPage);
  if (hasOfferFilter(filters)) return pageByLowest(catalogue, filtering, { sort, offset, perPage }, products);
  return (sort === 'price_asc' ? catalogue.byPrice : catalogue.byPriceDown).page(products, offset, perPage);
}

/**
 * Sorts by the lowest price of the offers that pass the filters, in euro: the order is the same in every currency. Prices
 * without a rate come last.
 */
function pageByLowest(
  catalogue: Catalogue,
  filtering: Filtering,
  { sort, offset, perPage }: { sort: 'price_asc' | 'price_desc'; offset: number; perPage: number },
  products: Bits,
): number[] {
  const { ids } = catalogue.documents;
  const slots = membersOf(products);
  if (offset >= slots.length) return [];
  const keys = lowestPrices(catalogue, filtering, slots);
  if (sort === 'price_desc') {
    for (let at = 0; at < keys.length; at += 1) if (keys[at] !== Infinity) keys[at] = -(keys[at] ?? 0);
  }
  const end = Math.min(offset + perPage, slots.length);
  const sorted = smallestKeys(keys.slice(), end);
  const [least, most] = [sorted[offset] ?? 0, sorted[end - 1] ?? 0];
  // Only what is on the page, and what costs as much as its first and last product, is sorted with its product.
  const near: number[] = [];
  for (let at = 0; at < keys.length; at += 1) {
    if ((keys[at] ?? 0) >= least && (keys[at] ?? 0) <= most) near.push(at);
  }
  const before = firstAt(sorted, least);
  return near
    .toSorted(
      (a, b) =>
        difference(keys[a] ?? 0, keys[b] ?? 0) || (ids[slots[a] ?? 0] ?? 0) - (ids[slots[b] ?? 0] ?? 0),
    )
    .slice(offset - before, end - before)
    .map((at) => slots[at] ?? 0);
}

const difference = (a: number, b: number): number => (a < b ? -1 : a > b ? 1 : 0);

function firstAt(sorted: Float64Array, key: number): number {
  let [from, to] = [0, sorted.length];
  while (from < to) {
    const middle = (from + to) >>> 1;
    if ((sorted[middle] ?? 0) < key) from = middle + 1;
    else to = middle;
  }
  return from;
}

function lowestPrices(
  { documents, tables }: Catalogue,
  filtering: Filtering,
  slots: Int32Array,
): Float64Array<ArrayBuffer> {
  const { firsts, nexts, prices, terms, currencies } = documents.offers;
  const rates = currencies.map((currency) => (currency === 'EUR' ? 1 : tables.rates.get(currency)));
  const lowest = new Float64Array(slots.length).fill(Infinity);
  for (let index = 0; index < slots.length; index += 1) {
    for (let row = firsts[slots[index] ?? 0] ?? -1; row >= 0; row = nexts[row] ?? -1) {
      const rate = rates[(terms[row] ?? 0) >>> 1];
      const price = prices[row] ?? unpriced;
      if (rate === undefined || price < 0 || !filtering.isOfferWanted(row)) continue;
      lowest[index] = Math.min(lowest[index] ?? Infinity, price / rate);
    }
  }
  return lowest;
}
