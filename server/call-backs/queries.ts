import { and, desc, eq, inArray, lt, ne, type SQL, sql } from 'drizzle-orm';
import type { Db } from '#db/client.ts';
import { callBacks } from '#db/tables/call-backs.ts';
import { calls } from '#db/tables/calls.ts';
import { liveOffers, offers, products } from '#db/tables/catalog.ts';
import { vendors } from '#db/tables/vendors.ts';
import { isUuid, rowId } from '#server/common/ids.ts';

export type CallBackRow = typeof callBacks.$inferSelect;
type NewCallBack = typeof callBacks.$inferInsert;
type Status = CallBackRow['status'];

/** Returns a live offer's id and vendor; null if the id is unknown or malformed. */
export async function findOffer(db: Db, id: string): Promise<{ id: number; vendorId: number } | null> {
  const offerId = rowId(id);
  if (offerId === null) return null;
  const [offer] = await db
    .select({ id: liveOffers.id, vendorId: liveOffers.vendorId })
    .from(liveOffers)
    .where(eq(liveOffers.id, offerId));
  return offer ?? null;
}

const isOpen = inArray(callBacks.status, ['open', 'calling']);

/** Inserts a call-back, or changes the buyer's open one for the number and vendor. Null if another buyer has one. */
export async function insertOrChange(
  tx: Db,
  asked: NewCallBack,
): Promise<{ id: string; isNew: boolean } | null> {
  const [row] = await tx
    .insert(callBacks)
    .values(asked)
    .onConflictDoUpdate({
      target: [callBacks.phone, callBacks.vendorId],
      targetWhere: isOpen,
      set: {
        wantedAt: asked.wantedAt,
        note: sql`excluded.note`,
        name: sql`excluded.name`,
        kind: sql`case when ${callBacks.status} = 'open' then excluded.kind else ${callBacks.kind} end`,
        offerId: sql`case when ${callBacks.status} = 'open' then excluded.offer_id else ${callBacks.offerId} end`,
      },
      setWhere: eq(callBacks.buyerId, asked.buyerId),
    })
    .returning({ id: callBacks.id, isNew: sql<boolean>`xmax = 0` });
  return row ?? null;
}

/** Selects call-backs with all that their buyer sees. */
function selectSeen(db: Db) {
  return db
    .select({
      callBack: callBacks,
      vendor: {
        id: vendors.id,
        name: vendors.name,
        slug: vendors.slug,
        timeZone: vendors.timeZone,
        ratingCount: vendors.ratingCount,
        ratingTotal: vendors.ratingTotal,
      },
      product: { id: products.id, code: products.code, name: products.name },
      callId: sql<string | null>`(select c.id from calls c where c.call_back_id = ${callBacks.id}
        and c.buyer_id = ${callBacks.buyerId} order by c.requested_at desc limit 1)`,
      total: sql<number>`count(*) over ()`.mapWith(Number),
    })
    .from(callBacks)
    .innerJoin(vendors, eq(vendors.id, callBacks.vendorId))
    .innerJoin(offers, eq(offers.id, callBacks.offerId))
    .innerJoin(products, eq(products.id, offers.productId));
}
export type SeenCallBack = Awaited<ReturnType<typeof selectSeen>>[number];

export async function findOwn(db: Db, buyerId: string, id: string): Promise<SeenCallBack | null> {
  if (!isUuid(id)) return null;
  const [row] = await selectSeen(db).where(and(eq(callBacks.id, id), eq(callBacks.buyerId, buyerId)));
  return row ?? null;
}

export async function listOwn(
  db: Db,
  buyerId: string,
  { page, perPage }: { page: number; perPage: number },
): Promise<SeenCallBack[]> {
  return selectSeen(db)
    .where(eq(callBacks.buyerId, buyerId))
    .orderBy(desc(callBacks.createdAt), desc(callBacks.id))
    .limit(perPage)
    .offset((page - 1) * perPage);
}

/** Locks a call-back; null if it isn't this buyer's. */
export async function lockOwn(tx: Db, buyerId: string, id: string): Promise<CallBackRow | null> {
  return lock(tx, id, eq(callBacks.buyerId, buyerId));
}

