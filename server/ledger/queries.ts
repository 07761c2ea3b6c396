import { and, asc, count, desc, eq, gte, lt, lte, or, sql } from 'drizzle-orm';
import type { Db } from '#db/client.ts';
import { ledgerAccounts, ledgerEntries, ledgerHolds, ledgerTransactions } from '#db/tables/ledger.ts';
import { jsonRows } from '#server/platform/rows.ts';
import type { AccountName } from './rules.ts';

export type Account = typeof ledgerAccounts.$inferSelect;
export type Hold = typeof ledgerHolds.$inferSelect;

const isNamed = ({ owner, unit }: AccountName) =>
  and(
    eq(ledgerAccounts.ownerType, owner.type),
    eq(ledgerAccounts.ownerId, owner.id),
    eq(ledgerAccounts.unit, unit),
  );

/** Opens the accounts that don't exist yet. */
export async function openAccounts(tx: Db, names: readonly AccountName[]): Promise<void> {
  const wanted = names.map(({ owner, unit }) => ({ ownerType: owner.type, ownerId: owner.id, unit }));
  const { columns, values, from } = jsonRows('wanted', ledgerAccounts, wanted);
  await tx.execute(sql`
    insert into ledger_accounts (${columns}) select ${values} from ${from}
    where not exists (
      select from ledger_accounts as known
      where (known.owner_type, known.owner_id, known.unit) = (${values}))
    order by ${values}
    on conflict do nothing`);
}

/** Locks accounts in one order for all transactions, so that none waits for another in a circle. */
export async function lockAccounts(tx: Db, names: readonly AccountName[]): Promise<Account[]> {
  return tx
    .select()
    .from(ledgerAccounts)
    .where(or(...names.map(isNamed)))
    .orderBy(asc(ledgerAccounts.id))
    .for('no key update');
}

export async function findAccounts(db: Db, names: readonly AccountName[]): Promise<Account[]> {
  if (names.length === 0) return [];
  return db
    .select()
    .from(ledgerAccounts)
    .where(or(...names.map(isNamed)));
}

/** Returns an owner's accounts of all units. */
export const accountsOf = (db: Db, owner: AccountName['owner']): Promise<Account[]> =>
  db
    .select()
    .from(ledgerAccounts)
    .where(and(eq(ledgerAccounts.ownerType, owner.type), eq(ledgerAccounts.ownerId, owner.id)))
    .orderBy(asc(ledgerAccounts.unit));

/** Returns whether an operation was posted. */
export async function hasTransaction(tx: Db, operationId: string): Promise<boolean> {
  const found = await tx
    .select({ id: ledgerTransactions.id })
    .from(ledgerTransactions)
    .where(eq(ledgerTransactions.operationId, operationId));
  return found.length > 0;
}

/** Returns the transaction's id. */
export async function addTransaction(
  tx: Db,
  transaction: typeof ledgerTransactions.$inferInsert,
): Promise<string> {
  const [added] = await tx
    .insert(ledgerTransactions)
    .values(transaction)
    .returning({ id: ledgerTransactions.id });
  if (!added) throw new Error('the database returned no transaction');
  return added.id;
}

/** Adds entries, which change their accounts. Their balances come from the database. */
export async function addEntries(
  tx: Db,
  transactionId: string,
  entries: readonly { accountId: string; amount: bigint }[],
): Promise<void> {
  await tx
    .insert(ledgerEntries)
    .values(entries.map(({ accountId, amount }) => ({ transactionId, accountId, amount, balance: 0n })));
}

/** Adds an open hold, which changes what its account holds. */
export async function addHold(tx: Db, hold: typeof ledgerHolds.$inferInsert): Promise<Hold> {
  const [added] = await tx.insert(ledgerHolds).values(hold).returning();
  if (!added) throw new Error('the database returned no hold');
  return added;
}

export async function findHoldOf(tx: Db, operationId: string): Promise<Hold | null> {
  const [found] = await tx.select().from(ledgerHolds).where(eq(ledgerHolds.operationId, operationId));
  return found ?? null;
}

/** Returns a hold with the name of its account. Throws if there is none. */
export async function findHold(db: Db, id: string): Promise<{ hold: Hold; account: AccountName }> {
  const [found] = await db
    .select({ hold: ledgerHolds, account: ledgerAccounts })
    .from(ledgerHolds)
    .innerJoin(ledgerAccounts, eq(ledgerAccounts.id, ledgerHolds.accountId))
    .where(eq(ledgerHolds.id, id));
  if (!found) throw new Error(`there is no hold ${id}`);
  const { ownerType, ownerId, unit } = found.account;
  return { hold: found.hold, account: { owner: { type: ownerType, id: ownerId }, unit } };
}

