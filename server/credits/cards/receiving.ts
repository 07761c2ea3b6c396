import type { Context } from '#server/context.ts';
import type { PaymentEvent, Payments } from '#server/platform/payments/port.ts';
import { applySession, checkCard } from './checkout.ts';
import { applyDispute, checkDispute } from './disputes.ts';
import { applyPaymentEvent } from './events.ts';
import * as queries from './queries.ts';
import { applyRefund, sendRefund } from './refunds.ts';

/** Keeps an event and enqueues the job that applies it, both once. Events that we don't act on are kept, too. */
export async function receive({ db, jobs, clock }: Context, event: PaymentEvent): Promise<void> {
  await db.transaction(async (tx) => {
    if (!(await queries.addPaymentEvent(tx, event, clock.now()))) return;
    if (event.subject.type === 'other') await queries.markApplied(tx, event.id, clock.now());
    else await jobs.enqueue(tx, applyPaymentEvent, [{ eventId: event.id }]);
  });
}

/** Asks the provider what an event is about, and applies the answer. Repeated, it changes nothing. */
export async function applyEvent(ctx: Context, eventId: string): Promise<void> {
  const { db, payments, clock } = ctx;
  const event = await queries.findPaymentEvent(db, eventId);
  if (!event || event.appliedAt || !payments) return;
  await applySubject(ctx, payments, event.subjectType, event.subjectId);
  await queries.markApplied(db, eventId, clock.now());
}

async function applySubject(ctx: Context, payments: Payments, type: string, id: string): Promise<void> {
  if (type === 'session') {
    const remote = await payments.session(id);
    if (remote) await applySession(ctx, remote);
  } else if (type === 'refund') {
    const remote = await payments.findRefund(id);
    const topUpId = await topUpOf(ctx, payments, remote?.paymentId);
    if (remote && topUpId !== null) await applyRefund(ctx, remote, topUpId);
  } else if (type === 'dispute') {
    const remote = await payments.dispute(id);
    const topUpId = await topUpOf(ctx, payments, remote?.paymentId);
    if (remote && topUpId !== null) await applyDispute(ctx, remote, topUpId);
  }
}

/** Returns the top-up that a payment paid. The event of the payment itself may come later than this one, or never. */
async function topUpOf(
  ctx: Context,
  payments: Payments,
  paymentId: string | null | undefined,
): Promise<string | null> {
  if (paymentId === null || paymentId === undefined) return null;
  const known = await queries.topUpPaidBy(ctx.db, paymentId);
  if (known !== null) return known;
  const remote = await payments.sessionPaidBy(paymentId);
  if (remote) await applySession(ctx, remote);
  return queries.topUpPaidBy(ctx.db, paymentId);
}

const minutesBefore = (at: Date, minutes: number) => new Date(at.getTime() - minutes * 60_000);

const waitMinutes = 15;
const mostAtOnce = 100;
/** The provider repeats an event for days; this is for those that it believes were taken. */
const eventHours = 2;

const attempt = ({ log }: Context, about: string, asked: Promise<void>): Promise<void> =>
  asked.catch((error: unknown) => log.warn({ err: error, about }, 'the card provider could not be asked'));

/** Asks about what has waited for long, and for events that never came. What can't be asked about keeps nothing waiting. */
export async function reconcile(ctx: Context): Promise<void> {
  const { payments, db, clock } = ctx;
  if (!payments) return;
  const ago = (minutes: number) => minutesBefore(clock.now(), minutes);
  for (const topUpId of await queries.unchecked(db, ago(waitMinutes), mostAtOnce))
    await attempt(ctx, topUpId, checkCard(ctx, topUpId));
  for (const refundId of await queries.uncheckedRefunds(db, ago(waitMinutes), mostAtOnce))
    await attempt(ctx, refundId, sendRefund(ctx, refundId));
  await attempt(ctx, 'events', receiveMissed(ctx, payments, ago(eventHours * 60)));
}

async function receiveMissed(ctx: Context, payments: Payments, since: Date): Promise<void> {
  for (const event of await payments.eventsSince(since)) await receive(ctx, event);
}

/** The provider sends no event again after 30 days. */
const keepEventDays = 42;

/**
 * Applies the events whose own job has given up, and asks about the disputes that are open: nothing else asks about what
 * was done at the provider. An hour apart, as one that can't be applied is tried each time. Deletes old events.
 */
export async function sweep(ctx: Context): Promise<void> {
  const { payments, db, clock } = ctx;
  if (!payments) return;
  await queries.deletePaymentEvents(db, minutesBefore(clock.now(), keepEventDays * 24 * 60));
  const before = minutesBefore(clock.now(), waitMinutes);
  for (const eventId of await queries.unappliedEvents(db, before, mostAtOnce))
    await attempt(ctx, eventId, applyEvent(ctx, eventId));
  for (const { dispute, currency } of await queries.openDisputes(db))
    await attempt(ctx, dispute.id, checkDispute(ctx, payments, dispute, currency));
}
