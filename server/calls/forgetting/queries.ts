import { sql } from 'drizzle-orm';
import type { Db } from '#db/client.ts';

const instant = (at: Date) => sql`${at.toISOString()}::timestamptz`;

/**
 * Each takes the oldest `limit` rows that are due and tells how many there were; a row under change is left for the next
 * time. The conditions are those of the partial indexes. One statement.
 */
export type Forget = (db: Db, before: Date, limit: number) => Promise<number>;

/** Numbers of calls that ended before then, and from where they were asked for. */
export const numbersOfCalls: Forget = async (db, before, limit) => {
  const forgotten = await db.execute(sql`
    update calls set phone = null, address_hash = null
    where id in (select id from calls
      where state = 'closed' and phone is not null and ended_at < ${instant(before)}
      order by ended_at limit ${limit} for no key update skip locked)
    returning 1`);
  return forgotten.length;
};

/** What the telephone company told us before then, with the numbers in it; not what is still to be worked. */
export const webhooks: Forget = async (db, before, limit) => {
  const forgotten = await db.execute(sql`
    delete from call_webhooks
    where id in (select id from call_webhooks
      where worked_at is not null and received_at < ${instant(before)}
      order by received_at limit ${limit} for update skip locked)
    returning 1`);
  return forgotten.length;
};
