import { and, asc, eq, inArray, isNull, lt, lte, or, sql } from 'drizzle-orm';
import type { Db } from '#db/client.ts';
import { cardDisputes, cardPayments, cardRefunds, paymentEvents } from '#db/tables/card-payments.ts';
import { topUps } from '#db/tables/credits.ts';
import { isUuid } from '#server/common/ids.ts';
import type { Owner } from '#server/ledger/service.ts';
import type { PaymentEvent } from '#server/platform/payments/port.ts';

export type CardPayment = typeof cardPayments.$inferSelect;
type LiveState = 'created' | 'open' | 'processing';

const liveStates = ['created', 'open', 'processing'] as const satisfies readonly LiveState[];

export async function addCardPayment(
  tx: Db,
  payment: { topUpId: string; amount: string; createdAt: Date },
): Promise<void> {
  await tx.insert(cardPayments).values({ ...payment, state: 'created' });
}

export async function findCardPayment(db: Db, topUpId: string): Promise<CardPayment | null> {
  if (!isUuid(topUpId)) return null;
  const [found] = await db.select().from(cardPayments).where(eq(cardPayments.topUpId, topUpId));
  return found ?? null;
}

/** Returns the top-up that a payment of the provider paid, or null. */
export async function topUpPaidBy(db: Db, paymentId: string): Promise<string | null> {
  const [found] = await db
    .select({ topUpId: cardPayments.topUpId })
    .from(cardPayments)
    .where(eq(cardPayments.paymentId, paymentId));
  return found?.topUpId ?? null;
}

/** Notes the page that the provider has opened. Changes nothing if it was noted before, or the payment has ended. */
export async function markOpened(
  db: Db,
  topUpId: string,
  { sessionId, url }: { sessionId: string; url: string | null },
): Promise<void> {
  await db
    .update(cardPayments)
    .set({ state: 'open', sessionId, url })
    .where(and(eq(cardPayments.topUpId, topUpId), eq(cardPayments.state, 'created')));
}

/** Notes that the provider is being asked. Returns false if it was less than `pauseSeconds` ago. */
export async function markChecked(db: Db, topUpId: string, at: Date, pauseSeconds: number): Promise<boolean> {
  const before = new Date(at.getTime() - pauseSeconds * 1_000);
  const marked = await db
    .update(cardPayments)
    .set({ checkedAt: at })
    .where(
      and(
        eq(cardPayments.topUpId, topUpId),
        or(isNull(cardPayments.checkedAt), lte(cardPayments.checkedAt, before)),
      ),
    )
    .returning({ topUpId: cardPayments.topUpId });
  return marked.length > 0;
}

/** Moves a payment forwards. Returns false if it isn't in one of those states. */
export async function moveCardPayment(
  tx: Db,
  topUpId: string,
  from: readonly CardPayment['state'][],
  to: Partial<CardPayment> & Pick<CardPayment, 'state'>,
): Promise<boolean> {
  const moved = await tx
    .update(cardPayments)
    .set(to)
    .where(and(eq(cardPayments.topUpId, topUpId), inArray(cardPayments.state, [...from])))
    .returning({ topUpId: cardPayments.topUpId });
  return moved.length > 0;
}

/** Returns the payments that wait and that nobody has asked about since then, the oldest first. */
export async function unchecked(db: Db, before: Date, most: number): Promise<string[]> {
  const rows = await db
    .select({ topUpId: cardPayments.topUpId })
    .from(cardPayments)
    .where(
      and(
        inArray(cardPayments.state, [...liveStates]),
        lt(sql`coalesce(${cardPayments.checkedAt}, ${cardPayments.createdAt})`, before.toISOString()),
      ),
    )
    .orderBy(asc(cardPayments.createdAt))
    .limit(most);
  return rows.map(({ topUpId }) => topUpId);
}

/** Keeps what the provider said has happened. Returns false if it is known. */
export async function addPaymentEvent(
  tx: Db,
  { id, type, subject }: PaymentEvent,
  receivedAt: Date,
): Promise<boolean> {
  const added = await tx
    .insert(paymentEvents)
    .values({ id, type, subjectType: subject.type, subjectId: subject.id, receivedAt })
    .onConflictDoNothing()
    .returning({ id: paymentEvents.id });
  return added.length > 0;
}

export async function findPaymentEvent(
  db: Db,
  id: string,
): Promise<typeof paymentEvents.$inferSelect | null> {
  const [found] = await db.select().from(paymentEvents).where(eq(paymentEvents.id, id));
  return found ?? null;
}

export async function markApplied(tx: Db, id: string, appliedAt: Date): Promise<void> {
  await tx
    .update(paymentEvents)
    .set({ appliedAt })
    .where(and(eq(paymentEvents.id, id), isNull(paymentEvents.appliedAt)));
}

/** Deletes the events that were applied before then. */
export async function deletePaymentEvents(db: Db, before: Date): Promise<void> {
  await db.delete(paymentEvents).where(lt(paymentEvents.appliedAt, before));
}

/** Returns the events that came before then and were not applied, the oldest first. */
export async function unappliedEvents(db: Db, before: Date, most: number): Promise<string[]> {
  const rows = await db
    .select({ id: paymentEvents.id })
    .from(paymentEvents)
    .where(and(isNull(paymentEvents.appliedAt), lt(paymentEvents.receivedAt, before)))
    .orderBy(asc(paymentEvents.receivedAt))
    .limit(most);
  return rows.map(({ id }) => id);
}

