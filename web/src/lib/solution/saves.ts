/**
 * Changes on their way to the service, by whom they belong to: so that nobody leaves a page before they have arrived.
 * `flush` sends at once what still waits and answers whether it was accepted.
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
