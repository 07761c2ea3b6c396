import { turn } from './time.ts';

/** The HTTP exchanges under way, so that virtual time waits for them. A key names an exchange. */
export interface Exchanges {
  begin(key: object): void;
  end(key: object): void;
  /** An exchange that itself waits for time does not count meanwhile. */
  hold<T>(key: object, waiting: Promise<T>): Promise<T>;
  readonly held: number;
  /** Resolves when none is under way, those that wait for time left aside. */
  quiet(): Promise<void>;
}

export function countExchanges(): Exchanges {
  const running = new Set<object>();
  const held = new Set<object>();
  let waiting: (() => void)[] = [];
  function stop(key: object): void {
    if (!running.delete(key) || running.size > 0) return;
    for (const wake of waiting) wake();
    waiting = [];
  }
  return {
    begin: (key) => void running.add(key),
    end(key) {
      held.delete(key);
      stop(key);
    },
    async hold(key, promise) {
      held.add(key);
      stop(key);
      const value = await promise;
      // Unless the other side gave up meanwhile.
      if (held.delete(key)) running.add(key);
      return value;
    },
    get held() {
      return held.size;
    },
    async quiet() {
      // An exchange that ends may begin another one in its next turn.
      for (let calm = 0; calm < 2; calm += 1) {
        await turn();
        if (running.size === 0) continue;
        calm = -1;
        await new Promise<void>((resolve) => waiting.push(resolve));
      }
    },
  };
}
