/** As long as the queue lets a mail's job run. */
const keptMs = 15 * 60_000;
const mostKept = 10_000;

/** The addresses that were refused for good since mails to them were read. */
export interface Refusals {
  add(email: string): void;
  /** `since`: milliseconds of the same clock. What was refused before, the database knows, or has been allowed again. */
  hasSince(email: string, since: number): boolean;
}

/** Keeps the latest refusals of this process. `now`: milliseconds. */
export function createRefusals(now: () => number): Refusals {
  const latest = new Map<string, number>();
  return {
    add(email) {
      const key = email.toLowerCase();
      // To the end, so that the oldest is the first.
      latest.delete(key);
      latest.set(key, now());
      for (const [oldest, at] of latest) {
        if (latest.size <= mostKept && now() - at <= keptMs) break;
        latest.delete(oldest);
      }
    },
    hasSince: (email, since) => (latest.get(email.toLowerCase()) ?? -Infinity) >= since,
  };
}
