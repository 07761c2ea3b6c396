import type { Db } from '#db/client.ts';
import { format, parse } from '#server/common/money.ts';
import type { Context } from '#server/context.ts';
import * as ledger from '#server/ledger/service.ts';
import { record } from '#server/platform/events.ts';
import type { Payments, RemoteDispute } from '#server/platform/payments/port.ts';
import { announce } from '#server/platform/realtime.ts';
import { creditKey, ofHouse } from '../account-names.ts';
import { topUpChanged } from '../events.ts';
import { ownerOfTopUp } from '../owner.ts';
import { accountsOf, apply, lock } from '../posting.ts';
import * as topUpQueries from '../queries.ts';
import { dayOf, isCovered, referenceOf } from '../rules.ts';
import { cancelUntouched } from '../settling.ts';
import { tellBuyer } from '../telling.ts';
import { stateOf } from '../view.ts';
import * as queries from './queries.ts';

// A payer disputes a payment at their bank, which takes the money back until it is decided. The credit stays, but its owner
// calls no support meanwhile; the money is a claim of the house. A dispute that is won ends that. One that is lost takes the
// payment back: what is left of its credit, while the buyer owes what was spent. An appeal that succeeds gives that back. No
// balance goes below zero.

/** Applies the provider's answer about a dispute of a top-up's payment: opened and ended once each, never reopened. */
export async function applyDispute(ctx: Context, remote: RemoteDispute, topUpId: string): Promise<void> {
  const { state } = remote;
  if (state === 'inquiry') return;
  const at = ctx.clock.now();
  await ctx.db.transaction(async (tx) => {
    const found = await lock(tx, topUpId);
    if (found.card?.state !== 'paid') {
      ctx.log.error({ dispute: remote.id, topUpId }, 'a card payment is disputed that gave no credit');
      return;
    }
    if (remote.currency !== found.topUp.currency) {
      ctx.log.error({ dispute: remote.id, topUpId }, 'a dispute is in another currency than its top-up');
      return;
    }
    // Holds lock the account, too, so no call begins while its dispute is being opened.
    await ledger.lock(tx, accountsOf(ownerOfTopUp(found.topUp), found.topUp));
    const isNew = await queries.addDispute(tx, {
      ...{ id: remote.id, topUpId, state: 'open', reason: remote.reason, openedAt: at },
      amount: format(remote.amount, remote.currency),
    });
    if (isNew) {
      await claim(tx, found.topUp, remote, { at, sign: 1n, step: 'opened' });
      await note(tx, ctx, found, 'dispute', remote, at);
    }
    if (state !== 'open') await endDispute(tx, ctx, remote, { topUp: found.topUp, to: state, at });
  });
}

/** Ends a dispute of a locked top-up. One that was lost is won where an appeal against that succeeds. */
async function endDispute(
  tx: Db,
  ctx: Context,
  remote: RemoteDispute,
  { topUp, to, at }: { topUp: topUpQueries.TopUpRow; to: 'won' | 'lost'; at: Date },
): Promise<void> {
  const from = await queries.disputeStateOf(tx, remote.id);
  if (from === to || from === null) return;
  if (from === 'won') {
    ctx.log.error({ dispute: remote.id, topUpId: topUp.id }, 'a dispute is lost that had ended as won');
    return;
  }
  if (!(await queries.endDispute(tx, remote.id, { from, to, at }))) return;
  if (from === 'open') await claim(tx, topUp, remote, { at, sign: -1n, step: 'ended' });
  if (to === 'lost') await takeBack(tx, ctx, remote, topUp.id, at);
  else if (from === 'lost') await giveBack(tx, ctx, remote, topUp.id, at);
  await note(tx, ctx, await lock(tx, topUp.id), `dispute_${to}`, remote, at);
}

/**
 * Asks the provider about an open dispute, and applies what it answers. One that it doesn't know stays open: with the key of
 * another account it knows none. In the demo, whose stand-in forgets all when it starts again, it ends as won.
 */
export async function checkDispute(
  ctx: Context,
  payments: Payments,
  { id, topUpId, amount, reason }: queries.CardDispute,
  currency: string,
): Promise<void> {
  const remote = await payments.dispute(id);
  if (remote) return applyDispute(ctx, remote, topUpId);
  ctx.log.error({ dispute: id, topUpId }, 'the provider does not know a dispute that is open');
  if (ctx.config.mode !== 'demo') return;
  const ended = { id, state: 'won', paymentId: null, amount: parse(amount), currency, reason } as const;
  return applyDispute(ctx, ended, topUpId);
}

