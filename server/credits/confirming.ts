import { formatCredit, parseCredit } from '#server/common/credits.ts';
import { format, parse, roundToMinor } from '#server/common/money.ts';
import type { Db } from '#db/client.ts';
import type { Context } from '#server/context.ts';
import { debtMark } from '#server/common/enums/credits.ts';
import { audit, auditLook } from '#server/audit/service.ts';
import * as ledger from '#server/ledger/service.ts';
import { record } from '#server/platform/events.ts';
import { once } from '#server/platform/idempotency.ts';
import { announce } from '#server/platform/realtime.ts';
import { accountOf, creditKey, ofHouse } from './account-names.ts';
import { topUpChanged } from './events.ts';
import { invoice } from './invoicing/service.ts';
import { ownerOfTopUp } from './owner.ts';
import * as queries from './queries.ts';
import { refuse, refuseField } from './refusals.ts';
import {
  type Changes,
  changesBetween,
  isCovered,
  latestDayAt,
  referenceOf,
  refundableOf,
  type TopUpState,
  unnamedReferenceOf,
} from './rules.ts';
import type { ConfirmTopUpBody, RefundTopUpBody, ReversePaymentBody, StaffTopUp } from './schema.ts';
import { staffTopUpView, stateOf } from './view.ts';

/** The account of staff who act. */
interface Staff {
  id: string;
  name: string;
}

/**
 * Counts an incoming payment for a top-up. A repeated one changes nothing. Refuses `not_found`, `other_currency`,
 * `amount_not_payable`, `received_in_future`, `payment_counted` (otherwise), `payment_reversed`, and
 * `bank_reference_needed` for another payment of a top-up that has one, unless both have references or another day or
 * amount, and for one without a reference while one of that day and amount counts for another top-up.
 */
export async function confirm(
  ctx: Context,
  staff: Staff,
  id: string,
  { receivedOn, amount: given, bankReference: named }: ConfirmTopUpBody,
): Promise<StaffTopUp> {
  const at = ctx.clock.now();
  return ctx.db.transaction(async (tx) => {
    const found = await lock(tx, id);
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
    await apply(tx, found.topUp, { before, after }, { ctx, kind: 'top_up', staff, at, operationId });
    const payload = {
      change: 'payment',
      amount: format(amount, currency),
      isPaid: isCovered(after),
    } as const;
    await record(tx, [topUpChanged({ actor: actorOf(staff), at, subjectId: id, payload })]);
    return viewOf(tx, id);
  });
}

/**
 * Takes a payment back that the bank reversed: what the buyer has left of it, while they owe the rest. Idempotent.
 * Refuses `not_found`.
 */
export async function reverse(
  ctx: Context,
  staff: Staff,
  id: string,
  { bankReference, reason }: ReversePaymentBody,
): Promise<StaffTopUp> {
  const at = ctx.clock.now();
  return ctx.db.transaction(async (tx) => {
    const found = await lock(tx, id);
    const payment = await queries.findPayment(tx, referenceOf(bankReference));
    if (payment?.topUpId !== id) throw refuse('not_found');
    if (payment.reversedAt) return viewOf(tx, id);
    const before = stateOf(found);
    const after = { ...before, received: before.received - parse(payment.amount) };
    const reversal = { reversedAt: at, reversedBy: staff.id, reversalReason: reason.trim() };
    await queries.markReversed(tx, payment.id, reversal);
    const operationId = `top-up-payment:${payment.id}:reversed`;
    await apply(tx, found.topUp, { before, after }, { ctx, kind: 'adjustment', staff, at, operationId });
    const amount = format(parse(payment.amount), found.topUp.currency);
    const payload = { change: 'reversal', amount, isPaid: isCovered(after) } as const;
    await record(tx, [topUpChanged({ actor: actorOf(staff), at, subjectId: id, payload })]);
    return viewOf(tx, id);
  });
}

const isKeptAs =
  (reference: string) =>
  ({ bankReference }: queries.Payment): boolean =>
    bankReference === reference;

const keepKeyDays = 30;

