import { grownLength } from './pool.ts';
import type { IndexedOffer } from './port.ts';

const firstLength = 1_024;
const perUnit = 10_000;
/** Instead of a price: on request. */
export const unpriced = -1;
const none = -1;

/**
 * The offers of products, a row for each. Read those of a product as
 * `for (let row = firsts[slot]; row >= 0; row = nexts[row])`.
 */
export class Offers {
  readonly currencies: string[] = [];
  /** By slot. */
  firsts = new Int32Array(0);
  /** Of each row the next one of the same product. */
  nexts = new Int32Array(firstLength);
  /** Indexes of vendors. */
  vendors = new Int32Array(firstLength);
  /** In 1/10000 of a unit. */
  prices = new Float64Array(firstLength);
  /** Twice the index of the currency, and 1 if it is in stock. */
  terms = new Uint16Array(firstLength);
  #rows = 0;
  /** The first of the rows that were left. */
  #left = none;

  /** Replaces the offers of a product. */
  set(slot: number, offers: readonly IndexedOffer[], vendorOf: (id: number) => number): void {
    for (let row = this.firsts[slot] ?? none; row >= 0;) {
      const next = this.nexts[row] ?? none;
      this.nexts[row] = this.#left;
      this.#left = row;
      row = next;
    }
    this.firsts[slot] = none;
    let before = none;
    for (const { vendorId, price, currency, stock } of offers) {
      const row = this.#take();
      this.vendors[row] = vendorOf(vendorId);
      this.prices[row] = price === null ? unpriced : unitsOf(price);
      this.terms[row] = 2 * this.currencyOf(currency) + (stock !== null && stock > 0 ? 1 : 0);
      if (before === none) this.firsts[slot] = row;
      else this.nexts[before] = row;
      before = row;
    }
  }

  /** Returns the indexes of a product's vendors. */
  vendorsOf(slot: number): Set<number> {
    const found = new Set<number>();
    for (let row = this.firsts[slot] ?? none; row >= 0; row = this.nexts[row] ?? none) {
      found.add(this.vendors[row] ?? 0);
    }
    return found;
  }

  currencyOf(currency: string): number {
    const known = this.currencies.indexOf(currency);
    return known >= 0 ? known : this.currencies.push(currency) - 1;
  }

  /** Makes room for more products. */
  widen(capacity: number): void {
    const wide = new Int32Array(capacity).fill(none);
    wide.set(this.firsts);
    this.firsts = wide;
  }

  get bytes(): number {
    const arrays = [this.firsts, this.nexts, this.vendors, this.prices, this.terms];
    return arrays.reduce((sum, { byteLength }) => sum + byteLength, 0);
  }

  /** Returns a row that is the last of its product. */
  #take(): number {
    let row = this.#left;
    if (row >= 0) this.#left = this.nexts[row] ?? none;
    else {
      if (this.#rows >= this.nexts.length) this.#lengthen();
      row = this.#rows;
      this.#rows += 1;
    }
    this.nexts[row] = none;
    return row;
  }

  #lengthen(): void {
    const length = grownLength(this.nexts.length);
    const copied = <A extends Float64Array | Int32Array | Uint16Array>(long: A, former: A): A => {
      long.set(former);
      return long;
    };
    this.nexts = copied(new Int32Array(length), this.nexts);
    this.vendors = copied(new Int32Array(length), this.vendors);
    this.prices = copied(new Float64Array(length), this.prices);
    this.terms = copied(new Uint16Array(length), this.terms);
  }
}

/** Returns an amount in 1/10000 of its unit, by rounding further decimals. */
const unitsOf = (amount: string): number => Math.round(Number(amount) * perUnit);

export const amountOf = (units: number): string => (units / perUnit).toFixed(4);