/** Books that the bank has taken the money, which the house claims; or, the other way, that this is over. */
async function claim(
  tx: Db,
  topUp: topUpQueries.TopUpRow,
  { id, amount, currency }: RemoteDispute,
  { at, sign, step }: { at: Date; sign: bigint; step: string },
): Promise<void> {
  const outcome = await ledger.post(tx, {
    ...{
      kind: 'adjustment',
      actor: 'stripe',
      text: topUp.reference,
      at,
      operationId: `dispute:${id}:${step}`,
    },
    subject: { type: 'top-up', id: topUp.id },
    entries: [
      { account: ofHouse('bank', currency), amount: sign * amount },
      { account: ofHouse('claims', currency), amount: -sign * amount },
    ],
  });
  if (outcome !== 'posted') throw new Error(`the dispute ${id} could not be posted: ${outcome}`);
}

/** Takes back the payment of a dispute that is lost. What was not disputed of it stays. */
async function takeBack(
  tx: Db,
  ctx: Context,
  { id, paymentId, amount, reason }: RemoteDispute,
  topUpId: string,
  at: Date,
): Promise<void> {
  const found = await lock(tx, topUpId);
  const payment = await topUpQueries.findPayment(tx, referenceOf(paymentId!));
  if (!payment || payment.reversedAt) return;
  const before = stateOf(found);
  const rest = parse(payment.amount) - amount;
  const reversal = { reversedAt: at, reversedBy: null, reversalReason: `${id}: ${reason}` };
  await topUpQueries.markReversed(tx, payment.id, reversal);
  if (rest > 0n)
    await topUpQueries.addPayment(tx, {
      ...{
        topUpId,
        bankReference: referenceOf(`${paymentId} ${id}`),
        receivedOn: dayOf(at),
        at,
        confirmedBy: null,
      },
      amount: format(rest, found.topUp.currency),
    });
  const kept = rest > 0n ? rest : 0n;
  const after = { ...before, received: before.received - parse(payment.amount) + kept };
  const act = { ctx, kind: 'adjustment', by: 'stripe', at, operationId: `dispute:${id}:lost` } as const;
  await apply(tx, found.topUp, { before, after }, act);
  await cancelUntouched(tx, await lock(tx, topUpId), { actor: 'stripe', at });
}

/** Counts again what a dispute took back that was lost at first, as a payment of its own. */
async function giveBack(
  tx: Db,
  ctx: Context,
  { id, paymentId, amount }: RemoteDispute,
  topUpId: string,
  at: Date,
): Promise<void> {
  const found = await lock(tx, topUpId);
  const taken = await topUpQueries.findPayment(tx, referenceOf(paymentId!));
  if (!taken?.reversalReason?.startsWith(`${id}: `)) return;
  const paid = parse(taken.amount);
  const back = amount < paid ? amount : paid;
  const payment = await topUpQueries.addPayment(tx, {
    ...{
      topUpId,
      bankReference: referenceOf(`${paymentId} ${id} won`),
      receivedOn: dayOf(at),
      at,
      confirmedBy: null,
    },
    amount: format(back, found.topUp.currency),
  });
  if (!payment) throw new Error(`the dispute ${id} was given back already`);
  const before = stateOf(found);
  const after = { ...before, received: before.received + back };
  const act = { ctx, kind: 'adjustment', by: 'stripe', at, operationId: `dispute:${id}:won` } as const;
  await apply(tx, found.topUp, { before, after }, act);
}

/** Writes the event, tells the buyer, and announces that the account may call again or no longer. */
async function note(
  tx: Db,
  ctx: Context,
  found: topUpQueries.ReceivedTopUp,
  change: 'dispute' | 'dispute_won' | 'dispute_lost',
  { id, amount, currency }: RemoteDispute,
  at: Date,
): Promise<void> {
  const { topUp } = found;
  const state = stateOf(found);
  const payload = { change, amount: format(amount, currency), isPaid: isCovered(state) };
  await record(tx, [topUpChanged({ actor: 'stripe', at, subjectId: topUp.id, payload })]);
  await tellBuyer(tx, ctx, { cause: change, topUp, state, amount, reason: `${id} ${change}` }, at);
  await announce(tx, [creditKey(ownerOfTopUp(topUp))]);
  if (change === 'dispute') ctx.log.error({ dispute: id, topUpId: topUp.id }, 'a card payment is disputed');
}
