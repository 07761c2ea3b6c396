import { and, desc, eq, gt, inArray, isNotNull, isNull, ne, notExists, or, sql } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import type { Db } from '#db/client.ts';
import { callLegs, calls } from '#db/tables/calls.ts';
import { liveOffers, offers, products } from '#db/tables/catalog.ts';
import { callRatings } from '#db/tables/ratings.ts';
import { agents } from '#db/tables/agents.ts';
import { vendors } from '#db/tables/vendors.ts';
import { isUuid, rowId } from '#server/common/ids.ts';
import { announcing } from '#server/platform/realtime.ts';

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

export async function isVendor(db: Db, vendorId: number): Promise<boolean> {
  const found = await db.select({ id: vendors.id }).from(vendors).where(eq(vendors.id, vendorId));
  return found.length > 0;
}

export type StoredCall = typeof calls.$inferSelect;

/** Returns the buyer's live call, of which there is at most one. */
export async function findLiveCall(db: Db, buyerId: string): Promise<StoredCall | null> {
  const [call] = await db
    .select()
    .from(calls)
    .where(and(eq(calls.buyerId, buyerId), ne(calls.state, 'closed')));
  return call ?? null;
}

/** Returns the state of an existing call. */
export async function stateOf(db: Db, callId: string): Promise<StoredCall['state']> {
  const [call] = await db.select({ state: calls.state }).from(calls).where(eq(calls.id, callId));
  if (!call) throw new Error('a call vanished');
  return call.state;
}

/** Moves a guest's live call to a buyer, unless they have one, because only one is allowed. */
export async function moveLiveCall(tx: Db, guestId: string, buyerId: string): Promise<void> {
  const isLive = ne(calls.state, 'closed');
  const other = alias(calls, 'other');
  const inAnother = tx
    .select({ id: other.id })
    .from(other)
    .where(and(eq(other.buyerId, buyerId), ne(other.state, 'closed')));
  await tx
    .update(calls)
    .set({ buyerId })
    .where(and(eq(calls.buyerId, guestId), isLive, notExists(inAnother)))
    .returning({ announced: announcing(sql`'call:' || ${calls.id}`) });
}

const seenColumns = {
  call: calls,
  vendor: {
    id: vendors.id,
    name: vendors.name,
    slug: vendors.slug,
    ratingCount: vendors.ratingCount,
    ratingTotal: vendors.ratingTotal,
  },
  product: { id: products.id, code: products.code, name: products.name },
  rating: { line: callRatings.line, agent: callRatings.agent, comment: callRatings.comment },
};

function selectSeen(db: Db) {
  return db
    .select(seenColumns)
    .from(calls)
    .innerJoin(vendors, eq(vendors.id, calls.vendorId))
    .innerJoin(offers, eq(offers.id, calls.offerId))
    .innerJoin(products, eq(products.id, offers.productId))
    .leftJoin(callRatings, eq(callRatings.callId, calls.id));
}
export type SeenCall = Awaited<ReturnType<typeof selectSeen>>[number];

/** Returns the buyer's own call. */
export async function findOwn(db: Db, buyerId: string, id: string): Promise<SeenCall | null> {
  if (!isUuid(id)) return null;
  const [row] = await selectSeen(db).where(and(eq(calls.id, id), eq(calls.buyerId, buyerId)));
  return row ?? null;
}

/** Returns the buyer's live call, or their last unrated conversation that ended after `endedSince`. */
export async function findCurrent(db: Db, buyerId: string, endedSince: Date): Promise<SeenCall | null> {
  const isUnrated = and(
    eq(calls.outcome, 'completed'),
    gt(calls.talkSeconds, 0),
    gt(calls.endedAt, endedSince),
    sql`${callRatings.callId} is null`,
  );
  const [row] = await selectSeen(db)
    .where(and(eq(calls.buyerId, buyerId), or(ne(calls.state, 'closed'), isUnrated)))
    .orderBy(desc(calls.requestedAt))
    .limit(1);
  return row ?? null;
}

/** Returns the agents' legs of a call with their agents, in the order tried. */
export function agentLegs(db: Db, callId: string) {
  return db
    .select({
      leg: callLegs,
      agent: { id: agents.id, name: agents.name, kind: agents.kind, languages: agents.languages },
    })
    .from(callLegs)
    .innerJoin(agents, eq(agents.id, callLegs.agentId))
    .where(eq(callLegs.callId, callId))
    .orderBy(callLegs.id);
}
export type SeenLeg = Awaited<ReturnType<typeof agentLegs>>[number];

/** Returns the agents of these vendors with whom the buyer had a conversation, the latest first. */
export async function spokenWith(db: Db, buyerId: string, vendorIds: readonly number[]) {
  if (vendorIds.length === 0) return [];
  return db
    .select({
      agentId: agents.id,
      vendorId: agents.vendorId,
      name: agents.name,
      email: agents.email,
      kind: agents.kind,
      locale: agents.locale,
      languages: agents.languages,
    })
    .from(calls)
    .innerJoin(agents, eq(agents.id, calls.agentId))
    .where(
      and(
        eq(calls.buyerId, buyerId),
        inArray(calls.vendorId, [...vendorIds]),
        eq(agents.vendorId, calls.vendorId),
        isNotNull(calls.answeredAt),
      ),
    )
    .groupBy(agents.id)
    .orderBy(desc(sql`max(${calls.answeredAt})`));
}

/** Marks the agent's missed calls as seen. Returns whether there were any new ones. */
export async function markMissedSeen(tx: Db, agentId: number, at: Date): Promise<boolean> {
  const seen = await tx
    .update(callLegs)
    .set({ seenAt: at })
    .where(
      and(
        eq(callLegs.agentId, agentId),
        eq(callLegs.role, 'agent'),
        isNull(callLegs.seenAt),
        inArray(callLegs.result, ['no_answer', 'silent', 'busy', 'unreachable']),
      ),
    )
    .returning({ id: callLegs.id });
  return seen.length > 0;
}
