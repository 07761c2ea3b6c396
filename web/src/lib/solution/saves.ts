/**
 * The unfinished saves of a page by their owners, so that nobody leaves the page before they have arrived. `flush`
 * sends waiting changes at once and resolves with whether they were accepted.
 */
export function createSaves() {
  const waiting = new Map<string, () => Promise<boolean>>();
  return {
    begin(id: string, flush: () => Promise<boolean>): void {
      waiting.set(id, flush);
    },
    end(id: string): void {
      waiting.delete(id);
    },
    get pending(): boolean {
      return waiting.size > 0;
    },
    async flush(): Promise<boolean> {
      const accepted = await Promise.all([...waiting.values()].map((flush) => flush()));
      return accepted.every(Boolean);
    },
  };
}
export type Saves = ReturnType<typeof createSaves>;
