import type { Db } from '#db/client.ts';
import { type AttemptEnd, storeEnds } from './deliveries.ts';

interface Waiting {
  end: AttemptEnd;
  resolve: () => void;
  reject: (reason: unknown) => void;
}

/**
 * Returns a function that stores how an attempt ended. What ends while one statement runs is stored by the next one, so
 * that nothing waits for others to end, and a crash repeats no more mails than were just acknowledged. Tries each end
 * once more by itself when a statement fails: one that can't be stored must not make other mails go out twice.
 */
export function createStoring(db: Db): (end: AttemptEnd) => Promise<void> {
  let waiting: Waiting[] = [];
  let isStoring = false;

  async function storeAll(): Promise<void> {
    isStoring = true;
    while (waiting.length > 0) {
      const batch = waiting;
      waiting = [];
      try {
        await storeEnds(
          db,
          batch.map(({ end }) => end),
        );
        for (const { resolve } of batch) resolve();
      } catch {
        // A deadlock is over by then, too.
        await Promise.all(batch.map(({ end, ...own }) => storeEnds(db, [end]).then(own.resolve, own.reject)));
      }
    }
    isStoring = false;
  }
  return (end) =>
    new Promise((resolve, reject) => {
      waiting.push({ end, resolve, reject });
      if (!isStoring) void storeAll();
    });
}
