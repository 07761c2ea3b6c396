import { separators } from '../order/rules.ts';
import { grownLength } from './pool.ts';

const firstBytes = 4_096;
const firstSlots = 1_024;

const encoder = new TextEncoder();

const isSeparator = new Uint8Array(256);
for (const separator of separators) isSeparator[separator.charCodeAt(0)] = 1;

const isSame = (a: number, b: number): boolean => a === b || (isSeparator[a] === 1 && isSeparator[b] === 1);

/** Numbers texts in the order in which they came. Holds their bytes in one array, because strings take four times the room. */
export class Texts {
  #bytes = Buffer.alloc(firstBytes);
  #ends = new Int32Array(firstSlots);
  /** Numbers of texts + 1, by the hash of the text. */
  #slots = new Int32Array(2 * firstSlots);
  #count = 0;
  #encoded = new Uint8Array(firstBytes);

  get count(): number {
    return this.#count;
  }

  /** Returns a text's number; -1 if it isn't there. */
  numberOf(text: string): number {
    const length = this.#encode(text);
    return (this.#slots[this.#slotOf(length)] ?? 0) - 1;
  }

  /** Returns a text's number, and adds it if it isn't there. */
  add(text: string): number {
    const length = this.#encode(text);
    const slot = this.#slotOf(length);
    const known = this.#slots[slot] ?? 0;
    if (known > 0) return known - 1;
    const from = this.fromOf(this.#count);
    this.#makeRoom(from + length);
    this.#bytes.set(this.#encoded.subarray(0, length), from);
    this.#ends[this.#count] = from + length;
    this.#count += 1;
    this.#slots[slot] = this.#count;
    if (this.#count > 0.7 * this.#slots.length) this.#rehash();
    return this.#count - 1;
  }

  textOf(number: number): string {
    return this.#bytes.toString('utf8', this.fromOf(number), this.#ends[number] ?? 0);
  }

  bytesOf(number: number): Uint8Array {
    return this.#bytes.subarray(this.fromOf(number), this.#ends[number] ?? 0);
  }

  /** Compares two texts by their bytes. */
  compare(number: number, other: number): number {
    const bytes = this.#bytes;
    const [from, otherFrom] = [this.fromOf(number), this.fromOf(other)];
    const [length, otherLength] = [this.#lengthOf(number), this.#lengthOf(other)];
    const shared = Math.min(length, otherLength);
    for (let at = 0; at < shared; at += 1) {
      const difference = (bytes[from + at] ?? 0) - (bytes[otherFrom + at] ?? 0);
      if (difference !== 0) return difference;
    }
    return length - otherLength;
  }

  /** Returns whether a text contains these bytes. */
  contains(number: number, part: Uint8Array): boolean {
    const bytes = this.#bytes;
    const first = part[0] ?? 0;
    const last = (this.#ends[number] ?? 0) - part.length;
    for (let at = this.fromOf(number); at <= last; at += 1) {
      if (bytes[at] !== first) continue;
      let same = 1;
      while (same < part.length && bytes[at + same] === part[same]) same += 1;
      if (same >= part.length) return true;
    }
    return false;
  }

  /** Returns whether a text contains these bytes between separators or its ends. All separators are the same. */
  containsWhole(number: number, part: Uint8Array): boolean {
    const bytes = this.#bytes;
    const [from, to] = [this.fromOf(number), this.#ends[number] ?? 0];
    const isSeparated = (at: number) => at < from || at >= to || isSeparator[bytes[at] ?? 0] === 1;
    for (let at = from; at + part.length <= to; at += 1) {
      if (!isSeparated(at - 1) || !isSeparated(at + part.length)) continue;
      let same = 0;
      while (same < part.length && isSame(bytes[at + same] ?? 0, part[same] ?? 0)) same += 1;
      if (same === part.length) return true;
    }
    return false;
  }

  fromOf(number: number): number {
    return number > 0 ? (this.#ends[number - 1] ?? 0) : 0;
  }

  get memory(): number {
    return this.#bytes.byteLength + this.#ends.byteLength + this.#slots.byteLength;
  }

  #lengthOf(number: number): number {
    return (this.#ends[number] ?? 0) - this.fromOf(number);
  }

  #encode(text: string): number {
    if (this.#encoded.length < 3 * text.length) this.#encoded = new Uint8Array(4 * text.length);
    const encoded = this.#encoded;
    for (let at = 0; at < text.length; at += 1) {
      const code = text.charCodeAt(at);
      if (code >= 0x80) return encoder.encodeInto(text, encoded).written;
      encoded[at] = code;
    }
    return text.length;
  }

  /** Returns the slot of the encoded text: its own, or an empty one. */
  #slotOf(length: number): number {
    const mask = this.#slots.length - 1;
    let slot = hashOf(this.#encoded, 0, length) & mask;
    for (;;) {
      const number = this.#slots[slot] ?? 0;
      if (number === 0 || this.#isEncoded(number - 1, length)) return slot;
      slot = (slot + 1) & mask;
    }
  }

  #isEncoded(number: number, length: number): boolean {
    const from = this.fromOf(number);
    if ((this.#ends[number] ?? 0) - from !== length) return false;
    for (let at = 0; at < length; at += 1) if (this.#bytes[from + at] !== this.#encoded[at]) return false;
    return true;
  }

  #makeRoom(bytes: number): void {
    if (bytes > this.#bytes.length) {
      const wider = Buffer.alloc(Math.max(bytes, grownLength(this.#bytes.length)));
      wider.set(this.#bytes);
      this.#bytes = wider;
    }
    if (this.#count >= this.#ends.length) {
      const longer = new Int32Array(grownLength(this.#ends.length));
      longer.set(this.#ends);
      this.#ends = longer;
    }
  }

  #rehash(): void {
    this.#slots = new Int32Array(2 * this.#slots.length);
    const mask = this.#slots.length - 1;
    for (let number = 0; number < this.#count; number += 1) {
      let slot = hashOf(this.#bytes, this.fromOf(number), this.#ends[number] ?? 0) & mask;
      while (this.#slots[slot] !== 0) slot = (slot + 1) & mask;
      this.#slots[slot] = number + 1;
    }
  }
}

/** Returns the FNV-1a hash of some bytes, mixed. */
function hashOf(bytes: Uint8Array, from: number, to: number): number {
  let hash = 0x811c9dc5;
  for (let at = from; at < to; at += 1) hash = Math.imul(hash ^ (bytes[at] ?? 0), 0x01000193);
  return hash ^ (hash >>> 15);
}
