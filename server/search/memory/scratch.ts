import { type Bits, wordsFor } from './bits.ts';

/** Of the sets of a search so many are kept for the next. */
const mostKept = 64;

/**
 * Sets that are needed until a search ends, and used again by the next: made new for each, they would fill the memory as
 * fast as it can be cleared.
 */
export class Scratch {
  #sets: Bits[] = [];
  #used = 0;
  #length = 0;

  /** Begins a search. Sets that were taken before must not be used any more. */
  begin(universe: number): void {
    this.#used = 0;
    if (this.#sets.length > mostKept) this.#sets.length = mostKept;
    if (wordsFor(universe) === this.#length) return;
    this.#length = wordsFor(universe);
    this.#sets = [];
  }

  empty(): Bits {
    return this.#next().fill(0);
  }

  copyOf(bits: Bits): Bits {
    const copy = this.#next();
    copy.set(bits.length > copy.length ? bits.subarray(0, copy.length) : bits);
    if (bits.length < copy.length) copy.fill(0, bits.length);
    return copy;
  }

  get bytes(): number {
    return 4 * this.#length * this.#sets.length;
  }

  #next(): Bits {
    const set = (this.#sets[this.#used] ??= new Uint32Array(this.#length));
    this.#used += 1;
    return set;
  }
}
