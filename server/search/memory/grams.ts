import { Postings } from './postings.ts';
import type { Texts } from './texts.ts';

const encoder = new TextEncoder();

/** Finds the texts that contain a part, by the threes of bytes that they consist of. */
export class Grams {
  readonly #texts: Texts;
  readonly #numbers = new Map<number, number>();
  readonly #postings: Postings;
  /** Texts before this one are indexed. */
  #indexed = 0;
  #universe: number;

  constructor(texts: Texts) {
    this.#texts = texts;
    this.#universe = 1_024;
    this.#postings = new Postings(this.#universe);
  }

  /** Indexes the texts that came since. */
  follow(): void {
    const texts = this.#texts;
    for (; this.#indexed < texts.count; this.#indexed += 1) {
      if (this.#indexed >= this.#universe) {
        this.#universe = Math.ceil(this.#universe * 1.5);
        this.#postings.widen(this.#universe);
      }
      for (const gram of gramsOf(texts.bytesOf(this.#indexed))) {
        this.#postings.add(this.#numberOf(gram), this.#indexed);
      }
    }
  }

  /** Returns the numbers of all texts that contain a part. */
  textsWith(part: string): number[] {
    this.follow();
    const bytes = encoder.encode(part);
    if (bytes.length < 3) return this.#scan(bytes);
    const numbers = [...gramsOf(bytes)].map((gram) => this.#numbers.get(gram) ?? -1);
    if (numbers.includes(-1)) return [];
    const rarest = numbers.reduce((best, other) =>
      this.#postings.countOf(other) < this.#postings.countOf(best) ? other : best,
    );
    const found: number[] = [];
    for (const number of this.#postings.membersOf(rarest)) {
      if (bytes.length === 3 || this.#texts.contains(number, bytes)) found.push(number);
    }
    return found;
  }

  /** Returns the texts that have at least two of a word's threes of bytes. */
  textsLike(word: string): number[] {
    this.follow();
    const shared = new Uint8Array(this.#texts.count);
    const found: number[] = [];
    for (const gram of gramsOf(encoder.encode(word))) {
      const number = this.#numbers.get(gram);
      if (number === undefined) continue;
      for (const text of this.#postings.membersOf(number)) {
        shared[text] = (shared[text] ?? 0) + 1;
        if (shared[text] === 2) found.push(text);
      }
    }
    return found;
  }

  get memory(): number {
    return this.#postings.bytes + 40 * this.#numbers.size;
  }

  #scan(bytes: Uint8Array): number[] {
    const found: number[] = [];
    for (let number = 0; number < this.#texts.count; number += 1) {
      if (this.#texts.contains(number, bytes)) found.push(number);
    }
    return found;
  }

  #numberOf(gram: number): number {
    const known = this.#numbers.get(gram);
    if (known !== undefined) return known;
    this.#numbers.set(gram, this.#numbers.size);
    return this.#numbers.size - 1;
  }
}

function gramsOf(bytes: Uint8Array): Set<number> {
  const grams = new Set<number>();
  for (let at = 2; at < bytes.length; at += 1) {
    grams.add(((bytes[at - 2] ?? 0) << 16) | ((bytes[at - 1] ?? 0) << 8) | (bytes[at] ?? 0));
  }
  return grams;
}
