import { Bits, erase, has, insert, membersOf, unite, widened } from './bits.ts';
import { Lists } from './pool.ts';

/** A list of numbers takes as much room as a set of all when it has a 32nd of them. */
const denseShare = 32;
const fewestDense = 256;

/** For each key the set of its members: few as a list, many as bits. */
export class Postings {
  readonly #lists = new Lists((length) => new Int32Array(length));
  readonly #dense = new Map<number, { bits: Bits; length: number }>();
  #universe: number;
  #places = 0;

  /** `universe`: members are smaller. */
  constructor(universe: number) {
    this.#universe = universe;
  }

  countOf(key: number): number {
    return this.#dense.get(key)?.length ?? this.#lists.lengthOf(key);
  }

  /** Adds a member that isn't one yet. */
  add(key: number, member: number): void {
    this.#places += 1;
    const dense = this.#dense.get(key);
    if (dense) {
      insert(dense.bits, member);
      dense.length += 1;
      return;
    }
    this.#lists.push(key, member);
    if (this.#lists.lengthOf(key) > this.#mostListed()) this.#makeDense(key);
  }

  /** Removes a member, if it is one. */
  remove(key: number, member: number): void {
    const dense = this.#dense.get(key);
    if (!dense) {
      if (this.#lists.remove(key, member)) this.#places -= 1;
    } else if (has(dense.bits, member)) {
      erase(dense.bits, member);
      dense.length -= 1;
      this.#places -= 1;
      if (dense.length < this.#mostListed() / 2) this.#makeList(key, dense.bits);
    }
  }

  /** Adds the members of a key to a set. */
  uniteInto(bits: Bits, key: number): void {
    const dense = this.#dense.get(key);
    if (dense) {
      unite(bits, dense.bits);
      return;
    }
    const length = this.#lists.lengthOf(key);
    const chunk = this.#lists.chunkOf(key);
    const from = this.#lists.fromOf(key);
    for (let at = from; at < from + length; at += 1) insert(bits, chunk[at] ?? 0);
  }

  /** Returns the members in any order. */
  membersOf(key: number): Int32Array {
    const dense = this.#dense.get(key);
    if (dense) return membersOf(dense.bits);
    const from = this.#lists.fromOf(key);
    return this.#lists.chunkOf(key).subarray(from, from + this.#lists.lengthOf(key));
  }

  /** Makes room for larger members. */
  widen(universe: number): void {
    this.#universe = universe;
    for (const [key, dense] of this.#dense) {
      if (dense.length < this.#mostListed() / 2) this.#makeList(key, dense.bits);
      else dense.bits = widened(dense.bits, universe);
    }
  }

  /** The number of members of all keys. */
  get places(): number {
    return this.#places;
  }

  get bytes(): number {
    return this.#lists.bytes + Math.ceil(this.#universe / 8) * this.#dense.size;
  }

  #mostListed(): number {
    return Math.max(fewestDense, this.#universe / denseShare);
  }

  #makeDense(key: number): void {
    const bits = new Bits(this.#universe);
    const length = this.#lists.lengthOf(key);
    this.uniteInto(bits, key);
    this.#lists.set(key, []);
    this.#dense.set(key, { bits, length });
  }

  #makeList(key: number, bits: Bits): void {
    this.#dense.delete(key);
    this.#lists.set(key, membersOf(bits));
  }
}
