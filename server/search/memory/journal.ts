const mostNoted = 8_192;

/** The last changes, so that what was computed before them is mended instead of computed again. */
export class Journal {
  #slots: number[] = [];
  #first = 0;

  /** The number of changes so far. */
  get version(): number {
    return this.#first + this.#slots.length;
  }

  note(slot: number): void {
    this.#slots.push(slot);
    if (this.#slots.length < 2 * mostNoted) return;
    this.#slots = this.#slots.slice(mostNoted);
    this.#first += mostNoted;
  }

  /** Makes everything that was computed before outdated. */
  forget(): void {
    this.#first += this.#slots.length + 1;
    this.#slots = [];
  }

  /** Returns the slots that changed since a version; null if that isn't known any more. */
  since(version: number): ReadonlySet<number> | null {
    if (version < this.#first) return null;
    return new Set(this.#slots.slice(version - this.#first));
  }
}
