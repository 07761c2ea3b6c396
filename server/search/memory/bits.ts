/** A set of small numbers, 32 to an element. */
export type Bits = Uint32Array;

export const wordsFor = (universe: number): number => (universe + 31) >>> 5;

export const has = (bits: Bits, member: number): boolean =>
  (((bits[member >>> 5] ?? 0) >>> (member & 31)) & 1) === 1;

export function insert(bits: Bits, member: number): void {
  bits[member >>> 5] = (bits[member >>> 5] ?? 0) | (1 << (member & 31));
}

export function erase(bits: Bits, member: number): void {
  bits[member >>> 5] = (bits[member >>> 5] ?? 0) & ~(1 << (member & 31));
}

/** Inserts or erases. */
export function put(bits: Bits, member: number, isMember: boolean): void {
  if (isMember) insert(bits, member);
  else erase(bits, member);
}

/** Keeps in `bits` only the members of another set, which may be shorter. */
export function intersect(bits: Bits, other: Bits): void {
  const shared = Math.min(bits.length, other.length);
  for (let at = 0; at < shared; at += 1) bits[at] = (bits[at] ?? 0) & (other[at] ?? 0);
  bits.fill(0, shared);
}

/** Adds the members of a set that is not longer. */
export function unite(bits: Bits, other: Bits): void {
  for (let at = 0; at < other.length; at += 1) bits[at] = (bits[at] ?? 0) | (other[at] ?? 0);
}

/** Removes the members of another set from `bits`. */
export function subtract(bits: Bits, other: Bits): void {
  const shared = Math.min(bits.length, other.length);
  for (let at = 0; at < shared; at += 1) bits[at] = (bits[at] ?? 0) & ~(other[at] ?? 0);
}

function ones(word: number): number {
  let left = word - ((word >>> 1) & 0x55555555);
  left = (left & 0x33333333) + ((left >>> 2) & 0x33333333);
  return Math.imul((left + (left >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}

export function count(bits: Bits): number {
  let sum = 0;
  for (let at = 0; at < bits.length; at += 1) sum += ones(bits[at] ?? 0);
  return sum;
}

export function isEmpty(bits: Bits): boolean {
  for (let at = 0; at < bits.length; at += 1) if (bits[at] !== 0) return false;
  return true;
}

/** Returns the members, ascending. */
export function membersOf(bits: Bits): Int32Array {
  const members = new Int32Array(count(bits));
  let found = 0;
  for (let at = 0; at < bits.length; at += 1) {
    for (let word = bits[at] ?? 0; word !== 0; word &= word - 1) {
      members[found] = (at << 5) + 31 - Math.clz32(word & -word);
      found += 1;
    }
  }
  return members;
}

/** Returns a copy with room for more members. */
export function widened(bits: Bits, universe: number): Bits {
  const wide = new Uint32Array(wordsFor(universe));
  wide.set(bits.subarray(0, wide.length));
  return wide;
}
