/** Who plays which phones. A phone is played as long as anybody holds it. */
export interface Holders {
  hold(number: string, holder: string | undefined): void;
  /** Without a holder: releases it from any holder. */
  release(number: string, holder: string | undefined): void;
  /** A page that listens keeps its phones; the answer ends the listening. */
  listen(holder: string): () => void;
  stop(): void;
}

// Long enough for a reload, short enough that a closed page doesn't leave a phone unanswered.
const graceMs = 10_000;

/** Those who name no holder, such as scripts, hold until they say otherwise. */
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
