import { and, asc, eq, gt, inArray, isNotNull, isNull, lte, ne, sql } from 'drizzle-orm';
import type { Db } from '#db/client.ts';
import { callEvents, callLegs, calls, callWebhooks } from '#db/tables/calls.ts';
import { offers, products } from '#db/tables/catalog.ts';
import { agents } from '#db/tables/agents.ts';
import { vendors } from '#db/tables/vendors.ts';
import type { Leg } from './leg-status.ts';

export type CallRow = typeof calls.$inferSelect;
export type NewCall = typeof calls.$inferInsert;
export type CallEventRow = typeof callEvents.$inferInsert;

/** Locks and returns a call. */
export async function lockCall(tx: Db, callId: string): Promise<CallRow | null> {
  const [call] = await tx.select().from(calls).where(eq(calls.id, callId)).for('no key update');
  return call ?? null;
}

/** Returns a call's legs, oldest first. */
export function legsOf(db: Db, callId: string): Promise<Leg[]> {
  return db.select().from(callLegs).where(eq(callLegs.callId, callId)).orderBy(asc(callLegs.id));
}

/** Locks and returns a call's legs, oldest first. */
export function lockLegs(tx: Db, callId: string): Promise<Leg[]> {
  return tx
    .select()
    .from(callLegs)
    .where(eq(callLegs.callId, callId))
    .orderBy(asc(callLegs.id))
    .for('no key update');
}

export async function callOfLeg(db: Db, legId: string): Promise<string | null> {
  const [leg] = await db.select({ callId: callLegs.callId }).from(callLegs).where(eq(callLegs.id, legId));
  return leg?.callId ?? null;
}

/** Inserts a call. Returns null if its buyer or number is in another one, by unique indexes. */
export async function insertCall(tx: Db, call: NewCall): Promise<CallRow | null> {
  const [inserted] = await tx.insert(calls).values(call).onConflictDoNothing().returning();
  return inserted ?? null;
}

/** Updates a call. Throws if its version has changed since it was loaded. */
export async function updateCall(tx: Db, { id, ...call }: CallRow, loadedVersion: number): Promise<void> {
  const updated = await tx
    .update(calls)
    .set(call)
    .where(and(eq(calls.id, id), eq(calls.version, loadedVersion)))
    .returning({ id: calls.id });
  if (updated.length !== 1) throw new Error('the call changed meanwhile');
}

export async function updateLeg(tx: Db, { id, ...leg }: Leg): Promise<void> {
  await tx.update(callLegs).set(leg).where(eq(callLegs.id, id));
}

export async function insertEvents(tx: Db, rows: CallEventRow[]): Promise<void> {
  if (rows.length > 0) await tx.insert(callEvents).values(rows);
}

/**
 * Reserves the agent for the call. Returns null if they are in another one, by a unique index: a concurrent reservation
 * waits for the first one's commit.
 */
export async function reserveAgent(tx: Db, callId: string, agentId: number, now: Date): Promise<Leg | null> {
  const [leg] = await tx
    .insert(callLegs)
    .values({ callId, role: 'agent', agentId, status: 'waiting', createdAt: now })
    .onConflictDoNothing()
    .returning();
  return leg ?? null;
}

/** Inserts the buyer's leg, of which a call has one. */
export async function insertVisitorLeg(tx: Db, callId: string, now: Date): Promise<Leg> {
  const [leg] = await tx
    .insert(callLegs)
    .values({ callId, role: 'visitor', status: 'waiting', createdAt: now })
    .returning();
  if (!leg) throw new Error('the database returned no leg');
  return leg;
}

export async function agentPhone(db: Db, agentId: number): Promise<{ phone: string | null; locale: string }> {
  const [agent] = await db
    .select({ phone: agents.phone, locale: agents.locale })
    .from(agents)
    .where(eq(agents.id, agentId));
  return agent ?? { phone: null, locale: 'en' };
}

/** Returns calls past their deadline, the longest overdue first. */
export function overdueCalls(
  db: Db,
  now: Date,
  limit: number,
): Promise<Pick<CallRow, 'id' | 'state' | 'deadlineAt' | 'version'>[]> {
  return db
    .select({ id: calls.id, state: calls.state, deadlineAt: calls.deadlineAt, version: calls.version })
    .from(calls)
    .where(and(ne(calls.state, 'closed'), lte(calls.deadlineAt, now)))
    .orderBy(asc(calls.deadlineAt))
    .limit(limit);
}

/** Returns running conversations, each once in `every` seconds if called every `window` seconds. */
export async function bridgedInTurn(db: Db, now: Date, every: number, window: number): Promise<string[]> {
  const age = sql`extract(epoch from ${now.toISOString()}::timestamptz - ${calls.stateAt})`;
  const isInTurn = sql`${age} >= ${every}::numeric and mod(${age}, ${every}::numeric) < ${window}::numeric`;
  const rows = await db
    .select({ callId: calls.id })
    .from(calls)
    .where(and(eq(calls.state, 'bridged'), isInTurn));
  return rows.map(({ callId }) => callId);
}

