import { randomUUID } from 'node:crypto';
import type { Db } from '#db/client.ts';
import { auditLook } from '#server/audit/service.ts';
import { formatCredit, parseCredit } from '#server/common/credits.ts';
import type { topUpFilters } from '#server/common/enums/credits.ts';
import { format, parse, roundToMinor } from '#server/common/money.ts';
import type { Context } from '#server/context.ts';
import * as ledger from '#server/ledger/service.ts';
import { record } from '#server/platform/events.ts';
import { once } from '#server/platform/idempotency.ts';
import { requestRefund } from './cards/refunds.ts';
import { topUpChanged } from './events.ts';
import { ownerOfTopUp } from './owner.ts';
import { accountsOf, actorOf, apply, lock, type Staff, viewOf, viewsOf } from './posting.ts';
import * as queries from './queries.ts';
import { refuse, refuseField } from './refusals.ts';
import { isCovered, latestDayAt, referenceOf, refundableOf, unnamedReferenceOf } from './rules.ts';
import type { ConfirmTopUpBody, RefundTopUpBody, ReversePaymentBody, StaffTopUp } from './schema.ts';
import { tellBuyer } from './telling.ts';
import { stateOf } from './view.ts';

/**
 * Counts an incoming payment for a top-up, tells its buyer, and revives one that was cancelled. A repeated one changes
 * nothing. Refuses `not_found`, `top_up_by_card`, `other_currency`, `amount_not_payable`, `received_in_future`,
 * `payment_counted` (otherwise), `payment_reversed`, and `bank_reference_needed` for another payment of a top-up that has
 * one, unless both have references or another day or amount, and for one without a reference while one of that day and
 * amount counts for another top-up.
 */
export async function confirm(
  ctx: Context,
  staff: Staff,
  id: string,
  { receivedOn, amount: given, bankReference: named }: ConfirmTopUpBody,
): Promise<StaffTopUp> {
  const at = ctx.clock.now();
  return ctx.db.transaction(async (tx) => {
    const found = await lockTransfer(tx, id);
    const { currency } = found.topUp;
    if (given.currency !== currency) throw refuseField('amount.currency', 'other_currency');
    const amount = parse(given.amount);
    if (amount === 0n || roundToMinor(amount, currency) !== amount)
      throw refuseField('amount.amount', 'amount_not_payable');
    if (receivedOn > latestDayAt(at)) throw refuseField('receivedOn', 'received_in_future');
    const before = stateOf(found);
    const isSame = (payment: queries.Payment) => payment.topUpId === id && parse(payment.amount) === amount;
    const unnamed = unnamedReferenceOf(receivedOn, format(amount, currency), currency);
    const bankReference = named === undefined ? unnamed : referenceOf(named);
    const counted = await queries.findPayment(tx, bankReference);
    if (counted?.reversedAt) throw refuse('payment_reversed');
    if (counted && isSame(counted)) return viewOf(tx, id);
    if (counted && named === undefined) throw refuseField('bankReference', 'bank_reference_needed');
    if (counted) throw refuse('payment_counted');
    const others = await queries.livePayments(tx, id);
    // Without a reference it may be one of the others; with one, the one that came without.
    const isDoubtful = named === undefined ? others.length > 0 : others.some(isKeptAs(unnamed));
    if (isDoubtful) throw refuseField('bankReference', 'bank_reference_needed');
    const payment = await queries.addPayment(tx, {
      ...{ topUpId: id, bankReference, receivedOn, at, confirmedBy: staff.id },
      amount: format(amount, currency),
    });
    if (!payment && named === undefined) throw refuseField('bankReference', 'bank_reference_needed');
    if (!payment) throw refuse('payment_counted');
    const after = { ...before, received: before.received + amount };
    const operationId = `top-up-payment:${payment.id}`;
    await apply(tx, found.topUp, { before, after }, { ctx, kind: 'top_up', by: staff, at, operationId });
    const payload = {
      change: 'payment',
      amount: format(amount, currency),
      isPaid: isCovered(after),
    } as const;
    await record(tx, [topUpChanged({ actor: actorOf(staff), at, subjectId: id, payload })]);
    const cause = isCovered(before) ? 'surplus' : isCovered(after) ? 'paid' : 'part';
    await tellBuyer(tx, ctx, { cause, topUp: found.topUp, state: after, amount, reason: payment.id }, at);
    return viewOf(tx, id);
  });
}

/**
 * Takes a payment back that the bank reversed: what the buyer has left of it, while they owe the rest. Idempotent.
 * Refuses `not_found`, `top_up_by_card`.
 */
