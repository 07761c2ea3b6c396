import type { Db } from '#db/client.ts';
import { audit } from '#server/audit/service.ts';
import { formatCredit } from '#server/common/credits.ts';
import { parse } from '#server/common/money.ts';
import { mayActFor } from '#server/companies/service.ts';
import type { Context } from '#server/context.ts';
import type { Viewer } from '#server/platform/auth/seeing.ts';
import { record } from '#server/platform/events.ts';
import { checkCardPayment } from './cards/events.ts';
import { topUpCancelled, topUpChanged } from './events.ts';
import { actorOf, apply, lock, type Staff, viewOf } from './posting.ts';
import * as queries from './queries.ts';
import { refuse } from './refusals.ts';
import { boughtBy, isCovered } from './rules.ts';
import type { StaffTopUp, TopUp } from './schema.ts';
import { tellBuyer } from './telling.ts';
import { stateOf, topUpView } from './view.ts';

/**
 * Makes of an incomplete top-up one of the credit that its payments buy at its price; what is less than a hundredth of a
 * credit costs goes to the deposit. Refuses `not_found`, `top_up_paid`, `top_up_refunded` (after a reversal), and
 * `nothing_received`.
 */
export async function settle(ctx: Context, staff: Staff, id: string): Promise<StaffTopUp> {
  const at = ctx.clock.now();
  return ctx.db.transaction(async (tx) => {
    const found = await lock(tx, id);
    const { topUp } = found;
    const before = stateOf(found);
    if (isCovered(before)) throw refuse('top_up_paid');
    if (before.refunded > 0n) throw refuse('top_up_refunded');
    const { currency } = topUp;
    const bought = boughtBy(before.received, {
      ...{ ordered: before.credits, price: parse(topUp.price), currency },
      vat: { rule: topUp.vatRule, rate: topUp.vatRate },
    });
    if (!bought) throw refuse('nothing_received');
    const after = { ...before, ...bought };
    // Settled again after a reversal, it is another change.
    const operationId = `top-up:${id}:settlement:${at.toISOString()}`;
    const act = { ctx, kind: 'top_up', action: 'settlement', by: staff, at, operationId };
    await queries.updateTopUp(tx, id, { orderedCredits: topUp.orderedCredits ?? topUp.credits });
    await apply(tx, topUp, { before, after }, act);
    const payload = { change: 'settlement', amount: formatCredit(bought.credits), isPaid: true } as const;
    await record(tx, [topUpChanged({ actor: actorOf(staff), at, subjectId: id, payload })]);
    const news = { cause: 'settled', topUp, state: after, amount: before.received } as const;
    await tellBuyer(tx, ctx, { ...news, reason: operationId }, at);
    return viewOf(tx, id);
  });
}

/**
 * Cancels a top-up of a buyer or of a colleague that they decide for, for which nothing came in. Idempotent. Refuses
 * `not_found`, `forbidden` for that of another colleague, `top_up_not_cancellable`.
 */
export const cancelOwn = (ctx: Context, viewer: Viewer, id: string): Promise<TopUp> =>
  ctx.db.transaction(async (tx) => {
    const { buyerId } = viewer;
    const seen = await queries.findOwn(tx, buyerId, id);
    if (!seen) throw refuse('not_found');
    if (!mayActFor(viewer, seen.topUp.buyerId)) throw refuse('forbidden');
    await markCancelled(tx, ctx, id, { actor: `buyer:${buyerId}`, at: ctx.clock.now() });
    const found = await queries.findOwn(tx, buyerId, id);
    if (!found) throw refuse('not_found');
    return topUpView(ctx, found);
  });

/** As `cancelOwn`, of any buyer's top-up. */
export const cancelAny = (ctx: Context, staff: Staff, id: string): Promise<StaffTopUp> =>
  ctx.db.transaction(async (tx) => {
    const at = ctx.clock.now();
    if (await markCancelled(tx, ctx, id, { actor: actorOf(staff), at }))
      await audit(tx, staff, [{ action: 'top-up.cancellation', subject: { type: 'top-up', id } }], at);
    return viewOf(tx, id);
  });

/** Cancels a top-up. Returns false if it was cancelled. Refuses `top_up_not_cancellable`. */
async function markCancelled(
  tx: Db,
  { jobs }: Pick<Context, 'jobs'>,
  id: string,
  cause: { actor: string; at: Date },
): Promise<boolean> {
  const found = await lock(tx, id);
  if (found.topUp.cancelledAt) return false;
  if (!(await cancelUntouched(tx, found, cause))) throw refuse('top_up_not_cancellable');
  // The page of a payment by card is to be closed.
  if (found.topUp.method === 'card') await jobs.enqueue(tx, checkCardPayment, [{ topUpId: id }]);
  return true;
}

/** Cancels a locked top-up for which nothing came in. Returns false if something did, or it was cancelled. */
export async function cancelUntouched(
  tx: Db,
  found: queries.ReceivedTopUp,
  { actor, at }: { actor: string; at: Date },
): Promise<boolean> {
  const { received, refunded, owedCredits, owedMoney } = stateOf(found);
  const isUntouched = [received, refunded, owedCredits, owedMoney].every((amount) => amount === 0n);
  if (!isUntouched || found.topUp.cancelledAt) return false;
  await queries.updateTopUp(tx, found.topUp.id, { cancelledAt: at });
  await record(tx, [topUpCancelled({ actor, at, subjectId: found.topUp.id, payload: {} })]);
  return true;
}
