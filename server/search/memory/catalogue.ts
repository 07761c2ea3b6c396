import { erase, insert, put } from './bits.ts';
import { Codes, compareTexts } from './codes.ts';
import { Documents } from './documents.ts';
import { Grams } from './grams.ts';
import { Journal } from './journal.ts';
import { Order } from './order.ts';
import { Postings } from './postings.ts';
import type { IndexedProduct } from './port.ts';
import { encodeWords, type ProductWords } from './record.ts';
import { Scratch } from './scratch.ts';
import { Slots } from './slots.ts';
import { Tables } from './tables.ts';
import { NearWords } from './near-words.ts';

const noWords: ProductWords = { inName: [], others: [] };
const none = new Int32Array(0);
/** So many texts take little room, and this share of them. */
const fewestWasted = 10_000;
const wastedShare = 0.25;
const mostLookedAt = 4_000;

/** The products, and for each word, code, attribute and vendor which of them have it. Changes in place. */
export class Catalogue {
  readonly tables = new Tables();
  readonly documents = new Documents();
  readonly slots = new Slots();
  readonly grams = new Grams(this.documents.texts);
  readonly nearWords = new NearWords();
  readonly scratch = new Scratch();
  /** The number of products by the index of their category. */
  readonly categoryCounts: number[] = [];
  /** Products by the words of their texts, and by those of their names. */
  readonly inText = new Postings(this.documents.capacity);
  readonly inName = new Postings(this.documents.capacity);
  readonly byAttribute = new Postings(this.documents.capacity);
  readonly byVendor = new Postings(this.documents.capacity);
  readonly codes = new Codes(this.documents.texts, this.documents.capacity);
  /** The slots whose words changed. */
  readonly journal = new Journal();
  readonly byName: Order;
  readonly byLength: Order;
  readonly byPrice: Order;
  readonly byPriceDown: Order;

  #named = { slot: -1, name: '' };

