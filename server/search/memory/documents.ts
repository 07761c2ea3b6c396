import { Bits, widened } from './bits.ts';
import { Offers } from './offers.ts';
import { Lists } from './pool.ts';
import { decodeWords, type ProductWords } from './record.ts';
import { Texts } from './texts.ts';

/** What is read of each product, by its slot, in typed arrays. */

const firstCapacity = 1_024;
const decoder = new TextDecoder();
const encoder = new TextEncoder();

export class Documents {
  /** Words of products, and codes. */
  readonly texts = new Texts();
  readonly tagTexts = new Texts();
  readonly words = new Lists((length) => new Uint8Array(length));
  /** Name and code as they are shown, with a NUL between. */
  readonly shown = new Lists((length) => new Uint8Array(length));
  readonly codes = new Lists((length) => new Int32Array(length));
  readonly tags = new Lists((length) => new Int32Array(length));
  readonly attributes = new Lists((length) => new Int32Array(length));
  readonly offers = new Offers();
  ids = new Float64Array(firstCapacity);
  /** Indexes of categories. */
  categories = new Int32Array(firstCapacity);
  /** In code points. */
  nameLengths = new Int32Array(firstCapacity);
  /** Infinity: none. */
  sortPrices = new Float64Array(firstCapacity);
  live = new Bits(firstCapacity);
  services = new Bits(firstCapacity);
  inStock = new Bits(firstCapacity);
  /** Those that may have several values of one attribute. */
  hasRepeated = new Bits(firstCapacity);
  capacity = firstCapacity;

  constructor() {
    this.offers.widen(firstCapacity);
  }

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
    this.hasRepeated = widened(this.hasRepeated, capacity);
    this.offers.widen(capacity);
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

  listOf(lists: Lists<Int32Array>, slot: number): Int32Array {
    const from = lists.fromOf(slot);
    return lists.chunkOf(slot).slice(from, from + lists.lengthOf(slot));
  }

  get bytes(): number {
    const lists = [this.words, this.shown, this.codes, this.tags, this.attributes, this.offers];
    const arrays = [this.ids, this.categories, this.nameLengths, this.sortPrices];
    const sets = [this.live, this.services, this.inStock, this.hasRepeated];
    const sum = (sizes: number[]) => sizes.reduce((all, size) => all + size, 0);
    return (
      sum(lists.map(({ bytes }) => bytes)) +
      sum(arrays.map(({ byteLength }) => byteLength)) +
      sum(sets.map(({ bytes }) => bytes)) +
      this.texts.memory +
      this.tagTexts.memory
    );
  }
}
