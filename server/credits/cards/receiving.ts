import type { Context } from '#server/context.ts';
import type { PaymentEvent } from '#server/platform/payments/port.ts';
import { applySession, checkCard } from './checkout.ts';
import { applyPaymentEvent } from './events.ts';
import * as queries from './queries.ts';

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
  const { subjectType, subjectId } = event;
  if (subjectType === 'session') {
    const remote = await payments.session(subjectId);
    if (remote) await applySession(ctx, remote);
  }
  await queries.markApplied(db, eventId, clock.now());
}

const waitMinutes = 15;
const mostAtOnce = 100;

/** Asks about payments that have waited for long. One that can't be asked about doesn't keep the others waiting. */
export async function reconcile(ctx: Context): Promise<void> {
  if (!ctx.payments) return;
  const before = new Date(ctx.clock.now().getTime() - waitMinutes * 60_000);
  for (const topUpId of await queries.unchecked(ctx.db, before, mostAtOnce)) {
    await checkCard(ctx, topUpId).catch((error: unknown) =>
      ctx.log.warn({ err: error, topUpId }, 'a card payment could not be asked about'),
    );
  }
}
