import type { Db } from '#db/client.ts';
import { audit } from '#server/audit/service.ts';
import { debtMark } from '#server/common/enums/credits.ts';
import { format } from '#server/common/money.ts';
import type { Context } from '#server/context.ts';
import * as ledger from '#server/ledger/service.ts';
import { announce } from '#server/platform/realtime.ts';
import { accountOf, creditKey, ofHouse } from './account-names.ts';
import { invoice } from './invoicing/service.ts';
import { ownerOfTopUp } from './owner.ts';
import * as queries from './queries.ts';
import { refuse } from './refusals.ts';
import { type Changes, changesBetween, isCovered, type TopUpState } from './rules.ts';
import type { StaffTopUp } from './schema.ts';
import { staffTopUpView } from './view.ts';

/** The account of staff who act. */
export interface Staff {
  id: string;
  name: string;
}

/** Who changes a top-up; the provider of card payments by what it says. */
export type Doer = Staff | 'stripe';

export const actorOf = (doer: Doer) => (doer === 'stripe' ? doer : `account:${doer.id}`);

/** Locks a top-up for a change. Refuses `not_found`. */
export async function lock(tx: Db, id: string): Promise<queries.ReceivedTopUp> {
  const found = await queries.lockTopUp(tx, id);
  if (!found) throw refuse('not_found');
  return found;
}

/** Returns a top-up as staff see it. */
export async function viewOf(tx: Db, id: string): Promise<StaffTopUp> {
  const found = await queries.findAny(tx, id);
  if (!found) throw refuse('not_found');
  const [view] = await viewsOf(tx, [found]);
  return view!;
}

/** Returns top-ups as staff see them, with what their buyers have available. */
export async function viewsOf(db: Db, rows: readonly queries.BuyersTopUp[]): Promise<StaffTopUp[]> {
  const accounts = rows.map(({ topUp }) => accountOf(ownerOfTopUp(topUp)));
  const balances = await ledger.allBalancesOf(db, accounts);
  return rows.map((row, index) => staffTopUpView(row, balances[index]!.available));
}

/** Returns the accounts that a top-up can change: its owner's credit and deposit first. */
export const accountsOf = (owner: ledger.Owner, { currency }: queries.TopUpRow): ledger.AccountName[] => [
  accountOf(owner),
  accountOf(owner, currency),
  ...['issued', 'claims'].map((id) => ofHouse(id, 'credit')),
  ...['bank', 'waiting', 'revenue', 'vat', 'claims'].map((id) => ofHouse(id, currency)),
];

/** `kind`: of the ledger's transaction; `action`: in the audit log, by default that kind. */
interface Act {
  ctx: Pick<Context, 'config'>;
  kind: string;
  action?: string;
  by: Doer;
  at: Date;
  operationId: string;
}

interface Change {
  before: TopUpState;
  after: TopUpState;
}

/** Posts what changes between two states of a locked top-up, and keeps the new one. */
export async function apply(
  tx: Db,
  topUp: queries.TopUpRow,
  { before, after }: Change,
  { ctx, kind, action = kind, by, at, operationId }: Act,
): Promise<void> {
  if (by !== 'stripe')
    await audit(tx, by, [{ action: `top-up.${action}`, subject: { type: 'top-up', id: topUp.id } }], at);
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
    const outcome = await ledger.post(tx, { ...cause, at, actor: actorOf(by), subject, entries });
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
    // Money that came in revives one that was cancelled.
    cancelledAt: null,
    credits: after.credits,
    net: format(after.net, topUp.currency),
    vat: format(after.vat, topUp.currency),
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
