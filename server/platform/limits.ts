import { and, eq, gt, inArray, max, or, sql } from 'drizzle-orm';
import type { Db } from '#db/client.ts';
import { limitCounters } from '#db/tables/limits.ts';
import { refuse } from './errors.ts';

/** Counts `key` in the current window, across all processes. Returns the count. Refuses `too_many` past the limit. */
export async function countOrRefuse(
  db: Db,
  key: string,
  limit: { max: number; windowSeconds: number },
  now: Date,
): Promise<number> {
  const windowStart = windowStartAt(now, limit.windowSeconds);
  const [row] = await db
    .insert(limitCounters)
    .values({ key, windowStart, count: 1 })
    .onConflictDoUpdate({
      target: [limitCounters.key, limitCounters.windowStart],
      set: { count: sql`${limitCounters.count} + 1` },
    })
    .returning({ count: limitCounters.count });
  if (row && row.count > limit.max) {
    const retryAfterSeconds =
      limit.windowSeconds - Math.floor((now.getTime() - windowStart.getTime()) / 1000);
    throw refuse('too_many', { retryAfterSeconds });
  }
  return row?.count ?? 0;
}

/** Undoes one `countOrRefuse`. */
export async function uncount(db: Db, key: string, windowSeconds: number, now: Date): Promise<void> {
  await db
    .update(limitCounters)
    .set({ count: sql`${limitCounters.count} - 1` })
    .where(
      and(
        eq(limitCounters.key, key),
        eq(limitCounters.windowStart, windowStartAt(now, windowSeconds)),
        gt(limitCounters.count, 0),
      ),
    );
}

/** Counters by their names, and those whose names begin like this. */
export interface Counters {
  whole: readonly string[];
  begun: string;
}

const isOne = ({ whole, begun }: Counters) =>
  or(inArray(limitCounters.key, [...whole]), sql`starts_with(${limitCounters.key}, ${begun})`);

/** Begins to count from zero. */
export async function resetCounters(tx: Db, counters: Counters): Promise<void> {
  await tx.delete(limitCounters).where(isOne(counters));
}

/** Returns the highest of the counts in the current window; 0 without any. */
export async function highestCount(
  db: Db,
  counters: Counters,
  windowSeconds: number,
  now: Date,
): Promise<number> {
  const [row] = await db
    .select({ highest: max(limitCounters.count) })
    .from(limitCounters)
    .where(and(isOne(counters), eq(limitCounters.windowStart, windowStartAt(now, windowSeconds))));
  return row?.highest ?? 0;
}

function windowStartAt(now: Date, windowSeconds: number): Date {
  const windowMs = windowSeconds * 1000;
  return new Date(Math.floor(now.getTime() / windowMs) * windowMs);
}

/** Deletes counters older than two days. */
export async function deleteOldCounters(db: Db, now: Date): Promise<void> {
  const before = new Date(now.getTime() - 2 * 86_400_000);
  await db.delete(limitCounters).where(sql`${limitCounters.windowStart} < ${before.toISOString()}`);
}

/** Returns a counter of this process for reads, which don't justify a statement. */
export function createReadCounter(maxPerMinute: number): (address: string, now: Date) => boolean {
  let minute = 0;
  let counts = new Map<string, number>();
  return (address, now) => {
    const current = Math.floor(now.getTime() / 60_000);
    if (current !== minute) {
      minute = current;
      counts = new Map();
    }
    const count = (counts.get(address) ?? 0) + 1;
    counts.set(address, count);
    return count <= maxPerMinute;
  };
}
