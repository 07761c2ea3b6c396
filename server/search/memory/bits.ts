const blockLength = 16;
/** Of a member's number, what is below tells its place in its block of 512. */
const blockShift = 9;

/** A set of small numbers, 32 to a word. Blocks of words without members are skipped, so few members take little time. */
export class Bits {
  readonly words: Uint32Array;
  /** Of each block whether it may have members. */
  readonly blocks: Uint8Array;

  /** `universe`: members are smaller. */
  constructor(universe: number) {
    this.blocks = new Uint8Array(blocksFor(universe));
    this.words = new Uint32Array(blockLength * this.blocks.length);
  }

  get bytes(): number {
    return this.words.byteLength + this.blocks.byteLength;
  }
}

/** The number of blocks that hold a universe. */
export const blocksFor = (universe: number): number => (universe + (1 << blockShift) - 1) >>> blockShift;

export const has = ({ words }: Bits, member: number): boolean =>
  (((words[member >>> 5] ?? 0) >>> (member & 31)) & 1) === 1;

export function insert({ words, blocks }: Bits, member: number): void {
  words[member >>> 5] = (words[member >>> 5] ?? 0) | (1 << (member & 31));
  blocks[member >>> blockShift] = 1;
}

export function erase({ words }: Bits, member: number): void {
  words[member >>> 5] = (words[member >>> 5] ?? 0) & ~(1 << (member & 31));
}

/** Inserts or erases. */
export function put(bits: Bits, member: number, isMember: boolean): void {
  if (isMember) insert(bits, member);
  else erase(bits, member);
}

export function clear({ words, blocks }: Bits): void {
  for (let block = 0; block < blocks.length; block += 1) {
    if (blocks[block] === 0) continue;
    clearBlock(words, block);
    blocks[block] = 0;
  }
}

function clearBlock(words: Uint32Array, block: number): void {
  const end = blockLength * (block + 1);
  for (let at = end - blockLength; at < end; at += 1) words[at] = 0;
}

/** Makes a set the same as another; what is beyond its universe is left out. */
export function assign(bits: Bits, other: Bits): void {
  const { words, blocks } = bits;
  for (let block = 0; block < blocks.length; block += 1) {
    if (other.blocks[block] === 1) {
      const end = blockLength * (block + 1);
      for (let at = end - blockLength; at < end; at += 1) words[at] = other.words[at] ?? 0;
      blocks[block] = 1;
    } else if (blocks[block] === 1) {
      clearBlock(words, block);
      blocks[block] = 0;
    }
  }
}

/** Keeps in `bits` only the members of another set, which may be shorter. */
export function intersect({ words, blocks }: Bits, other: Bits): void {
  for (let block = 0; block < blocks.length; block += 1) {
    if (blocks[block] === 0) continue;
    const end = blockLength * (block + 1);
    const isShared = other.blocks[block] === 1;
    let any = 0;
    for (let at = end - blockLength; at < end; at += 1) {
      const word = isShared ? (words[at] ?? 0) & (other.words[at] ?? 0) : 0;
      words[at] = word;
      any |= word;
    }
    blocks[block] = any === 0 ? 0 : 1;
  }
}

/** Adds the members of a set that is not longer. */
export function unite({ words, blocks }: Bits, other: Bits): void {
  for (let block = 0; block < other.blocks.length; block += 1) {
    if (other.blocks[block] === 0) continue;
    const end = blockLength * (block + 1);
    for (let at = end - blockLength; at < end; at += 1) words[at] = (words[at] ?? 0) | (other.words[at] ?? 0);
    blocks[block] = 1;
  }
}

/** Removes the members of another set from `bits`. */
export function subtract({ words, blocks }: Bits, other: Bits): void {
  const shared = Math.min(blocks.length, other.blocks.length);
  for (let block = 0; block < shared; block += 1) {
    if (blocks[block] === 0 || other.blocks[block] === 0) continue;
    const end = blockLength * (block + 1);
    let any = 0;
    for (let at = end - blockLength; at < end; at += 1) {
      const word = (words[at] ?? 0) & ~(other.words[at] ?? 0);
      words[at] = word;
      any |= word;
    }
    blocks[block] = any === 0 ? 0 : 1;
  }
}

function ones(word: number): number {
  let left = word - ((word >>> 1) & 0x55555555);
  left = (left & 0x33333333) + ((left >>> 2) & 0x33333333);
  return Math.imul((left + (left >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}

export function count({ words, blocks }: Bits): number {
  let sum = 0;
  for (let block = 0; block < blocks.length; block += 1) {
    if (blocks[block] === 0) continue;
    const end = blockLength * (block + 1);
    for (let at = end - blockLength; at < end; at += 1) sum += ones(words[at] ?? 0);
  }
  return sum;
}

export function isEmpty({ words, blocks }: Bits): boolean {
  for (let block = 0; block < blocks.length; block += 1) {
    if (blocks[block] === 0) continue;
    const end = blockLength * (block + 1);
    for (let at = end - blockLength; at < end; at += 1) if (words[at] !== 0) return false;
  }
  return true;
}

/** Returns the members, ascending. */
export function membersOf(bits: Bits): Int32Array {
  const { words, blocks } = bits;
  const members = new Int32Array(count(bits));
  let found = 0;
  for (let block = 0; block < blocks.length; block += 1) {
    if (blocks[block] === 0) continue;
    const end = blockLength * (block + 1);
    for (let at = end - blockLength; at < end; at += 1) {
      for (let word = words[at] ?? 0; word !== 0; word &= word - 1) {
        members[found] = (at << 5) + 31 - Math.clz32(word & -word);
        found += 1;
      }
    }
  }
  return members;
}

/** Keeps only the members for which a condition holds. */
export function keep({ words, blocks }: Bits, isKept: (member: number) => boolean): void {
  for (let block = 0; block < blocks.length; block += 1) {
    if (blocks[block] === 0) continue;
    const end = blockLength * (block + 1);
    let any = 0;
    for (let at = end - blockLength; at < end; at += 1) {
      let kept = words[at] ?? 0;
      for (let left = kept; left !== 0; left &= left - 1) {
        const bit = left & -left;
        if (!isKept((at << 5) + 31 - Math.clz32(bit))) kept &= ~bit;
      }
      words[at] = kept;
      any |= kept;
    }
    blocks[block] = any === 0 ? 0 : 1;
  }
}

/** Returns a copy with room for more members. */
export function widened(bits: Bits, universe: number): Bits {
  const wide = new Bits(universe);
  assign(wide, bits);
  return wide;
}
