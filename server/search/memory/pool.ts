type Chunk = Int32Array | Uint8Array;

const chunkBits = 22;
const chunkLength = 1 << chunkBits;
const chunkMask = chunkLength - 1;
const firstLength = 1_024;

/** Room is given out in these sizes, so that it can be given out again: at most a third of it is empty. */
const sizes = [1, 2, 3, 4, 6, 8];
while ((sizes.at(-1) ?? 0) < chunkLength) sizes.push(2 * (sizes.at(-2) ?? 0));

/** Instead of a size: no room but where the list would begin. */
const inline = -1;

function classFor(length: number): number {
  let size = length <= 8 ? 0 : 2 * (31 - Math.clz32(length)) - 3;
  while ((sizes[size] ?? 0) < length) size += 1;
  return size;
}

/** Returns how long an array becomes that is too short: the longer it is, the less room may stay empty. */
export const grownLength = (length: number): number => Math.ceil(length * (length < 100_000 ? 1.5 : 1.125));

/**
 * Lists of numbers by key, many and short, in few arrays. A list may change its length; what it leaves is used by others.
 * Read element `n` of a list as `chunkOf(key)[fromOf(key) + n]`.
 */
export class Lists<A extends Chunk> {
  readonly #create: (length: number) => A;
  readonly #chunks: A[];
  /** Where room of each size was left. */
  readonly #left: number[][] = sizes.map(() => []);
  /** Whether the only value of a list takes the place of where it would begin: most words are in one product. */
  readonly #isInline: boolean;
  #next = 0;
  #starts = new Int32Array(firstLength);
  #lengths = new Int32Array(firstLength);
  #classes = new Uint8Array(firstLength);

  constructor(create: (length: number) => A) {
    this.#create = create;
    this.#chunks = [create(firstLength)];
    this.#isInline = this.#chunks[0] instanceof Int32Array;
  }

  lengthOf(key: number): number {
    return this.#lengths[key] ?? 0;
  }

  /** Returns the array that holds a list. */
  chunkOf(key: number): A {
    if (this.#isInline && this.#lengths[key] === 1) return this.#starts as A;
    return this.#chunks[(this.#starts[key] ?? 0) >>> chunkBits] as A;
  }

  /** Returns where in its array a list begins. */
  fromOf(key: number): number {
    return this.#isInline && this.#lengths[key] === 1 ? key : (this.#starts[key] ?? 0) & chunkMask;
  }

  set(key: number, values: ArrayLike<number>, length = values.length): void {
    this.#resize(key, length, false);
    const chunk = this.chunkOf(key);
    const from = this.fromOf(key);
    for (let at = 0; at < length; at += 1) chunk[from + at] = values[at] ?? 0;
  }

  push(key: number, value: number): void {
    const length = this.lengthOf(key);
    this.#resize(key, length + 1, true);
    this.chunkOf(key)[this.fromOf(key) + length] = value;
  }

  /** Removes a value, and puts the last one in its place. */
  remove(key: number, value: number): boolean {
    const length = this.lengthOf(key);
    const chunk = this.chunkOf(key);
    const from = this.fromOf(key);
    for (let at = from; at < from + length; at += 1) {
      if (chunk[at] !== value) continue;
      chunk[at] = chunk[from + length - 1] ?? 0;
      this.#resize(key, length - 1, true);
      return true;
    }
    return false;
  }

  get bytes(): number {
    const own = this.#starts.byteLength + this.#lengths.byteLength + this.#classes.byteLength;
    return this.#chunks.reduce((sum, chunk) => sum + chunk.byteLength, own);
  }

  #resize(key: number, length: number, keeps: boolean): void {
    if (key >= this.#starts.length) this.#widen(key);
    const before = this.lengthOf(key);
    const had = this.#roomOf(key, before);
    const wanted = this.#isInline && length === 1 ? inline : classFor(length);
    // A shrinking list keeps its room until half of it is empty.
    if (before > 0 && length > 0 && wanted <= had && (wanted === had || (wanted >= 0 && wanted + 2 >= had))) {
      this.#lengths[key] = length;
      return;
    }
    const [chunk, from] = [this.chunkOf(key), this.fromOf(key)];
    const values = keeps ? chunk.slice(from, from + Math.min(before, length)) : null;
    if (before > 0 && had !== inline) this.#left[had]?.push(this.#starts[key] ?? 0);
    this.#lengths[key] = length;
    if (length === 0) return;
    if (wanted !== inline) {
      this.#starts[key] = this.#allocate(wanted);
      this.#classes[key] = wanted;
    }
    if (values) this.chunkOf(key).set(values, this.fromOf(key));
  }

  #roomOf(key: number, length: number): number {
    return this.#isInline && length === 1 ? inline : (this.#classes[key] ?? 0);
  }

  #allocate(size: number): number {
    const left = this.#left[size]?.pop();
    if (left !== undefined) return left;
    const length = sizes[size] ?? 0;
    if ((this.#next & chunkMask) + length > chunkLength) this.#next = (this.#next | chunkMask) + 1;
    const start = this.#next;
    this.#next += length;
    const at = start >>> chunkBits;
    const needed = (start & chunkMask) + length;
    const chunk = this.#chunks[at];
    if (!chunk) this.#chunks.push(this.#create(Math.max(needed, firstLength)));
    else if (chunk.length < needed) {
      const wider = this.#create(Math.min(chunkLength, Math.max(needed, grownLength(chunk.length))));
      wider.set(chunk);
      this.#chunks[at] = wider;
    }
    return start;
  }

  #widen(key: number): void {
    const length = Math.max(key + 1, grownLength(this.#starts.length));
    const copyInto = <T extends Int32Array | Uint8Array>(wide: T, former: T): T => {
      wide.set(former);
      return wide;
    };
    this.#starts = copyInto(new Int32Array(length), this.#starts);
    this.#lengths = copyInto(new Int32Array(length), this.#lengths);
    this.#classes = copyInto(new Uint8Array(length), this.#classes);
  }
}
