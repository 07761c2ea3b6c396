import { type Bits, widened } from './bits.ts';
import { Lists } from './pool.ts';
import type { IndexedOffer } from './port.ts';
import { decodeWords, type ProductWords } from './record.ts';
import { Texts } from './texts.ts';

/** What is read of each product, by its slot, in typed arrays. */

const firstCapacity = 1_024;
const decoder = new TextDecoder();
const encoder = new TextEncoder();

/** An offer takes four numbers: vendor, currency and stock, and the price in 1/10000 of its unit in two parts. */
export const offerLength = 4;
const unpriced = -1;
const highPart = 2 ** 32;
const perUnit = 10_000;

export class Documents {
  /** Words of products, and codes. */
  readonly texts = new Texts();
  readonly tagTexts = new Texts();
  readonly currencies: string[] = [];
  readonly words = new Lists((length) => new Uint8Array(length));
  /** Name and code as they are shown, with a NUL between. */
  readonly shown = new Lists((length) => new Uint8Array(length));
  readonly codes = new Lists((length) => new Int32Array(length));
  readonly tags = new Lists((length) => new Int32Array(length));
  readonly attributes = new Lists((length) => new Int32Array(length));
  readonly offers = new Lists((length) => new Int32Array(length));
  ids = new Float64Array(firstCapacity);
  /** Indexes of categories. */
  categories = new Int32Array(firstCapacity);
  /** In code points. */
  nameLengths = new Int32Array(firstCapacity);
  /** Infinity: none. */
  sortPrices = new Float64Array(firstCapacity);
  live: Bits = new Uint32Array(firstCapacity / 32);
  services: Bits = new Uint32Array(firstCapacity / 32);
  inStock: Bits = new Uint32Array(firstCapacity / 32);
  capacity = firstCapacity;

  /** Makes room for more products: for half as many again at first, later for an eighth. */
  widen(): number {
    const more = this.capacity < 100_000 ? this.capacity / 2 : this.capacity / 8;
    this.capacity = Math.ceil((this.capacity + more) / 32) * 32;
    const { capacity } = this;
    const longer = <A extends Float64Array | Int32Array>(wide: A, former: A): A => {
      wide.set(former);
      return wide;
    };
    this.ids = longer(new Float64Array(capacity), this.ids);
    this.categories = longer(new Int32Array(capacity), this.categories);
    this.nameLengths = longer(new Int32Array(capacity), this.nameLengths);
    this.sortPrices = longer(new Float64Array(capacity), this.sortPrices);
    this.live = widened(this.live, capacity);
    this.services = widened(this.services, capacity);
    this.inStock = widened(this.inStock, capacity);
    return capacity;
  }

  /** Returns a product's words; without `others` only those of its name. */
  wordsOf(slot: number, others = true): ProductWords {
    return decodeWords(this.words.chunkOf(slot), this.words.fromOf(slot), this.words.lengthOf(slot), others);
  }

  nameFoldedOf(slot: number): string {
    const { inName } = this.wordsOf(slot, false);
    return inName.map((word) => this.texts.textOf(word)).join(' ');
  }

  setShown(slot: number, name: string, code: string): void {
    this.shown.set(slot, encoder.encode(`${name}\u0000${code}`));
  }

  shownOf(slot: number): { name: string; code: string } {
    const from = this.shown.fromOf(slot);
    const text = decoder.decode(this.shown.chunkOf(slot).subarray(from, from + this.shown.lengthOf(slot)));
    const [name = '', code = ''] = text.split('\u0000');
    return { name, code };
  }

  codeOf(slot: number): string {
    const chunk = this.shown.chunkOf(slot);
    const from = this.shown.fromOf(slot);
    const end = from + this.shown.lengthOf(slot);
    return decoder.decode(chunk.subarray(chunk.lastIndexOf(0, end - 1) + 1, end));
  }

  setOffers(slot: number, offers: readonly IndexedOffer[], vendorOf: (id: number) => number): void {
    const numbers = new Int32Array(offerLength * offers.length);
    for (const [index, { vendorId, price, currency, stock }] of offers.entries()) {
      const units = price === null ? null : unitsOf(price);
      numbers.set(
        [
          vendorOf(vendorId),
          2 * this.currencyOf(currency) + (stock !== null && stock > 0 ? 1 : 0),
          units === null ? unpriced : Math.floor(units / highPart),
          units === null ? 0 : units | 0,
        ],
        offerLength * index,
      );
    }
    this.offers.set(slot, numbers);
  }

  currencyOf(currency: string): number {
    const known = this.currencies.indexOf(currency);
    return known >= 0 ? known : this.currencies.push(currency) - 1;
  }

  listOf(lists: Lists<Int32Array>, slot: number): Int32Array {
    const from = lists.fromOf(slot);
    return lists.chunkOf(slot).slice(from, from + lists.lengthOf(slot));
  }

  get bytes(): number {
    const lists = [this.words, this.shown, this.codes, this.tags, this.attributes, this.offers];
    const arrays = [
      this.ids,
      this.categories,
      this.nameLengths,
      this.sortPrices,
      this.live,
      this.services,
      this.inStock,
    ];
    const sum = (sizes: number[]) => sizes.reduce((all, size) => all + size, 0);
    return (
      sum(lists.map(({ bytes }) => bytes)) +
      sum(arrays.map(({ byteLength }) => byteLength)) +
      this.texts.memory +
      this.tagTexts.memory
    );
  }
}

/** Returns an amount in 1/10000 of its unit, by rounding further decimals. */
export const unitsOf = (amount: string): number => Math.round(Number(amount) * perUnit);

/** Returns the price of the offer at an index in its array, in 1/10000; -1: on request. */
export function priceAt(chunk: Int32Array, at: number): number {
  const high = chunk[at + 2] ?? unpriced;
  return high === unpriced ? unpriced : high * highPart + ((chunk[at + 3] ?? 0) >>> 0);
}

export const amountOf = (units: number): string => (units / perUnit).toFixed(4);
