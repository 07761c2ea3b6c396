import { compactFolded } from '#server/platform/fold.ts';
import type { Bits } from './bits.ts';
import { Order } from './order.ts';
import { grownLength } from './pool.ts';
import { Postings } from './postings.ts';
import { smallest } from './smallest.ts';
import type { Texts } from './texts.ts';

const pureCode = /^[a-z0-9]*$/;

/** Finds products by whole codes and by beginnings of codes, also without separators. */
export class Codes {
  readonly #texts: Texts;
  readonly #postings: Postings;
  readonly #order: Order;
  /** Codes without a letter or digit at the beginning: few. */
  readonly #signed: number[] = [];
  /** 1: a code, 2: one of plain letters and digits alone. */
  #kinds = new Uint8Array(1_024);

  constructor(texts: Texts, universe: number) {
    this.#texts = texts;
    this.#postings = new Postings(universe);
    const compare = (a: number, b: number) => compareTexts(this.#keyOf(a), this.#keyOf(b)) || a - b;
    this.#order = new Order({ compare, sortAll: (codes) => this.#sortAll(codes) });
  }

  add(code: number, slot: number): void {
    this.#postings.add(code, slot);
    if (code >= this.#kinds.length) {
      const longer = new Uint8Array(Math.max(code + 1, grownLength(this.#kinds.length)));
      longer.set(this.#kinds);
      this.#kinds = longer;
    }
    if (this.#kinds[code] !== 0) return;
    // Codes that no product has any more stay: another may get them, and they do no harm.
    this.#kinds[code] = this.#isPure(code) ? 2 : 1;
    this.#order.add(code);
    if (this.#keyOf(code) === '' || !this.#texts.textOf(code).startsWith(this.#keyOf(code).charAt(0))) {
      this.#signed.push(code);
    }
  }

  remove(code: number, slot: number): void {
    this.#postings.remove(code, slot);
  }

  widen(universe: number): void {
    this.#postings.widen(universe);
  }

  /** Adds the products that have one of these codes to a set. */
  uniteWhole(bits: Bits, codes: readonly string[]): void {
    for (const code of codes) {
      const number = this.#texts.numberOf(code);
      if (number >= 0) this.#postings.uniteInto(bits, number);
    }
  }

  /** Adds the products with codes that are the same without separators. */
  uniteSame(bits: Bits, key: string): void {
    for (const code of this.#beginning(key)) {
      if (this.#keyOf(code) === key) this.#postings.uniteInto(bits, code);
    }
  }

  /** Adds the products with codes that begin so without separators. */
  uniteBeginning(bits: Bits, key: string): void {
    for (const code of this.#beginning(key)) this.#postings.uniteInto(bits, code);
  }

  /** Adds the products with codes that begin so as they are written. */
  uniteWritten(bits: Bits, beginning: string): void {
    for (const code of this.#writtenSo(beginning)) this.#postings.uniteInto(bits, code);
  }

  /** Returns the first codes, in the order of their bytes, that begin so as they are written and that products have. */
  firstWritten(beginning: string, most: number): number[] {
    const inUse = this.#writtenSo(beginning).filter((code) => this.has(code));
    return smallest(inUse, most, (a, b) => this.#texts.compare(a, b));
  }

  /** Yields the products with codes that begin so without separators, for each such code. */
  *productsBeginning(keys: readonly string[]): Iterable<number> {
    for (const code of new Set(keys.flatMap((key) => this.#beginning(key)))) {
      yield* this.#postings.membersOf(code);
    }
  }

  /** Returns whether a product has this code. */
  has(code: number): boolean {
    return this.#postings.countOf(code) > 0;
  }

  productsOf(code: number): Int32Array {
    return this.#postings.membersOf(code);
  }

  get bytes(): number {
    return this.#postings.bytes + this.#order.bytes + this.#kinds.byteLength;
  }

  settle(): void {
    this.#order.settle();
  }

  /** Returns the codes that begin so as they are written. */
  #writtenSo(beginning: string): number[] {
    const key = compactFolded(beginning);
    const isPure = pureCode.test(beginning);
    const codes = key === '' ? this.#signed : this.#beginning(key);
    return codes.filter(
      (code) => (isPure && this.#kinds[code] === 2) || this.#texts.textOf(code).startsWith(beginning),
    );
  }

  #beginning(key: string): number[] {
    this.#order.settle();
    return this.#order.between(
      (code) => this.#keyOf(code) >= key,
      (code) => this.#keyOf(code) >= key && !this.#keyOf(code).startsWith(key),
    );
  }

  #isPure(code: number): boolean {
    for (const byte of this.#texts.bytesOf(code)) if (!isPlain(byte)) return false;
    return true;
  }

  #keyOf(code: number): string {
    const text = this.#texts.textOf(code);
    return pureCode.test(text) ? text : compactFolded(text);
  }

  /** Makes each key once, because sorting compares each many times. */
  #sortAll(codes: Int32Array): Int32Array {
    const keys = Array.from(codes, (code) => this.#keyOf(code));
    const order = Int32Array.from(codes, (_, at) => at);
    order.sort((a, b) => compareTexts(keys[a] ?? '', keys[b] ?? '') || (codes[a] ?? 0) - (codes[b] ?? 0));
    return order.map((at) => codes[at] ?? 0);
  }
}

export const compareTexts = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

const isPlain = (byte: number): boolean => (byte >= 0x30 && byte <= 0x39) || (byte >= 0x61 && byte <= 0x7a);
