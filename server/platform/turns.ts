import type { Db } from '#db/client.ts';

/** Runs tasks with the same key one by one in this process. */
export type Turns = <T>(key: string, task: () => Promise<T>) => Promise<T>;

export function createTurns(): Turns {
  const last = new Map<string, Promise<unknown>>();
  return async (key, task) => {
    const before = last.get(key);
    const running = (async () => {
      await before?.catch(() => {});
      return task();
    })();
    last.set(key, running);
    try {
      return await running;
    } finally {
      if (last.get(key) === running) last.delete(key);
    }
  };
}

/**
 * Runs a transaction that waits for a contended lock, named by `key`. Queues before it takes a connection, so that only
 * one connection per process waits for that lock.
 */
export function transactionInTurn<T>(
  { db, turns }: { db: Db; turns: Turns },
  key: string,
  run: (tx: Db) => Promise<T>,
): Promise<T> {
  return turns(key, () => db.transaction(run));
}
