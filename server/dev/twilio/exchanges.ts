import { turn } from './time.ts';

/** Tracks running HTTP exchanges by key, so that virtual time waits for them. */
export interface Exchanges {
  begin(key: object): void;
  end(key: object): void;
  /** Doesn't count an exchange while it waits for virtual time. */
  hold<T>(key: object, waiting: Promise<T>): Promise<T>;
  readonly held: number;
  /** Resolves when no exchange is running, except those that wait for virtual time. */
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
      // Unless the client has closed the connection.
      if (held.delete(key)) running.add(key);
      return value;
    },
    get held() {
      return held.size;
    },
    async quiet() {
      // The end of an exchange may begin another one in the next turn.
      for (let calm = 0; calm < 2; calm += 1) {
        await turn();
        if (running.size === 0) continue;
        calm = -1;
        await new Promise<void>((resolve) => waiting.push(resolve));
      }
    },
  };
}