  constructor() {
    const { documents } = this;
    const byId = (a: number, b: number) => (documents.ids[a] ?? 0) - (documents.ids[b] ?? 0);
    const byName = (a: number, b: number) =>
      compareTexts(documents.nameFoldedOf(a), this.#nameOf(b)) || byId(a, b);
    const byLength = (a: number, b: number) =>
      (documents.nameLengths[a] ?? 0) - (documents.nameLengths[b] ?? 0) || byName(a, b);
    const price = (slot: number) => documents.sortPrices[slot] ?? Infinity;
    const byPrice = (a: number, b: number) => difference(price(a), price(b)) || byId(a, b);
    const byPriceDown = (a: number, b: number) =>
      difference(falling(price(a)), falling(price(b))) || byId(a, b);
    this.byName = new Order({ compare: byName, sortAll: (slots) => this.#sortByName(slots) });
    this.byLength = new Order({ compare: byLength, sortAll: (slots) => this.#sortByLength(slots) });
    this.byPrice = new Order({ compare: byPrice });
    this.byPriceDown = new Order({ compare: byPriceDown });
  }

  /** Adds a product, or replaces it. */
  put(product: IndexedProduct): void {
    const known = this.slots.slotOf(product.id);
    const slot = known >= 0 ? known : this.slots.take(product.id);
    while (slot >= this.documents.capacity) this.#widen();
    const { documents } = this;
    if (known < 0) {
      documents.ids[slot] = product.id;
      insert(documents.live, slot);
    }
    this.#putWords(slot, product, known < 0);
    this.#putPrice(slot, product.sortPrice ?? Infinity, known < 0);
    this.#putLists(slot, product);
    if (known >= 0) this.#countInCategory(slot, -1);
    documents.categories[slot] = this.tables.categoryIndex(product.categoryId);
    this.#countInCategory(slot, 1);
    documents.setShown(slot, product.name, product.code);
    put(documents.services, slot, product.kind === 'service');
    put(
      documents.inStock,
      slot,
      product.offers.some(({ stock }) => stock !== null && stock > 0),
    );
  }

  /** Removes a product; does nothing if there is none with the id. */
  remove(id: number): void {
    const slot = this.slots.slotOf(id);
    if (slot < 0) return;
    const { documents } = this;
    for (const order of this.#orders()) order.remove(slot);
    this.#changeWords(slot, documents.wordsOf(slot), noWords);
    documents.words.set(slot, none);
    this.#putLists(slot, { codes: [], tags: [], attributeIds: [], offers: [] });
    documents.shown.set(slot, none);
    erase(documents.live, slot);
    this.#countInCategory(slot, -1);
    this.slots.leave(id);
  }

  /** Brings all orders up to date, so that the next search needn't. */
  settle(): void {
    for (const settle of this.settling()) settle();
  }

  /** Returns the parts of that. Sorting by length reads the places by name. */
  settling(): (() => void)[] {
    return [
      ...this.#orders().map((order) => () => order.settle()),
      () => this.codes.settle(),
      () => this.grams.follow(),
    ];
  }

  /** Returns whether a good part of the texts occurs in no product any more. Looks at some of them. */
  isWasteful(): boolean {
    const { count } = this.documents.texts;
    if (count < fewestWasted) return false;
    const step = Math.ceil(count / mostLookedAt);
    let [seen, dead] = [0, 0];
    for (let text = 0; text < count; text += step) {
      seen += 1;
      if (this.inText.countOf(text) === 0 && !this.codes.has(text)) dead += 1;
    }
    return dead > wastedShare * seen;
  }

  get bytes(): number {
    const parts = [
      this.documents,
      this.slots,
      this.inText,
      this.inName,
      this.byAttribute,
      this.byVendor,
      this.codes,
      this.tables,
      ...this.#orders(),
    ];
    return parts.reduce((sum, { bytes }) => sum + bytes, this.grams.memory + this.nearWords.memory);
  }

  /** Returns the name of a product that is compared with many others. */
  #nameOf(slot: number): string {
    if (this.#named.slot !== slot) this.#named = { slot, name: this.documents.nameFoldedOf(slot) };
    return this.#named.name;
  }

  #countInCategory(slot: number, more: 1 | -1): void {
    const category = this.documents.categories[slot] ?? 0;
    this.categoryCounts[category] = (this.categoryCounts[category] ?? 0) + more;
  }

  #orders(): Order[] {
    return [this.byName, this.byLength, this.byPrice, this.byPriceDown];
  }

  #widen(): void {
    const capacity = this.documents.widen();
    for (const postings of [this.inText, this.inName, this.byAttribute, this.byVendor, this.codes]) {
      postings.widen(capacity);
    }
    this.journal.forget();
  }

  #putWords(slot: number, { nameFolded, searchText }: IndexedProduct, isNew: boolean): void {
    const { documents } = this;
    const inName = nameFolded === '' ? [] : nameFolded.split(' ').map((word) => this.#wordNumber(word));
    const named = new Set(inName);
    const others = [...new Set(searchText.split(' ').map((word) => this.#wordNumber(word)))]
      .filter((word) => !named.has(word))
      .sort((a, b) => a - b);
    const record = encodeWords(inName, others);
    if (!isNew && isSame(record, documents, slot)) return;
    const before = isNew ? noWords : documents.wordsOf(slot);
    if (!isNew) for (const order of [this.byName, this.byLength]) order.remove(slot);
    this.#changeWords(slot, before, { inName, others });
    documents.words.set(slot, record);
    documents.nameLengths[slot] = [...nameFolded].length;
    for (const order of [this.byName, this.byLength]) order.add(slot);
  }

  #wordNumber(word: string): number {
    const before = this.documents.texts.count;
    const number = this.documents.texts.add(word);
    if (number === before) this.nearWords.addOf(word);
    return number;
  }

  #changeWords(slot: number, before: ProductWords, after: ProductWords): void {
    change(this.inName, slot, new Set(before.inName), new Set(after.inName));
    change(
      this.inText,
      slot,
      new Set([...before.inName, ...before.others]),
      new Set([...after.inName, ...after.others]),
    );
    this.journal.note(slot);
    this.#named.slot = -1;
  }

  #putPrice(slot: number, price: number, isNew: boolean): void {
    if (!isNew && this.documents.sortPrices[slot] === price) return;
    const orders = [this.byPrice, this.byPriceDown];
    if (!isNew) for (const order of orders) order.remove(slot);
    this.documents.sortPrices[slot] = price;
    for (const order of orders) order.add(slot);
  }

  #putLists(slot: number, product: Pick<IndexedProduct, 'codes' | 'tags' | 'attributeIds' | 'offers'>): void {
    const { documents, tables } = this;
    const codes = [...new Set(product.codes)].map((code) => documents.texts.add(code));
    change(this.codes, slot, new Set(documents.listOf(documents.codes, slot)), new Set(codes));
    documents.codes.set(slot, codes);
    const attributes = new Set(product.attributeIds);
    change(this.byAttribute, slot, new Set(documents.listOf(documents.attributes, slot)), attributes);
    documents.attributes.set(slot, [...attributes]);
    put(documents.hasRepeated, slot, tables.mayRepeat(attributes));
    const vendors = documents.offers.vendorsOf(slot);
    documents.offers.set(slot, product.offers, (id) => tables.vendorIndex(id));
    change(this.byVendor, slot, vendors, documents.offers.vendorsOf(slot));
    documents.tags.set(
      slot,
      product.tags.map((tag) => documents.tagTexts.add(tag)),
    );
  }

  #sortByName(slots: Int32Array): Int32Array {
    const names: string[] = [];
    for (const slot of slots) names[slot] = this.documents.nameFoldedOf(slot);
    const { ids } = this.documents;
    return slots.sort(
      (a, b) => compareTexts(names[a] ?? '', names[b] ?? '') || (ids[a] ?? 0) - (ids[b] ?? 0),
    );
  }

  /** Sorts by length what is sorted by name already. */
  #sortByLength(slots: Int32Array): Int32Array {
    this.byName.settle();
    const { nameLengths } = this.documents;
    return this.byName.inOrder(slots).sort((a, b) => (nameLengths[a] ?? 0) - (nameLengths[b] ?? 0));
  }
}

interface Keyed {
  add(key: number, slot: number): void;
  remove(key: number, slot: number): void;
}

/** Removes a product from what it no longer has, and adds it to what it has got. */
function change(keyed: Keyed, slot: number, before: ReadonlySet<number>, after: ReadonlySet<number>): void {
  for (const key of before) if (!after.has(key)) keyed.remove(key, slot);
  for (const key of after) if (!before.has(key)) keyed.add(key, slot);
}

function isSame(record: Uint8Array, { words }: Documents, slot: number): boolean {
  if (words.lengthOf(slot) !== record.length) return false;
  const [chunk, from] = [words.chunkOf(slot), words.fromOf(slot)];
  return record.every((byte, at) => chunk[from + at] === byte);
}

/** Returns the sign of a difference, also of two that are infinite. */
const difference = (a: number, b: number): number => (a < b ? -1 : a > b ? 1 : 0);

/** Returns the key for falling prices, those without a price last. */
const falling = (price: number): number => (price === Infinity ? Infinity : -price);
