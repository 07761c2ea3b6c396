import type { Db } from '#db/client.ts';
import { formatCredit } from '#server/common/credits.ts';
import { isUuid } from '#server/common/ids.ts';
import { format, parse } from '#server/common/money.ts';
import type { Context } from '#server/context.ts';
import { record } from '#server/platform/events.ts';
import { type Payments, PaymentsError, type RemoteRefund } from '#server/platform/payments/port.ts';
import { topUpChanged } from '../events.ts';
import { apply, lock } from '../posting.ts';
import { dueOf, refundOf, type TopUpState } from '../rules.ts';
import { stateOf } from '../view.ts';
import { sendCardRefund } from './events.ts';
import * as queries from './queries.ts';

// Credit is taken, with its credit note, when staff decide on a refund; the provider pays the money back after that. What it
// can't pay back gives the credit back. Refunds that somebody makes at the provider itself are booked when it tells.

const moneyOf = (state: TopUpState, currency: string): bigint => {
  const { net, vat } = refundOf(state, state.refunded, currency);
  return net + vat;
};

/** Notes what the provider is to pay back between two states of a locked top-up, and enqueues the job that asks it to. */
export async function requestRefund(
  tx: Db,
  { jobs }: Pick<Context, 'jobs'>,
  topUp: { id: string; currency: string },
  { before, after, at }: { before: TopUpState; after: TopUpState; at: Date },
): Promise<void> {
  const { currency } = topUp;
  const amount = moneyOf(after, currency) - moneyOf(before, currency);
  if (amount === 0n) return;
  const credits = after.refunded - before.refunded;
  const refundId = await queries.addRefund(tx, {
    ...{ topUpId: topUp.id, credits, amount: format(amount, currency), requestedAt: at, state: 'requested' },
  });
  await jobs.enqueue(tx, sendCardRefund, [{ refundId }]);
}

/** Asks the provider to pay back, or what became of it. Repeated, it pays back once. */
export async function sendRefund(ctx: Context, id: string): Promise<void> {
  const { db, payments } = ctx;
  const found = await queries.findRefund(db, id);
  if (!payments || !found || found.refund.endedAt) return;
  const { refund, paymentId, currency } = found;
  if (paymentId === null) throw new Error(`the refund ${id} is of nothing that was paid by card`);
  await queries.markRefundChecked(db, id, ctx.clock.now());
  try {
    const remote =
      refund.refundId === null
        ? ((await alreadyMade(payments, refund, paymentId)) ??
          (await payments.refund({ reference: id, paymentId, amount: parse(refund.amount), currency })))
        : await payments.findRefund(refund.refundId);
    if (remote) await applyRefund(ctx, remote, refund.topUpId);
  } catch (error) {
    if (!(error instanceof PaymentsError) || !error.isRefused) throw error;
    ctx.log.error({ code: error.code, refundId: id }, 'a card refund was refused');
    // Another attempt may have made it meanwhile.
    const refused = { failure: error.code, from: ['requested'] } as const;
    await ctx.db.transaction((tx) => fail(tx, ctx, { id, topUpId: refund.topUpId }, refused));
  }
}

/** Returns what an earlier attempt made, whose answer was lost: the provider recognizes a repeated one for a day only. */
async function alreadyMade(
  payments: Payments,
  { id, checkedAt }: queries.CardRefund,
  paymentId: string,
): Promise<RemoteRefund | null> {
  if (checkedAt === null) return null;
  return (await payments.refundsOf(paymentId)).find(({ reference }) => reference === id) ?? null;
}

/** Applies the provider's answer about a refund of a top-up, once. */
export async function applyRefund(ctx: Context, remote: RemoteRefund, topUpId: string): Promise<void> {
  const at = ctx.clock.now();
  await ctx.db.transaction(async (tx) => {
    await lock(tx, topUpId);
    const own = remote.reference !== null && isUuid(remote.reference) ? remote.reference : null;
    const refund = await queries.findRefundOf(tx, topUpId, { id: own, refundId: remote.id });
    if (!refund) {
      if (remote.state !== 'failed') await bookForeign(tx, ctx, remote, topUpId);
      return;
    }
    if (remote.state === 'failed')
      await fail(tx, ctx, refund, {
        ...{ failure: remote.failure ?? 'failed', refundId: remote.id },
        from: ['requested', 'pending', 'succeeded'],
      });
    else
      await queries.moveRefund(tx, refund.id, ['requested', 'pending'], {
        ...{ state: remote.state, refundId: remote.id, endedAt: remote.state === 'pending' ? null : at },
      });
  });
}

/** Gives the credit of a refund back that the provider could not pay, also of one that it thought it had paid. */
async function fail(
  tx: Db,
  ctx: Context,
  { id, topUpId }: { id: string; topUpId: string },
  { from, ...failure }: { failure: string; refundId?: string; from: readonly queries.CardRefund['state'][] },
): Promise<void> {
  const at = ctx.clock.now();
  const found = await lock(tx, topUpId);
  const failed = await queries.moveRefund(tx, id, from, { ...failure, state: 'failed', endedAt: at });
  if (!failed) return;
  const before = stateOf(found);
  const after = { ...before, refunded: before.refunded - failed.credits };
  const act = { ctx, kind: 'adjustment', by: 'stripe', at, operationId: `card-refund:${id}:failed` } as const;
  await apply(tx, found.topUp, { before, after }, act);
  const payload = { change: 'refund_failed', amount: formatCredit(failed.credits), isPaid: true } as const;
  await record(tx, [topUpChanged({ actor: 'stripe', at, subjectId: topUpId, payload })]);
}

/** Books a refund that was made at the provider: its share of the credit is taken, and owed where it was spent. */
async function bookForeign(tx: Db, ctx: Context, remote: RemoteRefund, topUpId: string): Promise<void> {
  const at = ctx.clock.now();
  const found = await lock(tx, topUpId);
  if (found.card?.state !== 'paid') {
    ctx.log.error({ refund: remote.id, topUpId }, 'a card payment is refunded that gave no credit');
    return;
  }
  const before = stateOf(found);
  const { currency } = found.topUp;
  const left = before.credits - before.refunded;
  const isAll = moneyOf(before, currency) + remote.amount >= dueOf(before);
  const share = (remote.amount * before.credits) / dueOf(before);
  const credits = isAll || share > left ? left : share;
  if (credits === 0n || remote.currency !== currency) {
    ctx.log.error({ refund: remote.id, topUpId }, 'a refund made at the provider takes no credit');
    return;
  }
  await queries.addRefund(tx, {
    ...{ topUpId, credits, amount: format(remote.amount, currency), refundId: remote.id },
    ...{ requestedAt: at, endedAt: at, state: 'succeeded' },
  });
  const after = { ...before, refunded: before.refunded + credits };
  const act = { ctx, kind: 'refund', by: 'stripe', at, operationId: `card-refund:${remote.id}` } as const;
  await apply(tx, found.topUp, { before, after }, act);
  const payload = { change: 'refund', amount: formatCredit(credits), isPaid: true } as const;
  await record(tx, [topUpChanged({ actor: 'stripe', at, subjectId: topUpId, payload })]);
}
