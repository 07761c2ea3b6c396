import type { Db } from '#db/client.ts';
import { formatCredit } from '#server/common/credits.ts';
import { format, parse } from '#server/common/money.ts';
import type { Context } from '#server/context.ts';
import { record } from '#server/platform/events.ts';
import { PaymentsError, type RemoteSession } from '#server/platform/payments/port.ts';
import { topUpChanged } from '../events.ts';
import { apply, lock } from '../posting.ts';
import * as topUpQueries from '../queries.ts';
import { dayOf, dueOf, isCovered, referenceOf } from '../rules.ts';
import { cancelUntouched } from '../settling.ts';
import { tellBuyer } from '../telling.ts';
import { stateOf } from '../view.ts';
import * as queries from './queries.ts';

// A payment by card. The provider's page is opened after the top-up was committed, under the top-up's id, so a repeated
// attempt opens the same page. Whatever says that something has happened (an event, the buyer's return, the job) is only a
// hint: the provider is asked, and its answer moves the payment forwards once.

/** How long the provider's page can be paid on, and how long it can be opened for the first time. */
const payableHours = 2;
const openableMinutes = 60;

const after = (at: Date, minutes: number) => new Date(at.getTime() + minutes * 60_000);

/** Opens the provider's page of a top-up that has none. While the provider doesn't answer, a later attempt does it. */
export async function openCheckout(ctx: Context, topUpId: string): Promise<void> {
  const { payments, db, config } = ctx;
  const card = await queries.findCardPayment(db, topUpId);
  if (!payments || card?.state !== 'created') return;
  const found = await topUpQueries.findTopUp(db, topUpId);
  const reader = found && (await topUpQueries.readerOf(db, found.topUp.buyerId));
  if (!found || !reader || found.topUp.cancelledAt) return;
  const { topUp } = found;
  const page = `${config.publicUrl}/account/credits/${topUpId}`;
  try {
    const { id: sessionId, url } = await payments.openSession({
      ...{ reference: topUpId, amount: parse(card.amount), currency: topUp.currency, email: reader.email },
      description: `Quoteline ${formatCredit(topUp.credits)}, ${topUp.reference}`,
      ...{ paidUrl: `${page}?back=paid`, leftUrl: `${page}?back=left` },
      expiresAt: after(card.createdAt, payableHours * 60),
    });
    await queries.markOpened(db, topUpId, { sessionId, url });
  } catch (error) {
    if (!(error instanceof PaymentsError)) throw error;
    ctx.log.error({ code: error.code, topUpId }, 'the page of a card payment was not opened');
    if (error.isRefused) await db.transaction((tx) => end(tx, ctx, topUpId, 'failed'));
  }
}

/**
 * Asks the provider about a top-up's payment by card, and applies what it answers. Without one that waits, or asked
 * less than `pauseSeconds` ago, changes nothing. Throws a PaymentsError while the provider doesn't answer.
 */
export async function checkCard(ctx: Context, topUpId: string, pauseSeconds = 0): Promise<void> {
  const { payments, db, clock } = ctx;
  const card = await queries.findCardPayment(db, topUpId);
  if (!payments || !card || card.endedAt) return;
  if (!(await queries.markChecked(db, topUpId, clock.now(), pauseSeconds))) return;
  if (card.sessionId === null) {
    // Nobody has got its address, so nobody has paid.
    if (clock.now() > after(card.createdAt, openableMinutes))
      await db.transaction((tx) => end(tx, ctx, topUpId, 'expired', ['created']));
    return;
  }
  let remote = await payments.session(card.sessionId);
  if (remote?.state === 'open' && (await isCancelled(db, topUpId))) {
    await payments.endSession(card.sessionId);
    remote = await payments.session(card.sessionId);
  }
  if (remote) await applySession(ctx, remote);
  else if (clock.now() > after(card.createdAt, payableHours * 60)) {
    // The account at the provider is another one now: nobody can pay there, or ever answers.
    ctx.log.error({ topUpId }, 'the provider does not know the page of a card payment, which ends');
    await db.transaction((tx) => end(tx, ctx, topUpId, 'expired'));
  }
}