export type CardRefund = typeof cardRefunds.$inferSelect;

export async function addRefund(tx: Db, refund: typeof cardRefunds.$inferInsert): Promise<string> {
  const [added] = await tx.insert(cardRefunds).values(refund).returning({ id: cardRefunds.id });
  if (!added) throw new Error('the database returned no refund');
  return added.id;
}

/** Returns a refund with the payment that it is of. */
export async function findRefund(
  db: Db,
  id: string,
): Promise<{ refund: CardRefund; paymentId: string | null; currency: string } | null> {
  const [found] = await db
    .select({ refund: cardRefunds, paymentId: cardPayments.paymentId, currency: topUps.currency })
    .from(cardRefunds)
    .innerJoin(cardPayments, eq(cardPayments.topUpId, cardRefunds.topUpId))
    .innerJoin(topUps, eq(topUps.id, cardRefunds.topUpId))
    .where(eq(cardRefunds.id, id));
  return found ?? null;
}

/** Returns the refund of a top-up by our id, or the provider's. */
export async function findRefundOf(
  tx: Db,
  topUpId: string,
  { id, refundId }: { id: string | null; refundId: string },
): Promise<CardRefund | null> {
  const isOne = or(eq(cardRefunds.refundId, refundId), id === null ? undefined : eq(cardRefunds.id, id));
  const [found] = await tx
    .select()
    .from(cardRefunds)
    .where(and(eq(cardRefunds.topUpId, topUpId), isOne));
  return found ?? null;
}

/** Moves a refund forwards and returns it; null if it isn't in one of those states. */
export async function moveRefund(
  tx: Db,
  id: string,
  from: readonly CardRefund['state'][],
  to: Partial<CardRefund> & Pick<CardRefund, 'state'>,
): Promise<CardRefund | null> {
  const [moved] = await tx
    .update(cardRefunds)
    .set(to)
    .where(and(eq(cardRefunds.id, id), inArray(cardRefunds.state, [...from])))
    .returning();
  return moved ?? null;
}

export async function markRefundChecked(db: Db, id: string, checkedAt: Date): Promise<void> {
  await db.update(cardRefunds).set({ checkedAt }).where(eq(cardRefunds.id, id));
}

/** Returns the refunds that wait and that nobody has asked about since then, the oldest first. */
export async function uncheckedRefunds(db: Db, before: Date, most: number): Promise<string[]> {
  const rows = await db
    .select({ id: cardRefunds.id })
    .from(cardRefunds)
    .where(
      and(
        isNull(cardRefunds.endedAt),
        lt(sql`coalesce(${cardRefunds.checkedAt}, ${cardRefunds.requestedAt})`, before.toISOString()),
      ),
    )
    .orderBy(asc(cardRefunds.requestedAt))
    .limit(most);
  return rows.map(({ id }) => id);
}

export type CardDispute = typeof cardDisputes.$inferSelect;

/** Inserts a dispute. Returns false if it is known. */
export async function addDispute(tx: Db, dispute: typeof cardDisputes.$inferInsert): Promise<boolean> {
  const added = await tx
    .insert(cardDisputes)
    .values(dispute)
    .onConflictDoNothing()
    .returning({ id: cardDisputes.id });
  return added.length > 0;
}

/** Returns the disputes that are open, the oldest first. */
export const openDisputes = (db: Db): Promise<{ dispute: CardDispute; currency: string }[]> =>
  db
    .select({ dispute: cardDisputes, currency: topUps.currency })
    .from(cardDisputes)
    .innerJoin(topUps, eq(topUps.id, cardDisputes.topUpId))
    .where(eq(cardDisputes.state, 'open'))
    .orderBy(asc(cardDisputes.openedAt));

export async function disputeStateOf(tx: Db, id: string): Promise<CardDispute['state'] | null> {
  const [found] = await tx
    .select({ state: cardDisputes.state })
    .from(cardDisputes)
    .where(eq(cardDisputes.id, id));
  return found?.state ?? null;
}

/** Ends a dispute that is in state `from`. Returns false if it is in another one. */
export async function endDispute(
  tx: Db,
  id: string,
  { from, to, at }: { from: 'open' | 'lost'; to: 'won' | 'lost'; at: Date },
): Promise<boolean> {
  const ended = await tx
    .update(cardDisputes)
    .set({ state: to, endedAt: at })
    .where(and(eq(cardDisputes.id, id), eq(cardDisputes.state, from)))
    .returning({ id: cardDisputes.id });
  return ended.length > 0;
}

/** Returns whether a payment for an owner's credit is disputed. */
export async function hasOpenDispute(db: Db, { type, id }: Owner): Promise<boolean> {
  const isOwned =
    type === 'company' ? eq(topUps.companyId, id) : and(eq(topUps.buyerId, id), isNull(topUps.companyId));
  const rows = await db
    .select({ id: cardDisputes.id })
    .from(cardDisputes)
    .innerJoin(topUps, eq(topUps.id, cardDisputes.topUpId))
    .where(and(eq(cardDisputes.state, 'open'), isOwned))
    .limit(1);
  return rows.length > 0;
}