/** Releases agents whose `pinnedUntil` has passed. Skips locked legs. */
export function releaseDue(tx: Db, now: Date) {
  const isDue = and(
    isNull(callLegs.releasedAt),
    isNotNull(callLegs.pinnedUntil),
    lte(callLegs.pinnedUntil, now),
  );
  const due = tx
    .select({ id: callLegs.id })
    .from(callLegs)
    .where(isDue)
    .for('no key update', { skipLocked: true });
  return tx.update(callLegs).set({ releasedAt: now }).where(inArray(callLegs.id, due)).returning({
    callId: callLegs.callId,
    agentId: callLegs.agentId,
    sid: callLegs.sid,
    status: callLegs.status,
  });
}

/** Inserts a status callback. Returns null for a repetition. */
export async function insertWebhook(
  tx: Db,
  webhook: { legId: string; key: string; params: Record<string, string>; receivedAt: Date },
): Promise<number | null> {
  const [kept] = await tx
    .insert(callWebhooks)
    .values(webhook)
    .onConflictDoNothing()
    .returning({ id: callWebhooks.id });
  return kept?.id ?? null;
}

/** Locks a status callback that hasn't been processed. */
export async function lockWebhook(tx: Db, id: number) {
  const [webhook] = await tx
    .select()
    .from(callWebhooks)
    .where(and(eq(callWebhooks.id, id), isNull(callWebhooks.workedAt)))
    .for('update');
  return webhook ?? null;
}

export async function markWorked(tx: Db, id: number, now: Date): Promise<void> {
  await tx.update(callWebhooks).set({ workedAt: now }).where(eq(callWebhooks.id, id));
}

/** Returns unprocessed status callbacks received in that time. */
export async function unworkedWebhooks(
  db: Db,
  { after, before }: { after: Date; before: Date },
  limit: number,
): Promise<number[]> {
  const { receivedAt } = callWebhooks;
  const rows = await db
    .select({ id: callWebhooks.id })
    .from(callWebhooks)
    .where(and(isNull(callWebhooks.workedAt), gt(receivedAt, after), lte(receivedAt, before)))
    .orderBy(asc(callWebhooks.id))
    .limit(limit);
  return rows.map(({ id }) => id);
}

/** Returns those of the SIDs that belong to our legs. */
export async function knownSids(db: Db, sids: string[]): Promise<Set<string>> {
  if (sids.length === 0) return new Set();
  const rows = await db.select({ sid: callLegs.sid }).from(callLegs).where(inArray(callLegs.sid, sids));
  return new Set(rows.flatMap(({ sid }) => sid ?? []));
}

/** Returns the number of agents' legs that are waiting for Twilio to dial. */
export async function waitingLegs(db: Db): Promise<number> {
  const [row] = await db
    .select({ waiting: sql<number>`count(*)::int` })
    .from(callLegs)
    .where(
      and(
        isNull(callLegs.releasedAt),
        eq(callLegs.role, 'agent'),
        inArray(callLegs.status, ['waiting', 'sending', 'queued']),
      ),
    );
  return row?.waiting ?? 0;
}

export async function sidOfLeg(db: Db, legId: string): Promise<string | null> {
  const [leg] = await db.select({ sid: callLegs.sid }).from(callLegs).where(eq(callLegs.id, legId));
  return leg?.sid ?? null;
}

/** Returns the call's state if it is still at this version and past its deadline. */
export async function dueCall(db: Db, callId: string, version: number, now: Date) {
  const [call] = await db
    .select({ state: calls.state })
    .from(calls)
    .where(and(eq(calls.id, callId), eq(calls.version, version), lte(calls.deadlineAt, now)));
  return call ?? null;
}

/** Returns the vendor's name and the product's code. */
export async function subjectOf(db: Db, offerId: number): Promise<{ vendor: string; code: string }> {
  const [subject] = await db
    .select({ vendor: vendors.name, code: products.code })
    .from(offers)
    .innerJoin(vendors, eq(vendors.id, offers.vendorId))
    .innerJoin(products, eq(products.id, offers.productId))
    .where(eq(offers.id, offerId));
  return subject ?? { vendor: '', code: '' };
}

/**
 * Releases an agent among these who is still kept for the buyer after a call was cut off, so that a further call can
 * reserve them. Returns null if there is none.
 */
export async function releaseKept(
  tx: Db,
  buyerId: string,
  agentIds: readonly number[],
  now: Date,
): Promise<number | null> {
  if (agentIds.length === 0) return null;
  const ownCalls = tx.select({ id: calls.id }).from(calls).where(eq(calls.buyerId, buyerId));
  const [released] = await tx
    .update(callLegs)
    .set({ releasedAt: now, pinnedUntil: null })
    .where(
      and(
        inArray(callLegs.agentId, [...agentIds]),
        isNull(callLegs.releasedAt),
        gt(callLegs.keptUntil, now),
        inArray(callLegs.callId, ownCalls),
      ),
    )
    .returning({ agentId: callLegs.agentId });
  return released?.agentId ?? null;
}

/** Returns the names for spoken prompts, and the agent's language. */
export async function spokenNames(db: Db, offerId: number, agentId: number | null) {
  const [names] = await db
    .select({ vendor: vendors.name, product: products.name, agentLocale: agents.locale })
    .from(offers)
    .innerJoin(vendors, eq(vendors.id, offers.vendorId))
    .innerJoin(products, eq(products.id, offers.productId))
    .leftJoin(agents, eq(agents.id, agentId ?? 0))
    .where(eq(offers.id, offerId));
  return names ?? { vendor: '', product: '', agentLocale: null };
}
