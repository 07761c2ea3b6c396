import { and, desc, eq, inArray, lt, ne, type SQL, sql } from 'drizzle-orm';
import type { Db } from '#db/client.ts';
import { callBacks } from '#db/tables/call-backs.ts';
import { calls } from '#db/tables/calls.ts';
import { offers, products } from '#db/tables/catalog.ts';
import { vendors } from '#db/tables/vendors.ts';
import { isUuid, rowId } from '#server/common/ids.ts';

export type CallBackRow = typeof callBacks.$inferSelect;
type NewCallBack = typeof callBacks.$inferInsert;
type Status = CallBackRow['status'];

/** The offer's id and vendor; null for none. A malformed id is an unknown one. */
export async function findOffer(db: Db, id: string): Promise<{ id: number; vendorId: number } | null> {
  const offerId = rowId(id);
  if (offerId === null) return null;
  const [offer] = await db
    .select({ id: offers.id, vendorId: offers.vendorId })
    .from(offers)
    .where(eq(offers.id, offerId));
  return offer ?? null;
}

export async function findByKey(db: Db, buyerId: string, key: string): Promise<CallBackRow | null> {
  const [row] = await db
    .select()
    .from(callBacks)
    .where(and(eq(callBacks.buyerId, buyerId), eq(callBacks.idempotencyKey, key)));
  return row ?? null;
}

const isOpen = inArray(callBacks.status, ['open', 'calling']);

/**
 * A new request; while this visitor has one open for the number and vendor, that one with what is said now. Null when
 * somebody else has.
 */
export async function askOrChange(
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
        idempotencyKey: sql`excluded.idempotency_key`,
      },
      setWhere: eq(callBacks.buyerId, asked.buyerId),
    })
    .returning({ id: callBacks.id, isNew: sql<boolean>`xmax = 0` });
  return row ?? null;
}

/** Call backs with what the visitor sees of them, latest first. One statement. */
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

/** Of the visitor, locked until the transaction ends; null for another's. */
export async function lockOwn(tx: Db, buyerId: string, id: string): Promise<CallBackRow | null> {
  return lock(tx, id, eq(callBacks.buyerId, buyerId));
}

/** Of the vendor, locked until the transaction ends; null for another's. */
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

export async function change(
  tx: Db,
  id: string,
  to: Partial<Pick<CallBackRow, 'status' | 'statusAt' | 'agentId' | 'attempts'>>,
): Promise<void> {
  await tx.update(callBacks).set(to).where(eq(callBacks.id, id));
}

/**
 * Counts an attempt that is over and changes the state, `tried` after `most` attempts, if it is one of `from`; what it
 * then is, else null. One statement: whoever changes it at the same time comes before or after.
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

/** The call that is being made for the visitor's request, if there is one. */
export async function findLiveCall(db: Db, buyerId: string, id: string): Promise<string | null> {
  const [call] = await db
    .select({ id: calls.id })
    .from(calls)
    .where(and(eq(calls.buyerId, buyerId), eq(calls.callBackId, id), ne(calls.state, 'closed')));
  return call?.id ?? null;
}

/** Cancels those of a number that are open or being called; returns the ids of their vendors. */
export async function cancelForPhone(tx: Db, phone: string, now: Date): Promise<number[]> {
  const cancelled = await tx
    .update(callBacks)
    .set({ status: 'cancelled', statusAt: now })
    .where(and(eq(callBacks.phone, phone), isOpen))
    .returning({ vendorId: callBacks.vendorId });
  return cancelled.map(({ vendorId }) => vendorId);
}

/** Expires open ones wanted before that; the ids of their vendors. */
export async function expireBefore(tx: Db, wantedBefore: Date, now: Date): Promise<number[]> {
  const expired = await tx
    .update(callBacks)
    .set({ status: 'expired', statusAt: now })
    .where(and(eq(callBacks.status, 'open'), lt(callBacks.wantedAt, wantedBefore)))
    .returning({ vendorId: callBacks.vendorId });
  return expired.map(({ vendorId }) => vendorId);
}

/** Erases numbers, names and notes of those closed before then, at most `limit`; skips locked ones. Returns how many. */
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
