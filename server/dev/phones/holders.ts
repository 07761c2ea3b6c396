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
  const leaving = new Map<string, ReturnType<typeof setTimeout>>();

  function letGo(number: string, holder: string): void {
    const holders = held.get(number);
    if (!holders?.delete(holder) || holders.size > 0) return;
    held.delete(number);
    phones.close(number);
  }

  function leaveSoon(holder: string): void {
    clearTimeout(leaving.get(holder));
    const timer = setTimeout(() => {
      leaving.delete(holder);
      for (const number of [...held.keys()]) letGo(number, holder);
    }, graceMs);
    timer.unref();
    leaving.set(holder, timer);
  }

  return {
    hold(number, holder = forever) {
      const holders = held.get(number) ?? new Set();
      held.set(number, holders.add(holder));
      if (holder !== forever && !listening.has(holder)) leaveSoon(holder);
      phones.open(number);
    },
    release(number, holder) {
      const holders = holder === undefined ? [...(held.get(number) ?? [])] : [holder];
      for (const one of holders) letGo(number, one);
    },
    listen(holder) {
      clearTimeout(leaving.get(holder));
      leaving.delete(holder);
      listening.set(holder, (listening.get(holder) ?? 0) + 1);
      return () => {
        const left = (listening.get(holder) ?? 1) - 1;
        if (left > 0) return void listening.set(holder, left);
        listening.delete(holder);
        leaveSoon(holder);
      };
    },
    stop() {
      for (const timer of leaving.values()) clearTimeout(timer);
    },
  };
}
