import { grownLength, Lists } from './pool.ts';
import type { Texts } from './texts.ts';

const encoder = new TextEncoder();

/** Finds the texts that contain a part, by the threes of bytes that they consist of. */
export class Grams {
  readonly #texts: Texts;
  readonly #numbers = new Map<number, number>();
  readonly #byFirst = new Map<number, number[]>();
  /** Of each three its texts, ascending, as differences of seven bits a byte. */
  readonly #lists = new Lists((length) => new Uint8Array(length));
  #counts = new Int32Array(1_024);
  #lasts = new Int32Array(1_024);
  /** Texts before this one are indexed. */
  #indexed = 0;

  constructor(texts: Texts) {
    this.#texts = texts;
  }

  /** Indexes the texts that came since. */
  follow(): void {
    const texts = this.#texts;
    for (; this.#indexed < texts.count; this.#indexed += 1) {
      for (const gram of gramsOf(texts.bytesOf(this.#indexed), 2))
        this.#add(this.#numberOf(gram), this.#indexed);
    }
  }

  /** Returns the numbers of all texts that contain a part. */
  textsWith(part: string): ArrayLike<number> & Iterable<number> {
    this.follow();
    const bytes = encoder.encode(part);
    if (bytes.length < 3) return this.#textsWithFew(bytes);
    const numbers = [...gramsOf(bytes)].map((gram) => this.#numbers.get(gram) ?? -1);
    if (numbers.includes(-1)) return [];
    const rarest = numbers.reduce((best, other) =>
      (this.#counts[other] ?? 0) < (this.#counts[best] ?? 0) ? other : best,
    );
    const texts = this.#textsOf(rarest);
    return bytes.length === 3 ? texts : texts.filter((number) => this.#texts.contains(number, bytes));
  }

  /** Returns the texts that have at least two of a word's threes of bytes. */
  textsLike(word: string): number[] {
    this.follow();
    const shared = new Uint8Array(this.#texts.count);
    const found: number[] = [];
    for (const gram of gramsOf(encoder.encode(word))) {
      const number = this.#numbers.get(gram);
      if (number === undefined) continue;
      for (const text of this.#textsOf(number)) {
        shared[text] = (shared[text] ?? 0) + 1;
        if (shared[text] === 2) found.push(text);
      }
    }
    return found;
  }

  get memory(): number {
    return this.#lists.bytes + this.#counts.byteLength + this.#lasts.byteLength + 40 * this.#numbers.size;
  }

  /** Returns the texts that contain one or two bytes: those of all threes that begin so. */
  #textsWithFew([first = 0, second]: Uint8Array): ArrayLike<number> & Iterable<number> {
    const isFound = new Uint8Array(this.#texts.count);
    const found: number[] = [];
    for (const gram of this.#byFirst.get(first) ?? []) {
      if (second !== undefined && ((gram >>> 8) & 0xff) !== second) continue;
      for (const text of this.#textsOf(this.#numbers.get(gram) ?? -1)) {
        if (isFound[text] === 1) continue;
        isFound[text] = 1;
        found.push(text);
      }
    }
    return found;
  }

  #add(gram: number, text: number): void {
    if (gram >= this.#counts.length) {
      const longer = (former: Int32Array): Int32Array<ArrayBuffer> => {
        const wide = new Int32Array(grownLength(former.length));
        wide.set(former);
        return wide;
      };
      [this.#counts, this.#lasts] = [longer(this.#counts), longer(this.#lasts)];
    }
    let difference = text - (this.#lasts[gram] ?? 0);
    for (; difference >= 0x80; difference >>>= 7) this.#lists.push(gram, (difference & 0x7f) | 0x80);
    this.#lists.push(gram, difference);
    this.#lasts[gram] = text;
    this.#counts[gram] = (this.#counts[gram] ?? 0) + 1;
  }

  #textsOf(gram: number): Int32Array {
    const texts = new Int32Array(this.#counts[gram] ?? 0);
    const chunk = this.#lists.chunkOf(gram);
    let at = this.#lists.fromOf(gram);
    let text = 0;
    for (let index = 0; index < texts.length; index += 1) {
      let shift = 0;
      let byte = chunk[at] ?? 0;
      for (; byte >= 0x80; byte = chunk[at] ?? 0) {
        text += (byte & 0x7f) << shift;
        shift += 7;
        at += 1;
      }
      text += byte << shift;
      at += 1;
      texts[index] = text;
    }
    return texts;
  }

  #numberOf(gram: number): number {
    const known = this.#numbers.get(gram);
    if (known !== undefined) return known;
    this.#numbers.set(gram, this.#numbers.size);
    const sameFirst = this.#byFirst.get(gram >>> 16);
    if (sameFirst) sameFirst.push(gram);
    else this.#byFirst.set(gram >>> 16, [gram]);
    return this.#numbers.size - 1;
  }
}

/** Returns the threes of bytes; with `beyond`, also those that end with so many zeros behind the text. */
function gramsOf(bytes: Uint8Array, beyond = 0): Set<number> {
  const grams = new Set<number>();
  for (let at = 2; at < bytes.length + beyond; at += 1) {
    grams.add(((bytes[at - 2] ?? 0) << 16) | ((bytes[at - 1] ?? 0) << 8) | (bytes[at] ?? 0));
  }
  return grams;
}
