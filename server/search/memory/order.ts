import { type Bits, count, has, membersOf } from './bits.ts';
import { grownLength } from './pool.ts';
import { smallestKeys } from './smallest.ts';

/** Members in an order, of which some thousands may be added between two moments without sorting all again. */
export interface Sorting {
  compare: (a: number, b: number) => number;
  /** Returns the members in order. Without it, they are sorted by comparing. */
  sortAll?: (members: Int32Array) => Int32Array;
}

const fewestMerged = 1_024;
const mergedShare = 256;
/** More new members than this share aren't inserted one by one. */
const insertedShare = 64;
const fewestInserted = 256;
/** Rarer members than this share are sorted by their places; for others all places are walked. */
const sortedShare = 24;

/** Members are smaller. */
const memberRange = 2 ** 26;
const memberOf = (key: number): number => key % memberRange;

export class Order {
  readonly #sorting: Sorting;
  /** Members in order; -1 where one was removed. */
  #sorted: Int32Array = new Int32Array(0);
  /** Of a sorted member its index there, of a recent one the index of what comes after it. */
  #places = new Int32Array(1_024);
  /** Members that aren't in `#sorted` yet, in order. */
  #recent: number[] = [];
  #added: number[] = [];

  constructor(sorting: Sorting) {
    this.#sorting = sorting;
  }

