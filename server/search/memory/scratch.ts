import { assign, Bits, blocksFor, clear } from './bits.ts';

/** Of the sets of a search so many are kept for the next. */
const mostKept = 64;

/**
 * Sets that are needed until a search ends, and used again by the next: made new for each, they would fill the memory as
 * fast as it can be cleared.
 */
export class Scratch {
  #sets: Bits[] = [];
  #used = 0;
  #universe = 0;

  /** Begins a search. Sets that were taken before must not be used any more. */
  begin(universe: number): void {
    this.#used = 0;
    if (this.#sets.length > mostKept) this.#sets.length = mostKept;
    if (blocksFor(universe) === blocksFor(this.#universe)) return;
    this.#universe = universe;
    this.#sets = [];
  }

  empty(): Bits {
    const set = this.#next();
    clear(set);
    return set;
  }

  copyOf(bits: Bits): Bits {
    const copy = this.#next();
    assign(copy, bits);
    return copy;
  }

  get bytes(): number {
    return this.#sets.reduce((sum, { bytes }) => sum + bytes, 0);
  }

  #next(): Bits {
    const set = (this.#sets[this.#used] ??= new Bits(this.#universe));
    this.#used += 1;
    return set;
  }
}
