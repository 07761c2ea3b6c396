import { resolveAttributes } from '../attributes/rules.ts';
import { activeChoices, type Choice, type Filters } from '../rules.ts';
import { type Bits, erase, intersect, membersOf, subtract, wordsFor } from './bits.ts';
import type { Catalogue } from './catalogue.ts';
import { offerLength, priceAt } from './documents.ts';

/** What filters mean for this catalogue. */
export interface ResolvedFilters extends Filters {
  /** The index of the category; -1 if it is unknown; undefined without the filter. */
  categoryIndex: number | undefined;
  vendorIndexes: ReadonlySet<number>;
  /** The limits of prices in 1/10000, by the index of the currency; null: there is no such filter. */
  limits: ReadonlyMap<number, { low: number; high: number }> | null;
}

export function resolveFilters({ tables, documents }: Catalogue, filters: Filters): ResolvedFilters {
  const { category, vendors, prices, attributes } = filters;
  const known = attributes.flatMap(({ key }) => tables.valuesOf(key));
  return {
    ...filters,
    attributes: resolveAttributes(attributes, [...new Set(known)]),
    categoryIndex: category === undefined ? undefined : tables.categoryNamed(category),
    vendorIndexes: tables.vendorsNamed(vendors),
    limits:
      prices &&
      new Map(
        prices.map(({ currency, low, high }) => [
          documents.currencyOf(currency),
          { low: Math.ceil(unitsOf(low)), high: Math.floor(unitsOf(high)) },
        ]),
      ),
  };
}

/** Returns an amount in 1/10000 of its unit. Digits are moved, because a product of floats may lie beside a limit. */
function unitsOf(amount: string): number {
  const [whole = '0', decimals = ''] = amount.split('.');
  return Number(`${whole}${decimals.slice(0, 4).padEnd(4, '0')}.${decimals.slice(4) || '0'}`);
}

/** Finds the products of a set that pass filters. */
export class Filtering {
  readonly #catalogue: Catalogue;
  readonly #filters: ResolvedFilters;
  readonly #matches: Bits;
  readonly #passing = new Map<string, Bits>();

  constructor(catalogue: Catalogue, filters: ResolvedFilters, matches: Bits) {
    this.#catalogue = catalogue;
    this.#filters = filters;
    this.#matches = matches;
  }

  /** Returns the products that pass all filters but one. */
  passing(without?: Choice): Bits {
    const passing = this.#matches.slice();
    const asked = activeChoices(this.#filters).filter((choice) => choice !== without);
    for (const choice of asked) {
      if (choice !== 'vendors' && choice !== 'price') intersect(passing, this.#passingOne(choice));
    }
    if (asked.includes('vendors') || asked.includes('price')) {
      intersect(passing, this.#passingOffers(without));
    }
    return passing;
  }

  /** Returns whether the offer at an index in its array passes the filters on offers, but for one. */
  isOfferWanted(chunk: Int32Array, at: number, without?: Choice): boolean {
    const { vendorIndexes, vendors, inStock, limits } = this.#filters;
    if (vendors.length > 0 && without !== 'vendors' && !vendorIndexes.has(chunk[at] ?? -1)) return false;
    if (inStock && without !== 'inStock' && ((chunk[at + 1] ?? 0) & 1) === 0) return false;
    return limits === null || without === 'price' || this.isPriceWithin(chunk, at);
  }

  /** Returns whether the price of the offer at an index is within the limits, if there are any. */
  isPriceWithin(chunk: Int32Array, at: number): boolean {
    const { limits } = this.#filters;
    if (limits === null) return true;
    const limit = limits.get((chunk[at + 1] ?? 0) >>> 1);
    if (!limit) return false;
    const price = priceAt(chunk, at);
    return price >= 0 && price >= limit.low && price <= limit.high;
  }

  #passingOne(choice: Choice): Bits {
    const known = this.#passing.get(choice);
    if (known) return known;
    const found = this.#computed(choice);
    this.#passing.set(choice, found);
    return found;
  }

  #computed(choice: Choice): Bits {
    const { documents, byAttribute } = this.#catalogue;
    const { kind, attributes } = this.#filters;
    if (choice === 'inStock') return documents.inStock;
    if (choice === 'category') return this.#inCategory();
    if (choice === 'kind') {
      if (kind === 'service') return documents.services;
      const products = documents.live.slice();
      subtract(products, documents.services);
      return products;
    }
    const bits = new Uint32Array(wordsFor(documents.capacity));
    const index = Number(choice.replace('attribute_', ''));
    for (const id of attributes[index]?.ids ?? []) byAttribute.uniteInto(bits, id);
    return bits;
  }

  #inCategory(): Bits {
    const { documents, tables } = this.#catalogue;
    const chosen = this.#filters.categoryIndex ?? -1;
    const isBelow = Uint8Array.from({ length: tables.categoryCount }, (_, index) =>
      tables.lineageOf(index).includes(chosen) ? 1 : 0,
    );
    const found = this.#matches.slice();
    const { categories } = documents;
    for (let word = 0; word < found.length; word += 1) {
      let kept = found[word] ?? 0;
      for (let left = kept; left !== 0; left &= left - 1) {
        const bit = left & -left;
        const slot = (word << 5) + 31 - Math.clz32(bit);
        if (isBelow[categories[slot] ?? 0] !== 1) kept &= ~bit;
      }
      found[word] = kept;
    }
    return found;
  }

  /** Returns the products of which one offer passes all filters on offers but one. */
  #passingOffers(without?: Choice): Bits {
    const { documents, byVendor } = this.#catalogue;
    const { vendors, vendorIndexes, inStock, limits } = this.#filters;
    let found = this.#matches;
    const isByVendor = vendors.length > 0 && without !== 'vendors';
    if (isByVendor) {
      found = new Uint32Array(wordsFor(documents.capacity));
      for (const vendor of vendorIndexes) byVendor.uniteInto(found, vendor);
      intersect(found, this.#matches);
    }
    const isPriced = limits !== null && without !== 'price';
    if (!isPriced && !(isByVendor && inStock)) return found;
    const passing = found.slice();
    const { offers } = documents;
    for (const slot of membersOf(found)) {
      const chunk = offers.chunkOf(slot);
      let at = offers.fromOf(slot);
      const end = at + offers.lengthOf(slot);
      while (at < end && !this.isOfferWanted(chunk, at, without)) at += offerLength;
      if (at >= end) erase(passing, slot);
    }
    return passing;
  }
}
