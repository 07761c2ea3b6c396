import { createHash } from 'node:crypto';
import { inArray, sql } from 'drizzle-orm';
import type { Db } from '#db/client.ts';
import { deliveries, mailAllowances, waitingMails } from '#db/tables/deliveries.ts';

/** The most mails of some kinds that one address gets within an hour. */
export interface MailCap {
  name: string;
  most: number;
}

interface CappedMail {
  deliveryId: string;
  cap: MailCap;
  email: string;
}

const hourMs = 3_600_000;

/**
 * Counts mails against their caps and lets those beyond wait for the next full hour. Returns the ids of these. Exact
 * across processes: the counting transaction keeps the address's row locked.
 */
export async function holdBeyondCaps(
  tx: Db,
  mails: readonly CappedMail[],
  at: Date,
): Promise<ReadonlySet<string>> {
  const byKey = Map.groupBy(mails, ({ cap, email }) => keyOf(cap, email));
  if (byKey.size === 0) return new Set();
  const wanted = [...byKey].map(([key, own]) => ({ key, count: own.length, most: own[0]!.cap.most }));
  const granted = await takeAllowances(tx, wanted, at);
  const held = [...byKey].flatMap(([key, own]) =>
    own.slice(granted.get(key) ?? 0).map(({ deliveryId }) => ({ deliveryId, key, goesOutAt: nextHour(at) })),
  );
  if (held.length === 0) return new Set();
  const ids = held.map(({ deliveryId }) => deliveryId);
  await tx.update(deliveries).set({ status: 'waiting' }).where(inArray(deliveries.id, ids));
  await tx.insert(waitingMails).values(held);
  return new Set(ids);
}

/** Addresses are hashed, as counters outlive what they count. */
function keyOf({ name }: MailCap, email: string): string {
  return `${name}:${createHash('sha256').update(email.toLowerCase()).digest('base64url')}`;
}

/** Returns the full hour after `at`. */
export const nextHour = (at: Date): Date => new Date((Math.floor(at.getTime() / hourMs) + 1) * hourMs);

/** Returns how many of the wanted mails may go out now, by key. Locks in the order of keys, to avoid deadlocks. */
async function takeAllowances(
  tx: Db,
  wanted: readonly { key: string; count: number; most: number }[],
  at: Date,
): Promise<Map<string, number>> {
  const now = sql`${at.toISOString()}::timestamptz`;
  const since = sql`${new Date(at.getTime() - hourMs).toISOString()}::timestamptz`;
  const rows = await tx.execute<{ key: string; granted: number }>(sql`
    insert into mail_allowances as a (key, most, mailed_at, granted)
    select key, most, array_fill(${now}, array[least(count, most)]), least(count, most)
    from jsonb_to_recordset(${JSON.stringify(wanted)}::jsonb) as w (key text, count int, most int)
    order by key
    on conflict (key) do update set most = excluded.most, (mailed_at, granted) = (
      select recent.times || array_fill(${now}, array[allowed.count]), allowed.count
      from (select coalesce(array_agg(t order by t), '{}') as times from unnest(a.mailed_at) t
            where t > ${since}) as recent,
        lateral (select greatest(0, least(excluded.granted, excluded.most - cardinality(recent.times)))
                 as count) as allowed)
    returning key, granted`);
  return new Map(rows.map(({ key, granted }) => [key, granted]));
}

/** Deletes allowances that count nothing any more. */
export async function deleteOldAllowances(db: Db, now: Date): Promise<void> {
  const before = new Date(now.getTime() - 2 * hourMs).toISOString();
  await db.delete(mailAllowances).where(sql`not ${before}::timestamptz < any(${mailAllowances.mailedAt})`);
}