async function isCancelled(db: Db, topUpId: string): Promise<boolean> {
  return Boolean((await topUpQueries.findTopUp(db, topUpId))?.topUp.cancelledAt);
}

/** Applies the provider's answer about one of its pages, once. One that isn't of a top-up changes nothing. */
export async function applySession(ctx: Context, remote: RemoteSession): Promise<void> {
  const { reference: topUpId, state } = remote;
  if (topUpId === null || state === 'open') return;
  await ctx.db.transaction(async (tx) => {
    const card = await queries.findCardPayment(tx, topUpId);
    if (!card || (card.sessionId ?? remote.id) !== remote.id) return;
    if (state === 'paid') await countPayment(tx, ctx, remote, topUpId);
    else if (state === 'processing')
      await queries.moveCardPayment(tx, topUpId, ['created', 'open'], {
        ...{ state: 'processing', sessionId: remote.id },
      });
    else await end(tx, ctx, topUpId, state);
  });
}

/** Ends a payment that brought nothing, and cancels its top-up unless something else was paid for it. */
async function end(
  tx: Db,
  ctx: Context,
  topUpId: string,
  state: 'expired' | 'failed',
  from: readonly queries.CardPayment['state'][] = ['created', 'open', 'processing'],
): Promise<void> {
  const at = ctx.clock.now();
  const found = await lock(tx, topUpId);
  if (!(await queries.moveCardPayment(tx, topUpId, from, { state, endedAt: at }))) return;
  await cancelUntouched(tx, found, { actor: 'stripe', at });
  if (state === 'expired') return;
  const news = { cause: 'failed', topUp: found.topUp, state: stateOf(found), amount: 0n } as const;
  await tellBuyer(tx, ctx, { ...news, reason: 'card failed' }, at);
}

/** Counts what was paid, once, and gives the credit with its invoice. A cancelled top-up is revived. */
async function countPayment(tx: Db, ctx: Context, remote: RemoteSession, topUpId: string): Promise<void> {
  const at = ctx.clock.now();
  const found = await lock(tx, topUpId);
  const { topUp } = found;
  const card = await queries.findCardPayment(tx, topUpId);
  const { paymentId, amount, currency } = remote;
  if (!card || card.state === 'paid' || card.state === 'doubtful') return;
  const isAsAsked = paymentId !== null && currency === topUp.currency && amount === parse(card.amount);
  const state = isAsAsked ? 'paid' : 'doubtful';
  // Also of one that was thought to have ended: money that came counts.
  const before = ['created', 'open', 'processing', 'expired', 'failed'] as const;
  const ended = { state, sessionId: remote.id, paymentId, endedAt: at } as const;
  if (!(await queries.moveCardPayment(tx, topUpId, before, ended))) return;
  if (!isAsAsked) {
    ctx.log.error({ topUpId, currency, amount: String(amount) }, 'a card payment is not what was asked for');
    return;
  }
  const [from, sum] = [stateOf(found), format(amount, currency)];
  const payment = await topUpQueries.addPayment(tx, {
    ...{
      topUpId,
      bankReference: referenceOf(paymentId),
      amount: sum,
      receivedOn: dayOf(at),
      at,
      confirmedBy: null,
    },
  });
  if (!payment) throw new Error(`the payment ${paymentId} counts already`);
  const to = { ...from, received: from.received + amount };
  const operationId = `top-up-payment:${payment.id}`;
  const act = { ctx, kind: 'top_up', by: 'stripe', at, operationId } as const;
  await apply(tx, topUp, { before: from, after: to }, act);
  const payload = { change: 'payment', amount: sum, isPaid: isCovered(to) } as const;
  await record(tx, [topUpChanged({ actor: 'stripe', at, subjectId: topUpId, payload })]);
  const cause = isCovered(from) ? 'surplus' : isCovered(to) ? 'paid' : 'part';
  await tellBuyer(tx, ctx, { cause, topUp, state: to, amount, reason: payment.id }, at);
}

/** Returns what a card is asked for: all that is due. */
export const askedOf = (topUp: { net: string; vat: string; currency: string }): string =>
  format(dueOf({ net: parse(topUp.net), vat: parse(topUp.vat) }), topUp.currency);