/** Resolves a hold. Returns false if it was resolved before. */
export async function resolveHold(
  tx: Db,
  id: string,
  resolution: Partial<Pick<Hold, 'state' | 'captured' | 'transactionId' | 'resolvedAt'>>,
): Promise<boolean> {
  const resolved = await tx
    .update(ledgerHolds)
    .set(resolution)
    .where(and(eq(ledgerHolds.id, id), eq(ledgerHolds.state, 'open')))
    .returning({ id: ledgerHolds.id });
  return resolved.length > 0;
}

export async function dueHolds(db: Db, now: Date, most: number): Promise<string[]> {
  const due = await db
    .select({ id: ledgerHolds.id })
    .from(ledgerHolds)
    .where(and(eq(ledgerHolds.state, 'open'), lte(ledgerHolds.expiresAt, now)))
    .orderBy(asc(ledgerHolds.expiresAt))
    .limit(most);
  return due.map(({ id }) => id);
}

/** An entry with what its transaction says. */
export interface EntryLine {
  id: bigint;
  at: Date;
  kind: string;
  text: string;
  amount: bigint;
  balance: bigint;
  subject: { type: string; id: string } | null;
}

export interface EntriesWanted {
  /** Days in UTC, both included. */
  from?: string | undefined;
  to?: string | undefined;
  oldestFirst?: boolean;
  limit?: number;
  offset?: number;
}

const day = 86_400_000;

// Not in SQL, where a day begins by the session's time zone.
const startOf = (utcDay: string): Date => new Date(`${utcDay}T00:00:00Z`);

/** Returns entries of an account, by default all, latest first; `total`: without limit and offset. */
export async function entriesOf(
  db: Db,
  name: AccountName,
  { from, to, oldestFirst = false, limit, offset }: EntriesWanted = {},
): Promise<{ entries: EntryLine[]; total: number }> {
  const { at } = ledgerTransactions;
  const where = and(
    isNamed(name),
    from === undefined ? undefined : gte(at, startOf(from)),
    to === undefined ? undefined : lt(at, new Date(startOf(to).getTime() + day)),
  );
  const inOrder = oldestFirst ? asc(ledgerEntries.id) : desc(ledgerEntries.id);
  const page = db
    .select({
      ...{ entry: ledgerEntries, transaction: ledgerTransactions },
      total: sql<number>`count(*) over ()::int`,
    })
    .from(ledgerEntries)
    .innerJoin(ledgerAccounts, eq(ledgerAccounts.id, ledgerEntries.accountId))
    .innerJoin(ledgerTransactions, eq(ledgerTransactions.id, ledgerEntries.transactionId))
    .where(where)
    .orderBy(inOrder)
    .$dynamic();
  if (limit !== undefined) page.limit(limit);
  if (offset !== undefined) page.offset(offset);
  const rows = await page;
  const entries = rows.map(({ entry, transaction }) => lineOf(entry, transaction));
  if (rows[0] || !offset) return { entries, total: rows[0]?.total ?? 0 };
  // A page after the last one has no row to say how many there are.
  const [counted] = await db
    .select({ total: count() })
    .from(ledgerEntries)
    .innerJoin(ledgerAccounts, eq(ledgerAccounts.id, ledgerEntries.accountId))
    .innerJoin(ledgerTransactions, eq(ledgerTransactions.id, ledgerEntries.transactionId))
    .where(where);
  return { entries, total: counted?.total ?? 0 };
}

/** Returns what an account had posted at the end of a day (UTC). */
export async function balanceOn(db: Db, name: AccountName, utcDay: string): Promise<bigint> {
  const [last] = await db
    .select({ balance: ledgerEntries.balance })
    .from(ledgerEntries)
    .innerJoin(ledgerAccounts, eq(ledgerAccounts.id, ledgerEntries.accountId))
    .innerJoin(ledgerTransactions, eq(ledgerTransactions.id, ledgerEntries.transactionId))
    .where(and(isNamed(name), lt(ledgerTransactions.at, new Date(startOf(utcDay).getTime() + day))))
    .orderBy(desc(ledgerEntries.id))
    .limit(1);
  return last?.balance ?? 0n;
}

function lineOf(
  { id, amount, balance }: typeof ledgerEntries.$inferSelect,
  { at, kind, text, subjectType, subjectId }: typeof ledgerTransactions.$inferSelect,
): EntryLine {
  const subject = subjectType === null || subjectId === null ? null : { type: subjectType, id: subjectId };
  return { ...{ id, at, kind, text, amount, balance }, subject };
}