/** Locks a call-back; null if it isn't for this vendor. */
export async function lockOfVendor(tx: Db, id: string, vendorId: number): Promise<CallBackRow | null> {
  return lock(tx, id, eq(callBacks.vendorId, vendorId));
}

export async function findOfVendor(db: Db, id: string, vendorId: number): Promise<CallBackRow | null> {
  if (!isUuid(id)) return null;
  const [row] = await db
    .select()
    .from(callBacks)
    .where(and(eq(callBacks.id, id), eq(callBacks.vendorId, vendorId)));
  return row ?? null;
}

async function lock(tx: Db, id: string, condition: SQL): Promise<CallBackRow | null> {
  if (!isUuid(id)) return null;
  const [row] = await tx
    .select()
    .from(callBacks)
    .where(and(eq(callBacks.id, id), condition))
    .for('update');
  return row ?? null;
}

export async function updateCallBack(
  tx: Db,
  id: string,
  to: Partial<Pick<CallBackRow, 'status' | 'statusAt' | 'agentId' | 'attempts'>>,
): Promise<void> {
  await tx.update(callBacks).set(to).where(eq(callBacks.id, id));
}

/**
 * Counts an attempt and sets the status to `to`, or to `tried` after `most` attempts. Returns the new status; null, with
 * nothing written, if the status wasn't in `from`.
 */
export async function countAttempt(
  tx: Db,
  id: string,
  { from, to, tried }: { from: readonly Status[]; to: Status; tried: Status },
  most: number,
  now: Date,
): Promise<{ status: Status; vendorId: number } | null> {
  const attempts = sql`${callBacks.attempts} + 1`;
  const status = sql`case when ${attempts} >= ${most} then ${tried} else ${to} end`;
  const [changed] = await tx
    .update(callBacks)
    .set({ status, attempts, statusAt: now })
    .where(and(eq(callBacks.id, id), inArray(callBacks.status, [...from])))
    .returning({ status: callBacks.status, vendorId: callBacks.vendorId });
  return changed ?? null;
}

/** Returns the id of the live call for this call-back, or null. */
export async function findLiveCall(db: Db, buyerId: string, id: string): Promise<string | null> {
  const [call] = await db
    .select({ id: calls.id })
    .from(calls)
    .where(and(eq(calls.buyerId, buyerId), eq(calls.callBackId, id), ne(calls.state, 'closed')));
  return call?.id ?? null;
}

/** Cancels the open call-backs of a number. Returns the ids of their vendors. */
export async function cancelForPhone(tx: Db, phone: string, now: Date): Promise<number[]> {
  const cancelled = await tx
    .update(callBacks)
    .set({ status: 'cancelled', statusAt: now })
    .where(and(eq(callBacks.phone, phone), isOpen))
    .returning({ vendorId: callBacks.vendorId });
  return cancelled.map(({ vendorId }) => vendorId);
}

/** Expires open call-backs with an earlier time. Returns the ids of their vendors. */
export async function expireBefore(tx: Db, wantedBefore: Date, now: Date): Promise<number[]> {
  const expired = await tx
    .update(callBacks)
    .set({ status: 'expired', statusAt: now })
    .where(and(eq(callBacks.status, 'open'), lt(callBacks.wantedAt, wantedBefore)))
    .returning({ vendorId: callBacks.vendorId });
  return expired.map(({ vendorId }) => vendorId);
}

/** Erases numbers, names and notes of up to `limit` call-backs closed before then, skipping locked ones. Returns how many. */
export async function forgetClosed(db: Db, before: Date, limit: number): Promise<number> {
  const forgotten = await db.execute(sql`
    update call_backs set phone = null, name = '', note = ''
    where id in (select id from call_backs
      where status not in ('open', 'calling') and phone is not null and status_at < ${before.toISOString()}
      order by status_at limit ${limit} for no key update skip locked)
    returning 1`);
  return forgotten.length;
}

/** Returns null for an unknown call-back. */
export async function statusOf(db: Db, id: string) {
  const [found] = await db.select({ status: callBacks.status }).from(callBacks).where(eq(callBacks.id, id));
  return found?.status ?? null;
}
