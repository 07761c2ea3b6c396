import { and, asc, eq, inArray, isNull, lt, or, sql } from 'drizzle-orm';
import type { Db } from '#db/client.ts';
import { cardPayments, paymentEvents } from '#db/tables/card-payments.ts';
import { topUps } from '#db/tables/credits.ts';
import { isUuid } from '#server/common/ids.ts';
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
        or(isNull(cardPayments.checkedAt), lt(cardPayments.checkedAt, before)),
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
    .innerJoin(topUps, eq(topUps.id, cardPayments.topUpId))
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
