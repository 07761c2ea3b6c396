const pageBits = 12;
const pageLength = 1 << pageBits;

/** Gives products small numbers, and gives those of removed ones to others. Ids are paged, because a Map takes ten times the room. */
export class Slots {
  readonly #pages = new Map<number, Int32Array>();
  readonly #left: number[] = [];
  #next = 0;

  /** Returns the slot of an id; -1 if it has none. */
  slotOf(id: number): number {
    return (this.#pages.get(Math.floor(id / pageLength))?.[id % pageLength] ?? 0) - 1;
  }

  /** Gives an id a slot. */
  take(id: number): number {
    const slot = this.#left.pop() ?? this.#next;
    if (slot === this.#next) this.#next += 1;
    const number = Math.floor(id / pageLength);
    const page = this.#pages.get(number) ?? new Int32Array(pageLength);
    this.#pages.set(number, page);
    page[id % pageLength] = slot + 1;
    return slot;
  }

  leave(id: number): void {
    const page = this.#pages.get(Math.floor(id / pageLength));
    const slot = (page?.[id % pageLength] ?? 0) - 1;
    if (!page || slot < 0) return;
    page[id % pageLength] = 0;
    this.#left.push(slot);
  }

  /** The number of slots that were ever taken. */
  get taken(): number {
    return this.#next;
  }

  get count(): number {
    return this.#next - this.#left.length;
  }

  get bytes(): number {
    return 4 * pageLength * this.#pages.size;
  }
}