/**
 * Takes credit of a top-up back and notes the money for it as paid back. Idempotent per key. Refuses `not_found`,
 * `amount_not_payable`, `refund_too_high`, `idempotency_key_reused`.
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
        const before = stateOf(found);
        const [balances] = await ledger.lock(tx, accountsOf(ownerOfTopUp(found.topUp), found.topUp));
        // Read under the lock of the buyer's account, which all their top-ups change it by.
        const later = await queries.laterCredit(tx, id);
        if (credits > refundableOf(before, balances!.available, later)) throw refuse('refund_too_high');
        const after = { ...before, refunded: before.refunded + credits };
        const operationId = `top-up:${id}:refund:${formatCredit(after.refunded)}`;
        await apply(tx, found.topUp, { before, after }, { ctx, kind: 'refund', staff, at, operationId });
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

const actorOf = (staff: Staff) => `account:${staff.id}`;

async function lock(tx: Db, id: string): Promise<queries.ReceivedTopUp> {
  const found = await queries.lockTopUp(tx, id);
  if (!found) throw refuse('not_found');
  return found;
}

async function viewOf(tx: Db, id: string): Promise<StaffTopUp> {
  const found = await queries.findAny(tx, id);
  if (!found) throw refuse('not_found');
  return staffTopUpView(found, await availableTo(tx, found.topUp));
}

const availableTo = async (db: Db, topUp: queries.TopUpRow): Promise<bigint> =>
  (await ledger.balancesOf(db, accountOf(ownerOfTopUp(topUp)))).available;

/** Returns the accounts that a top-up can change: its owner's credit and deposit first. */
const accountsOf = (owner: ledger.Owner, { currency }: queries.TopUpRow): ledger.AccountName[] => [
  accountOf(owner),
  accountOf(owner, currency),
  ...['issued', 'claims'].map((id) => ofHouse(id, 'credit')),
  ...['bank', 'waiting', 'revenue', 'vat', 'claims'].map((id) => ofHouse(id, currency)),
];

/** `kind`: of the ledger's transaction. */
interface Act {
  ctx: Pick<Context, 'config'>;
  kind: string;
  staff: Staff;
  at: Date;
  operationId: string;
}

interface Change {
  before: TopUpState;
  after: TopUpState;
}

/** Posts what changes between two states of a locked top-up, and keeps the new one. */
async function apply(
  tx: Db,
  topUp: queries.TopUpRow,
  { before, after }: Change,
  { ctx, kind, staff, at, operationId }: Act,
): Promise<void> {
  await audit(tx, staff, [{ action: `top-up.${kind}`, subject: { type: 'top-up', id: topUp.id } }], at);
  const owner = ownerOfTopUp(topUp);
  const accounts = accountsOf(owner, topUp);
  const [credit, deposit] = await ledger.lock(tx, accounts);
  const available = { credit: credit!.available, deposit: deposit!.available };
  const changes = changesBetween(before, after, available, topUp.currency);
  const post = async (
    amounts: readonly bigint[],
    cause: Pick<ledger.Posting, 'kind' | 'operationId' | 'text'>,
  ) => {
    const entries = amounts
      .map((amount, index) => ({ account: accounts[index]!, amount }))
      .filter(({ amount }) => amount !== 0n);
    if (entries.length === 0) return;
    const subject = { type: 'top-up', id: topUp.id };
    const outcome = await ledger.post(tx, { ...cause, at, actor: actorOf(staff), subject, entries });
    if (outcome !== 'posted') throw new Error(`the top-up ${topUp.id} could not be posted: ${outcome}`);
  };
  const amounts = amountsOf(before, changes);
  const debt = kind === 'top_up' ? debtOf(before, changes) : [];
  await post(
    amounts.map((amount, index) => amount - (debt[index] ?? 0n)),
    { kind, operationId, text: topUp.reference },
  );
  await post(debt, {
    ...{ kind: 'adjustment', operationId: `${operationId}:debt`, text: topUp.reference + debtMark },
  });
  await queries.updateTopUp(tx, topUp.id, {
    paidAt: isCovered(after) ? (topUp.paidAt ?? at) : null,
    refunded: after.refunded,
    owedCredits: changes.owedCredits,
    owedMoney: format(changes.owedMoney, topUp.currency),
  });
  await announce(tx, [creditKey(owner)]);
  await invoice(tx, topUp, changes, { payee: ctx.config.payee, at, operationId });
}

/** Returns what each of `accountsOf` changes by. */
const amountsOf = (before: TopUpState, changes: Changes): bigint[] => [
  ...[changes.credit, changes.deposit],
  ...[changes.issued, before.owedCredits - changes.owedCredits],
  ...[changes.bank, changes.waiting, changes.revenue, changes.vat],
  before.owedMoney - changes.owedMoney,
];

/** Returns the part of `amountsOf` by which a payment pays off what its buyer owed. */
function debtOf(before: TopUpState, changes: Changes): bigint[] {
  const credits = before.owedCredits - changes.owedCredits;
  const paid = before.owedMoney - changes.owedMoney;
  return [-credits, -paid, 0n, credits, 0n, 0n, 0n, 0n, paid];
}

/** Returns a page of all buyers' top-ups. */
export async function listAll(
  { db, clock }: Pick<Context, 'db' | 'clock'>,
  staff: Staff,
  query: { page: number; perPage: number; status?: 'waiting' | 'paid' | undefined; q?: string | undefined },
): Promise<{ items: StaffTopUp[]; total: number; page: number; perPage: number }> {
  const { rows, total } = await queries.listAll(db, query);
  const ids = rows.map(({ topUp }) => topUp.id);
  const look = { action: 'top-up.read', list: 'top-ups', search: query.q, page: query.page, ids };
  await auditLook(db, staff, look, clock.now());
  const items = await Promise.all(
    rows.map(async (row) => staffTopUpView(row, await availableTo(db, row.topUp))),
  );
  return { items, total, page: query.page, perPage: query.perPage };
}
