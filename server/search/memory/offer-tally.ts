import type { Choice } from '../rules.ts';
import type { Facets } from '../schema.ts';
import type { Catalogue } from './catalogue.ts';
import { compareTexts } from './codes.ts';
import { amountOf, type Offers, unpriced } from './offers.ts';
import type { Filtering } from './filtering.ts';

/** What a walk counts: offers that pass all filters; without vendors, those of other vendors than the chosen ones. */
interface Walk {
  inStock?: boolean;
  vendors?: boolean;
  prices?: boolean;
  without?: Choice & ('vendors' | 'price');
}

/** Counts products by vendors and currencies of their offers. */
export class OfferTally {
  inStock = 0;
  /** By the index of the vendor. */
  readonly vendors: Int32Array;
  readonly #offers: Offers;
  readonly #filtering: Filtering;
  /** The last product that was counted, because each counts once. */
  readonly #lastOfVendor: Int32Array;
  /** By the index of the currency. */
  readonly #priced: Int32Array;
  readonly #lastPriced: Int32Array;
  readonly #lows: Float64Array;
  readonly #highs: Float64Array;

  constructor({ tables, documents }: Catalogue, filtering: Filtering) {
    this.#offers = documents.offers;
    this.#filtering = filtering;
    this.vendors = new Int32Array(tables.vendorCount);
    this.#lastOfVendor = new Int32Array(tables.vendorCount);
    const { length } = documents.offers.currencies;
    this.#priced = new Int32Array(length);
    this.#lastPriced = new Int32Array(length).fill(-1);
    this.#lows = new Float64Array(length).fill(Infinity);
    this.#highs = new Float64Array(length).fill(-Infinity);
  }

  walk(slots: Int32Array, { inStock = false, vendors = false, prices = false, without }: Walk): void {
    const [filtering, last, counts] = [this.#filtering, this.#lastOfVendor, this.vendors];
    const { firsts, nexts, vendors: vendorsOfRows, terms } = this.#offers;
    last.fill(-1);
    for (let index = 0; index < slots.length; index += 1) {
      const slot = slots[index] ?? 0;
      let isInStock = false;
      for (let row = firsts[slot] ?? -1; row >= 0; row = nexts[row] ?? -1) {
        if (!filtering.isOfferWanted(row, without)) continue;
        if (without === 'vendors' && filtering.isOfChosen(row)) continue;
        isInStock ||= ((terms[row] ?? 0) & 1) === 1;
        const vendor = vendorsOfRows[row] ?? 0;
        if (vendors && last[vendor] !== slot) {
          last[vendor] = slot;
          counts[vendor] = (counts[vendor] ?? 0) + 1;
        }
        if (prices) this.#countPrice(slot, row);
      }
      if (inStock && isInStock) this.inStock += 1;
    }
  }

  currencies(): Facets['currencies'] {
    return this.#offers.currencies
      .map((currency, index) => ({
        currency,
        count: this.#priced[index] ?? 0,
        min: amountOf(this.#lows[index] ?? 0),
        max: amountOf(this.#highs[index] ?? 0),
      }))
      .filter(({ count }) => count > 0)
      .toSorted((a, b) => b.count - a.count || compareTexts(a.currency, b.currency));
  }

  #countPrice(slot: number, row: number): void {
    const price = this.#offers.prices[row] ?? unpriced;
    if (price < 0) return;
    const currency = (this.#offers.terms[row] ?? 0) >>> 1;
    if (price < (this.#lows[currency] ?? 0)) this.#lows[currency] = price;
    if (price > (this.#highs[currency] ?? 0)) this.#highs[currency] = price;
    if (this.#lastPriced[currency] === slot || !this.#filtering.isPriceWithin(row)) return;
    this.#lastPriced[currency] = slot;
    this.#priced[currency] = (this.#priced[currency] ?? 0) + 1;
  }
}