export async function reverse(
  ctx: Context,
  staff: Staff,
  id: string,
  { bankReference, reason }: ReversePaymentBody,
): Promise<StaffTopUp> {
  const at = ctx.clock.now();
  return ctx.db.transaction(async (tx) => {
    const found = await lockTransfer(tx, id);
    const payment = await queries.findPayment(tx, referenceOf(bankReference));
    if (payment?.topUpId !== id) throw refuse('not_found');
    if (payment.reversedAt) return viewOf(tx, id);
    const before = stateOf(found);
    const after = { ...before, received: before.received - parse(payment.amount) };
    const reversal = { reversedAt: at, reversedBy: staff.id, reversalReason: reason.trim() };
    await queries.markReversed(tx, payment.id, reversal);
    const operationId = `top-up-payment:${payment.id}:reversed`;
    await apply(tx, found.topUp, { before, after }, { ctx, kind: 'adjustment', by: staff, at, operationId });
    const amount = format(parse(payment.amount), found.topUp.currency);
    const payload = { change: 'reversal', amount, isPaid: isCovered(after) } as const;
    await record(tx, [topUpChanged({ actor: actorOf(staff), at, subjectId: id, payload })]);
    return viewOf(tx, id);
  });
}

/** Locks a top-up whose payments staff tell of. Refuses `not_found`, and `top_up_by_card`, as its provider does that. */
async function lockTransfer(tx: Db, id: string): Promise<queries.ReceivedTopUp> {
  const found = await lock(tx, id);
  if (found.topUp.method === 'card') throw refuse('top_up_by_card');
  return found;
}

const isKeptAs =
  (reference: string) =>
  ({ bankReference }: queries.Payment): boolean =>
    bankReference === reference;

const keepKeyDays = 30;

/**
 * Takes credit of a top-up back and notes the money for it as paid back; the provider pays it back if it was paid by card.
 * Idempotent per key. Refuses `not_found`, `amount_not_payable`, `refund_too_high`, `top_up_disputed`,
 * `idempotency_key_reused`.
 */
export async function refund(
  ctx: Context,
  staff: Staff,
  id: string,
  body: RefundTopUpBody,
  key: string,
): Promise<StaffTopUp> {
  const at = ctx.clock.now();
  const actor = actorOf(staff);
  const credits = parseCredit(body.amount);
  if (credits === 0n) throw refuseField('amount', 'amount_not_payable');
  return ctx.db.transaction((tx) =>
    once(
      tx,
      { actor, operation: 'credits.refund', key, body: { id, ...body }, now: at, keepDays: keepKeyDays },
      async () => {
        const found = await lock(tx, id);
        if (found.card?.dispute === 'open') throw refuse('top_up_disputed');
        const before = stateOf(found);
        const [balances] = await ledger.lock(tx, accountsOf(ownerOfTopUp(found.topUp), found.topUp));
        // Read under the lock of the buyer's account, which all their top-ups change it by.
        const later = await queries.laterCredit(tx, id);
        if (credits > refundableOf(before, balances!.available, later)) throw refuse('refund_too_high');
        const after = { ...before, refunded: before.refunded + credits };
        // As often as it is decided on: of what a card could not be paid back, it may be again.
        const operationId = `top-up:${id}:refund:${randomUUID()}`;
        await apply(tx, found.topUp, { before, after }, { ctx, kind: 'refund', by: staff, at, operationId });
        if (found.card?.state === 'paid') await requestRefund(tx, ctx, found.topUp, { before, after, at });
        const payload = { change: 'refund', amount: formatCredit(credits), isPaid: true } as const;
        await record(tx, [
          topUpChanged({ actor, at, subjectId: id, payload: { ...payload, reason: body.reason.trim() } }),
        ]);
        return viewOf(tx, id);
      },
      { keptAs: () => ({ id }), replay: () => viewOf(tx, id) },
    ),
  );
}

/** Returns a page of all buyers' top-ups. */
export async function listAll(
  { db, clock }: Pick<Context, 'db' | 'clock'>,
  staff: Staff,
  query: {
    page: number;
    perPage: number;
    status?: (typeof topUpFilters)[number] | undefined;
    q?: string | undefined;
  },
): Promise<{ items: StaffTopUp[]; total: number; page: number; perPage: number }> {
  const { rows, total } = await queries.listAll(db, query);
  const ids = rows.map(({ topUp }) => topUp.id);
  const look = { action: 'top-up.read', list: 'top-ups', search: query.q, page: query.page, ids };
  await auditLook(db, staff, look, clock.now());
  return { items: await viewsOf(db, rows), total, page: query.page, perPage: query.perPage };
}
