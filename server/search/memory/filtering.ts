import { resolveAttributes } from '../attributes/rules.ts';
import { activeChoices, type Choice, type Filters } from '../rules.ts';
import { type Bits, intersect, keep, subtract } from './bits.ts';
import type { Catalogue } from './catalogue.ts';
import { type Offers, unpriced } from './offers.ts';

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
          documents.offers.currencyOf(currency),
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
  readonly #offers: Offers;
  readonly #filters: ResolvedFilters;
  readonly #matches: Bits;
  readonly #passing = new Map<string, Bits>();
  readonly #isOfVendors: boolean;
  readonly #isInStock: boolean;
  readonly #isPriced: boolean;
  /** By the index of the vendor. */
  readonly #isChosen: Uint8Array;
  /** By the index of the currency. */
  readonly #lows: Float64Array;
  readonly #highs: Float64Array;

  constructor(catalogue: Catalogue, filters: ResolvedFilters, matches: Bits) {
    this.#catalogue = catalogue;
    this.#offers = catalogue.documents.offers;
    this.#filters = filters;
    this.#matches = matches;
    const { vendors, vendorIndexes, inStock, limits } = filters;
    this.#isOfVendors = vendors.length > 0;
    this.#isInStock = inStock;
    this.#isPriced = limits !== null;
    this.#isChosen = new Uint8Array(catalogue.tables.vendorCount);
    for (const vendor of vendorIndexes) this.#isChosen[vendor] = 1;
    const { length } = catalogue.documents.offers.currencies;
    this.#lows = new Float64Array(length).fill(Infinity);
    this.#highs = new Float64Array(length);
    for (const [currency, { low, high }] of limits ?? []) {
      // Those without a price are stored below zero.
      this.#lows[currency] = Math.max(low, 0);
      this.#highs[currency] = high;
    }
  }

  /** Returns the products that pass all filters but one. */
  passing(without?: Choice): Bits {
    const passing = this.#catalogue.scratch.copyOf(this.#matches);
    const asked = activeChoices(this.#filters).filter((choice) => choice !== without);
    for (const choice of asked) {
      if (choice !== 'vendors' && choice !== 'price') intersect(passing, this.#passingOne(choice));
    }
    if (asked.includes('vendors') || asked.includes('price')) {
      intersect(passing, this.#passingOffers(without));
    }
    return passing;
  }

  /** Returns whether the offer of a row passes the filters on offers, but for one. */
  isOfferWanted(row: number, without?: Choice): boolean {
    if (this.#isOfVendors && without !== 'vendors' && !this.isOfChosen(row)) return false;
    if (this.#isInStock && without !== 'inStock' && ((this.#offers.terms[row] ?? 0) & 1) === 0) return false;
    return without === 'price' || this.isPriceWithin(row);
  }

  /** Returns whether the offer of a row is of a chosen vendor. */
  isOfChosen(row: number): boolean {
    return this.#isChosen[this.#offers.vendors[row] ?? 0] === 1;
  }

  /** Returns whether the price of the offer of a row is within the limits, if there are any. */
  isPriceWithin(row: number): boolean {
    if (!this.#isPriced) return true;
    const currency = (this.#offers.terms[row] ?? 0) >>> 1;
    const price = this.#offers.prices[row] ?? unpriced;
    return price >= (this.#lows[currency] ?? Infinity) && price <= (this.#highs[currency] ?? -1);
  }

  #passingOne(choice: Choice): Bits {
    const known = this.#passing.get(choice);
    if (known) return known;
    const found = this.#computed(choice);
    this.#passing.set(choice, found);
    return found;
  }

  #computed(choice: Choice): Bits {
    const { documents, byAttribute, scratch } = this.#catalogue;
    const { kind, attributes } = this.#filters;
    if (choice === 'inStock') return documents.inStock;
    if (choice === 'category') return this.#inCategory();
    if (choice === 'kind') {
      if (kind === 'service') return documents.services;
      const products = scratch.copyOf(documents.live);
      subtract(products, documents.services);
      return products;
    }
    const bits = scratch.empty();
    const index = Number(choice.replace('attribute_', ''));
    for (const id of attributes[index]?.ids ?? []) byAttribute.uniteInto(bits, id);
    return bits;
  }

  #inCategory(): Bits {
    const { documents, tables, scratch } = this.#catalogue;
    const chosen = this.#filters.categoryIndex ?? -1;
    const isBelow = Uint8Array.from({ length: tables.categoryCount }, (_, index) =>
      tables.lineageOf(index).includes(chosen) ? 1 : 0,
    );
    const found = scratch.copyOf(this.#matches);
    const { categories } = documents;
    keep(found, (slot) => isBelow[categories[slot] ?? 0] === 1);
    return found;
  }

  /** Returns the products of which one offer passes all filters on offers but one. */
  #passingOffers(without?: Choice): Bits {
    const { byVendor, scratch } = this.#catalogue;
    const { vendors, vendorIndexes, inStock, limits } = this.#filters;
    let found = this.#matches;
    const isByVendor = vendors.length > 0 && without !== 'vendors';
    if (isByVendor) {
      found = scratch.empty();
      for (const vendor of vendorIndexes) byVendor.uniteInto(found, vendor);
      intersect(found, this.#matches);
    }
    const isPriced = limits !== null && without !== 'price';
    if (!isPriced && !(isByVendor && inStock)) return found;
    const passing = scratch.copyOf(found);
    const { firsts, nexts } = this.#offers;
    keep(passing, (slot) => {
      let row = firsts[slot] ?? -1;
      while (row >= 0 && !this.isOfferWanted(row, without)) row = nexts[row] ?? -1;
      return row >= 0;
    });
    return passing;
  }
}