  add(member: number): void {
    if (member >= this.#places.length) {
      const longer = new Int32Array(Math.max(member + 1, grownLength(this.#places.length)));
      longer.set(this.#places);
      this.#places = longer;
    }
    this.#places[member] = -1;
    this.#added.push(member);
    if (this.#added.length >= fewestInserted && this.#isFew()) this.#insertAdded();
  }

  /** Removes a member, which must still compare as it did when it was added. */
  remove(member: number): void {
    const place = this.#places[member] ?? -1;
    if (place >= 0 && this.#sorted[place] === member) this.#sorted[place] = -1;
    else if (place >= 0) this.#recent.splice(this.#recent.indexOf(member), 1);
    else this.#added.splice(this.#added.indexOf(member), 1);
  }

  /** Brings the order up to date. Needed before each of the following. */
  settle(): void {
    if (this.#added.length === 0) return;
    if (this.#isFew()) this.#insertAdded();
    else this.#sortAll();
  }

  /** Returns the members of a set from `offset` on. */
  page(bits: Bits, offset: number, limit: number): number[] {
    if (limit <= 0) return [];
    const wanted = count(bits);
    if (offset >= wanted) return [];
    if (wanted * sortedShare < this.#sorted.length) {
      const keys = smallestKeys(this.#keysOf(membersOf(bits)), offset + limit);
      return Array.from(keys.subarray(offset), memberOf);
    }
    return this.#walk(bits, offset, limit);
  }

  /** Returns members in order. */
  inOrder(members: Int32Array): Int32Array {
    const keys = this.#keysOf(members).sort();
    const sorted = new Int32Array(keys.length);
    for (let at = 0; at < keys.length; at += 1) sorted[at] = memberOf(keys[at] ?? 0);
    return sorted;
  }

  /** Returns the members from the first one that `isReached` holds for to before the first one that `isPassed` holds for. */
  between(isReached: (member: number) => boolean, isPassed: (member: number) => boolean): number[] {
    const sorted = this.#sorted.subarray(this.#firstReached(isReached), this.#firstReached(isPassed));
    const recent = this.#recent.filter((member) => isReached(member) && !isPassed(member));
    return [...sorted.filter((member) => member >= 0), ...recent];
  }

  get bytes(): number {
    return this.#sorted.byteLength + this.#places.byteLength + 8 * (this.#recent.length + this.#added.length);
  }

  #isFew(): boolean {
    return this.#added.length * insertedShare < this.#sorted.length;
  }

  #walk(bits: Bits, offset: number, limit: number): number[] {
    const [sorted, places, recent] = [this.#sorted, this.#places, this.#recent];
    const { words } = bits;
    const found: number[] = [];
    let skipped = 0;
    let next = 0;
    for (let at = 0; at <= sorted.length; at += 1) {
      for (; next < recent.length && (places[recent[next] ?? 0] ?? 0) <= at; next += 1) {
        if (!has(bits, recent[next] ?? 0)) continue;
        if (skipped < offset) skipped += 1;
        else found.push(recent[next] ?? 0);
        if (found.length === limit) return found;
      }
      const member = sorted[at] ?? -1;
      if (member < 0 || (((words[member >>> 5] ?? 0) >>> (member & 31)) & 1) === 0) continue;
      if (skipped < offset) skipped += 1;
      else found.push(member);
      if (found.length === limit) return found;
    }
    return found;
  }

  /** Returns numbers that are in order as the members are, each with its member. */
  #keysOf(members: Int32Array): Float64Array<ArrayBuffer> {
    const keys = new Float64Array(members.length);
    for (let at = 0; at < members.length; at += 1) {
      const member = members[at] ?? 0;
      keys[at] = this.#rankOf(member) * memberRange + member;
    }
    return keys;
  }

  #rankOf(member: number): number {
    const place = this.#places[member] ?? 0;
    const isSorted = this.#sorted[place] === member;
    return place + (isSorted ? this.#recentUpTo(place) : this.#recent.indexOf(member));
  }

  /** Returns how many recent members come before the sorted one at a place. */
  #recentUpTo(place: number): number {
    let [from, to] = [0, this.#recent.length];
    while (from < to) {
      const middle = (from + to) >>> 1;
      if ((this.#places[this.#recent[middle] ?? 0] ?? 0) <= place) from = middle + 1;
      else to = middle;
    }
    return from;
  }

  /** Returns the first index of a sorted member for which a condition holds that holds for all that follow. */
  #firstReached(isReached: (member: number) => boolean): number {
    let [from, to] = [0, this.#sorted.length];
    while (from < to) {
      const middle = (from + to) >>> 1;
      let probe = middle;
      while (probe < to && this.#sorted[probe] === -1) probe += 1;
      if (probe === to || isReached(this.#sorted[probe] ?? 0)) to = middle;
      else from = probe + 1;
    }
    return from;
  }

  #insertAdded(): void {
    for (const member of this.#added) this.#insert(member);
    this.#added = [];
    if (this.#recent.length > Math.max(fewestMerged, this.#sorted.length / mergedShare)) this.#merge();
  }

  #insert(member: number): void {
    const { compare } = this.#sorting;
    const recent = this.#recent;
    let [from, to] = [0, recent.length];
    while (from < to) {
      const middle = (from + to) >>> 1;
      if (compare(recent[middle] ?? 0, member) < 0) from = middle + 1;
      else to = middle;
    }
    const place = this.#firstReached((other) => compare(other, member) > 0);
    // Where members were removed, several places are the same: those of recent ones must ascend all the same.
    const least = from > 0 ? (this.#places[recent[from - 1] ?? 0] ?? 0) : 0;
    const most = from < recent.length ? (this.#places[recent[from] ?? 0] ?? 0) : this.#sorted.length;
    this.#places[member] = Math.min(Math.max(place, least), most);
    recent.splice(from, 0, member);
  }

  #merge(): void {
    const merged = new Int32Array(this.#sorted.length + this.#recent.length);
    let [length, next] = [0, 0];
    for (let at = 0; at <= this.#sorted.length; at += 1) {
      while (next < this.#recent.length && (this.#places[this.#recent[next] ?? 0] ?? 0) <= at) {
        merged[length] = this.#recent[next] ?? 0;
        length += 1;
        next += 1;
      }
      const member = this.#sorted[at] ?? -1;
      if (member < 0) continue;
      merged[length] = member;
      length += 1;
    }
    this.#take(merged.subarray(0, length));
  }

  #sortAll(): void {
    const kept = this.#sorted.filter((member) => member >= 0);
    const all = new Int32Array(kept.length + this.#recent.length + this.#added.length);
    all.set(kept);
    all.set(this.#recent, kept.length);
    all.set(this.#added, kept.length + this.#recent.length);
    const { compare, sortAll } = this.#sorting;
    this.#added = [];
    this.#take(sortAll ? sortAll(all) : all.sort(compare));
  }

  #take(sorted: Int32Array): void {
    this.#sorted = sorted;
    this.#recent = [];
    for (let at = 0; at < sorted.length; at += 1) this.#places[sorted[at] ?? 0] = at;
  }
}
