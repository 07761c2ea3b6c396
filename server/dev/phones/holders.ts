/** Tracks which pages operate which phones. A phone stays open while anybody holds it. */
export interface Holders {
  hold(number: string, holder: string | undefined): void;
  /** Without a holder: releases the phone from all holders. */
  release(number: string, holder: string | undefined): void;
  /** Keeps a page's phones while it listens. Returns a function that ends the listening. */
  listen(holder: string): () => void;
  stop(): void;
}

// Long enough for a reload, short enough that a closed page's phones answer by themselves again.
const graceMs = 10_000;

/** The holder of callers without a name, such as scripts, which hold until they release. */
const forever = '';

export function createHolders(phones: { open(number: string): void; close(number: string): void }): Holders {
  const held = new Map<string, Set<string>>();
  const listening = new Map<string, number>();
  const graceTimers = new Map<string, ReturnType<typeof setTimeout>>();

  function releaseFrom(number: string, holder: string): void {
    const holders = held.get(number);
    if (!holders?.delete(holder) || holders.size > 0) return;
    held.delete(number);
    phones.close(number);
  }

  function releaseAfterGrace(holder: string): void {
    clearTimeout(graceTimers.get(holder));
    const timer = setTimeout(() => {
      graceTimers.delete(holder);
      for (const number of [...held.keys()]) releaseFrom(number, holder);
    }, graceMs);
    timer.unref();
    graceTimers.set(holder, timer);
  }

  return {
    hold(number, holder = forever) {
      const holders = held.get(number) ?? new Set();
      held.set(number, holders.add(holder));
      if (holder !== forever && !listening.has(holder)) releaseAfterGrace(holder);
      phones.open(number);
    },
    release(number, holder) {
      const holders = holder === undefined ? [...(held.get(number) ?? [])] : [holder];
      for (const one of holders) releaseFrom(number, one);
    },
    listen(holder) {
      clearTimeout(graceTimers.get(holder));
      graceTimers.delete(holder);
      listening.set(holder, (listening.get(holder) ?? 0) + 1);
      return () => {
        const left = (listening.get(holder) ?? 1) - 1;
        if (left > 0) return void listening.set(holder, left);
        listening.delete(holder);
        releaseAfterGrace(holder);
      };
    },
    stop() {
      for (const timer of graceTimers.values()) clearTimeout(timer);
    },
  };
}
