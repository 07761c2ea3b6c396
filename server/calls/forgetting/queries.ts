import { sql } from 'drizzle-orm';
import type { Db } from '#db/client.ts';

const instant = (at: Date) => sql`${at.toISOString()}::timestamptz`;

/** Processes up to `limit` rows from before then, oldest first, and returns their number. Skips locked rows. */
export type Forget = (db: Db, before: Date, limit: number) => Promise<number>;

/** Erases phone numbers and hashed IP addresses of calls that ended before then. */
export const eraseNumbers: Forget = async (db, before, limit) => {
  const forgotten = await db.execute(sql`
    update calls set phone = null, address_hash = null
    where id in (select id from calls
      where state = 'closed' and phone is not null and ended_at < ${instant(before)}
      order by ended_at limit ${limit} for no key update skip locked)
    returning 1`);
  return forgotten.length;
};

/** Deletes processed callbacks received before then, because they contain phone numbers. */
export const deleteCallbacks: Forget = async (db, before, limit) => {
  const forgotten = await db.execute(sql`
    delete from call_webhooks
    where id in (select id from call_webhooks
      where worked_at is not null and received_at < ${instant(before)}
      order by received_at limit ${limit} for update skip locked)
    returning 1`);
  return forgotten.length;
};
