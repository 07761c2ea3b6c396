import type { Db } from '#db/client.ts';
import type { Context } from '#server/context.ts';
import * as queries from './queries.ts';
import {
  type AccountName,
  availableOf,
  type Entry,
  keyOf,
  mayChange,
  type Owner,
  requireBalance,
} from './rules.ts';

export { balanceOn, type EntryLine, entriesOf, hasTransaction } from './queries.ts';
export type { AccountName, Entry, Owner } from './rules.ts';

/** What an operation is, for statements. */
export interface Cause {
  kind: string;
  actor: string;
  /** Names nobody, as it is never erased. */
  text: string;
  at: Date;
}

export interface Subject {
  type: string;
  id: string;
}

export interface Posting extends Cause {
  subject?: Subject;
  /** Happens once. */
  operationId: string;
  /** Sum to zero per unit, with one entry for each account. */
  entries: readonly Entry[];
}

/**
 * Posts a transaction. `repeated`: the operation had been posted. `too_low`: an account lacks what the transaction takes
 * from it, and nothing was written. A database transaction that calls this module more than once must `lock` first, so that
 * all lock their accounts in one order.
 */
export async function post(tx: Db, posting: Posting): Promise<'posted' | 'repeated' | 'too_low'> {
  const { subject, operationId, entries, kind, actor, text, at } = posting;
  requireBalance(entries);
  const accounts = await lockAccounts(
    tx,
    entries.map(({ account }) => account),
  );
  if (await queries.hasTransaction(tx, operationId)) return 'repeated';
  const isCovered = ({ account, amount }: Entry) =>
    mayChange(account.owner, accounts.get(keyOf(account))!, amount);
  if (!entries.every(isCovered)) return 'too_low';
  const id = await queries.addTransaction(tx, {
    ...{ kind, actor, text, at, operationId },
    ...(subject ? { subjectType: subject.type, subjectId: subject.id } : {}),
  });
  await addEntries(tx, id, entries, accounts);
  return 'posted';
}

export interface HoldRequest {
  account: AccountName;
  amount: bigint;
  subject: Subject;
  /** Happens once. */
  operationId: string;
  at: Date;
  expiresAt: Date;
}

/** Sets an amount aside. Repeated, returns the same hold; null: the account has less than that. */
export async function hold(
  tx: Db,
  { account: name, amount, subject, operationId, at, expiresAt }: HoldRequest,
): Promise<queries.Hold | null> {
  const account = (await lockAccounts(tx, [name])).get(keyOf(name))!;
  const earlier = await queries.findHoldOf(tx, operationId);
  if (earlier) return earlier;
  if (availableOf(account) < amount) return null;
  return queries.addHold(tx, {
    ...{ accountId: account.id, amount, operationId, at, expiresAt },
    ...{ subjectType: subject.type, subjectId: subject.id },
  });
}

export interface Capture extends Cause {
  holdId: string;
  /** Who gets what is captured: together at most what is held. The rest becomes available. */
  to: readonly Entry[];
}

/** Takes from a hold what it was for. Returns false if the hold was resolved before. */
export async function capture(tx: Db, { holdId, to, kind, actor, text, at }: Capture): Promise<boolean> {
  const { hold: found, account } = await queries.findHold(tx, holdId);
  const captured = to.reduce((sum, { amount }) => sum + amount, 0n);
  const entries = [{ account, amount: -captured }, ...to];
  requireBalance(entries);
  const accounts = await lockAccounts(
    tx,
    entries.map((entry) => entry.account),
  );
  if ((await queries.findHold(tx, holdId)).hold.state !== 'open') return false;
  const transactionId = await queries.addTransaction(tx, {
    ...{ kind, actor, text, at, operationId: `hold:${holdId}` },
    ...{ subjectType: found.subjectType, subjectId: found.subjectId },
  });
  await queries.resolveHold(tx, holdId, { state: 'captured', captured, transactionId, resolvedAt: at });
  await addEntries(tx, transactionId, entries, accounts);
  return true;
}

/** Makes what is held available again. Returns false if the hold was resolved before. */
export async function release(
  tx: Db,
  holdId: string,
  at: Date,
  state: 'released' | 'expired' = 'released',
): Promise<boolean> {
  const { account } = await queries.findHold(tx, holdId);
  await lockAccounts(tx, [account]);
  return queries.resolveHold(tx, holdId, { state, resolvedAt: at });
}

const expiredAtOnce = 100;

/** Releases holds that nobody resolved in time. */
export async function expireDueHolds({ db, clock }: Pick<Context, 'db' | 'clock'>): Promise<void> {
  const now = clock.now();
  for (;;) {
    const due = await queries.dueHolds(db, now, expiredAtOnce);
    for (const id of due) await db.transaction((tx) => release(tx, id, now, 'expired'));
    if (due.length < expiredAtOnce) return;
  }
}

/** Locks all accounts that the transaction will change, and returns what they have, in the same order. */
export async function lock(tx: Db, names: readonly AccountName[]): Promise<Balances[]> {
  const locked = await lockAccounts(tx, names);
  return names.map((name) => {
    const { posted, held } = locked.get(keyOf(name))!;
    return { posted, held, available: availableOf({ posted, held }) };
  });
}

export interface Balances {
  posted: bigint;
  held: bigint;
  available: bigint;
}

/** Returns what an account has; nothing as long as it isn't opened. */
export async function balancesOf(db: Db, name: AccountName): Promise<Balances> {
  const [balances] = await allBalancesOf(db, [name]);
  return balances!;
}

/** As `balancesOf`, of several accounts at once, in the same order. */
export async function allBalancesOf(db: Db, names: readonly AccountName[]): Promise<Balances[]> {
  const found = byKey(await queries.findAccounts(db, names));
  return names.map((name) => {
    const { posted, held } = found.get(keyOf(name)) ?? { posted: 0n, held: 0n };
    return { posted, held, available: availableOf({ posted, held }) };
  });
}

/** Returns what an owner has, by unit: "credit" or a currency. */
export async function unitsOf(db: Db, owner: Owner): Promise<{ unit: string; balances: Balances }[]> {
  const accounts = await queries.accountsOf(db, owner);
  return accounts.map(({ unit, posted, held }) => ({
    unit,
    balances: { posted, held, available: availableOf({ posted, held }) },
  }));
}

type AccountsByKey = ReadonlyMap<string, queries.Account>;

/** Locks accounts by their keys, after opening those that don't exist. */
async function lockAccounts(tx: Db, names: readonly AccountName[]): Promise<AccountsByKey> {
  await queries.openAccounts(tx, names);
  return byKey(await queries.lockAccounts(tx, names));
}

const byKey = (accounts: readonly queries.Account[]): AccountsByKey =>
  new Map(
    accounts.map((account) => {
      const owner = { type: account.ownerType, id: account.ownerId };
      return [keyOf({ owner, unit: account.unit }), account];
    }),
  );

/** Adds entries of accounts that are locked. */
const addEntries = (tx: Db, transactionId: string, entries: readonly Entry[], accounts: AccountsByKey) =>
  queries.addEntries(
    tx,
    transactionId,
    entries.map(({ account, amount }) => ({ accountId: accounts.get(keyOf(account))!.id, amount })),
  );
