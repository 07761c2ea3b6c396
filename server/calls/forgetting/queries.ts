import { sql } from 'drizzle-orm';
import type { Db } from '#db/client.ts';

const instant = (at: Date) => sql`${at.toISOString()}::timestamptz`;

/** Takes the oldest `limit` rows before then and returns how many there were. Skips locked rows. */
export type Forget = (db: Db, before: Date, limit: number) => Promise<number>;

/** Erases the numbers of calls that ended before then, and the addresses they were started from. */
export const eraseNumbers: Forget = async (db, before, limit) => {
  const forgotten = await db.execute(sql`
    update calls set phone = null, address_hash = null
    where id in (select id from calls
      where state = 'closed' and phone is not null and ended_at < ${instant(before)}
      order by ended_at limit ${limit} for no key update skip locked)
    returning 1`);
  return forgotten.length;
};

/** Deletes processed callbacks received before then, with the numbers in them. */
export const deleteCallbacks: Forget = async (db, before, limit) => {
  const forgotten = await db.execute(sql`
    delete from call_webhooks
    where id in (select id from call_webhooks
      where worked_at is not null and received_at < ${instant(before)}
      order by received_at limit ${limit} for update skip locked)
    returning 1`);
  return forgotten.length;
};
