import { and, asc, count, desc, eq, inArray, isNotNull, isNull, or, sql } from 'drizzle-orm';
import type { Db } from '#db/client.ts';
import { accounts } from '#db/tables/accounts.ts';
import { cardDisputes, cardPayments, cardRefunds } from '#db/tables/card-payments.ts';
import { topUpPayments, topUps } from '#db/tables/credits.ts';
import type { topUpFilters } from '#server/common/enums/credits.ts';
import { isUuid } from '#server/common/ids.ts';
import type { InvoiceRef } from './schema.ts';

/** What is left of the buyer's top-ups that were paid after this one. */
const later = sql<string>`coalesce((
  select sum(other.credits - other.refunded) from top_ups as other
  where other.company_id is not distinct from top_ups.company_id
    and (top_ups.company_id is not null or other.buyer_id = top_ups.buyer_id) and (other.paid_at, other.id) > (top_ups.paid_at, top_ups.id)), 0)::text`;

// Names the table itself: Drizzle leaves it out of queries of one table.
const received = sql<string>`coalesce((
  select sum(amount) from top_up_payments as payment
  where payment.top_up_id = top_ups.id and payment.reversed_at is null), 0)::text`;

const issued = sql<ReceivedTopUp['invoices']>`coalesce((
  select json_agg(json_build_object('id', id, 'number', number, 'kind', kind, 'issuedAt', issued_at)
                  order by issued_at, number)
  from invoices as issued where issued.top_up_id = top_ups.id), '[]')`;

export type TopUpRow = typeof topUps.$inferSelect;
/** The payment by card of a top-up. */
export type CardRow = Pick<typeof cardPayments.$inferSelect, 'state' | 'url'> & {
  dispute: (typeof cardDisputes.$inferSelect)['state'] | null;
  /** Oldest first; `credits` in 1/100. Null: none. */
  refunds: { credits: string; amount: string; state: (typeof cardRefunds.$inferSelect)['state'] }[] | null;
};
export interface ReceivedTopUp {
  topUp: TopUpRow;
  /** By payments that weren't reversed, as a decimal string. */
  received: string;
  /** Oldest first; `issuedAt`: ISO 8601. */
  invoices: InvoiceRef[];
  /** Null: it isn't paid by card. */
  card: CardRow | null;
}

const card = sql<CardRow | null>`(
  select json_build_object(
    'state', card.state, 'url', card.url,
    'dispute', (select state from ${cardDisputes} as dispute where dispute.top_up_id = card.top_up_id
                order by opened_at desc limit 1),
    'refunds', (select json_agg(json_build_object(
                  'credits', credits::text, 'amount', amount::text, 'state', state) order by requested_at, id)
                from ${cardRefunds} as refund where refund.top_up_id = card.top_up_id))
  from ${cardPayments} as card where card.top_up_id = top_ups.id)`;

const withSums = { topUp: topUps, received, invoices: issued, card };

/** Inserts a top-up with the next reference. */
export async function addTopUp(
  tx: Db,
  topUp: Omit<typeof topUps.$inferInsert, 'reference'>,
): Promise<TopUpRow> {
  const prefix = `TU-${String(topUp.createdAt.getUTCFullYear() % 100).padStart(2, '0')}-`;
  const [added] = await tx
    .insert(topUps)
    .values({ ...topUp, reference: sql`${prefix} || lpad(nextval('top_up_numbers')::text, 5, '0')` })
    .returning();
  if (!added) throw new Error('the database returned no top-up');
  return added;
}

/** Returns whether a top-up is the buyer's own, or of the company that they belong to. */
const isSeenBy = (buyerId: string) =>
  or(
    and(eq(topUps.buyerId, buyerId), isNull(topUps.companyId)),
    sql`${topUps.companyId} = (select company_id from company_members where buyer_id = ${buyerId})`,
  );

export async function findOwn(db: Db, buyerId: string, id: string): Promise<ReceivedTopUp | null> {
  if (!isUuid(id)) return null;
  const [found] = await db
    .select(withSums)
    .from(topUps)
    .where(and(eq(topUps.id, id), isSeenBy(buyerId)));
  return found ?? null;
}

interface Page {
  page: number;
  perPage: number;
}

/** Returns a page of a buyer's top-ups, latest first, with how many there are. */
export async function listOwn(
  db: Db,
  buyerId: string,
  { page, perPage }: Page,
): Promise<{ rows: ReceivedTopUp[]; total: number }> {
  const isOwn = isSeenBy(buyerId);
  const rows = await db
    .select({ ...withSums, total: sql<number>`count(*) over ()::int` })
    .from(topUps)
    .where(isOwn)
    .orderBy(desc(topUps.createdAt), desc(topUps.id))
    .limit(perPage)
    .offset((page - 1) * perPage);
  if (rows[0] || page === 1) return { rows, total: rows[0]?.total ?? 0 };
  // A page after the last one has no row to say how many there are.
  const [counted] = await db.select({ total: count() }).from(topUps).where(isOwn);
  return { rows, total: counted?.total ?? 0 };
}

/** Locks a top-up, so that its payments and refunds don't interleave. */
export async function lockTopUp(tx: Db, id: string): Promise<ReceivedTopUp | null> {
  if (!isUuid(id)) return null;
  const locked = await tx
    .select({ id: topUps.id })
    .from(topUps)
    .where(eq(topUps.id, id))
    .for('no key update');
  if (locked.length === 0) return null;
  // Read again: what was received may have been changed by whom the lock waited for.
  return findTopUp(tx, id);
}

export async function findTopUp(db: Db, id: string): Promise<ReceivedTopUp | null> {
  const [found] = await db.select(withSums).from(topUps).where(eq(topUps.id, id));
  return found ?? null;
}

export async function updateTopUp(
  tx: Db,
  id: string,
  change: Partial<
    Pick<
      TopUpRow,
      | 'paidAt'
      | 'cancelledAt'
      | 'orderedCredits'
      | 'credits'
      | 'net'
      | 'vat'
      | 'refunded'
      | 'owedCredits'
      | 'owedMoney'
    >
  >,
): Promise<void> {
  await tx.update(topUps).set(change).where(eq(topUps.id, id));
}

export async function laterCredit(tx: Db, id: string): Promise<bigint> {
  const [found] = await tx.select({ later }).from(topUps).where(eq(topUps.id, id));
  return BigInt(found?.later ?? 0);
}

export type Payment = typeof topUpPayments.$inferSelect;

export async function findPayment(tx: Db, bankReference: string): Promise<Payment | null> {
  const [found] = await tx.select().from(topUpPayments).where(eq(topUpPayments.bankReference, bankReference));
  return found ?? null;
}

/** Returns the payments of a top-up that weren't reversed. */
export const livePayments = (tx: Db, topUpId: string): Promise<Payment[]> =>
  tx
    .select()
    .from(topUpPayments)
    .where(and(eq(topUpPayments.topUpId, topUpId), isNull(topUpPayments.reversedAt)));

/** Inserts a payment. Returns null if its reference was counted meanwhile. */
export async function addPayment(
  tx: Db,
  payment: typeof topUpPayments.$inferInsert,
): Promise<Payment | null> {
  const [added] = await tx.insert(topUpPayments).values(payment).onConflictDoNothing().returning();
  return added ?? null;
}

export async function markReversed(
  tx: Db,
  id: string,
  reversal: { reversedAt: Date; reversedBy: string | null; reversalReason: string },
): Promise<void> {
  await tx.update(topUpPayments).set(reversal).where(eq(topUpPayments.id, id));
}

/** A top-up with the account of its buyer. */
export interface BuyersTopUp extends ReceivedTopUp {
  buyer: { name: string; email: string };
  payments: Payment[];
  /** What is left of the buyer's top-ups that were paid later, in 1/100 credit. */
  later: string;
}

interface StaffFilter extends Page {
  status?: (typeof topUpFilters)[number] | undefined;
  q?: string | undefined;
}

const isOfStatus = {
  waiting: and(isNull(topUps.paidAt), isNull(topUps.cancelledAt)),
  paid: isNotNull(topUps.paidAt),
  cancelled: isNotNull(topUps.cancelledAt),
  disputed: sql`exists (select from ${cardDisputes} as dispute
                        where dispute.top_up_id = top_ups.id and dispute.state = 'open')`,
};

/** Returns a page of all top-ups: those that wait oldest first, others latest first. */
export async function listAll(
  db: Db,
  { page, perPage, status, q }: StaffFilter,
): Promise<{ rows: BuyersTopUp[]; total: number }> {
  const sought = q?.trim().toLowerCase();
  const where = and(
    status && isOfStatus[status],
    sought
      ? sql`strpos(lower(${topUps.reference} || ' ' || ${accounts.name} || ' ' || ${accounts.email}), ${sought}) > 0`
      : undefined,
  );
  const rows = await db
    .select(withBuyer)
    .from(topUps)
    .innerJoin(accounts, eq(accounts.buyerId, topUps.buyerId))
    .where(where)
    .orderBy(
      ...(status === 'waiting'
        ? [asc(topUps.createdAt), asc(topUps.id)]
        : [desc(topUps.createdAt), desc(topUps.id)]),
    )
    .limit(perPage)
    .offset((page - 1) * perPage);
  const [counted] = await db
    .select({ total: count() })
    .from(topUps)
    .innerJoin(accounts, eq(accounts.buyerId, topUps.buyerId))
    .where(where);
  return { rows: await withPayments(db, rows), total: counted?.total ?? 0 };
}

export async function findAny(db: Db, id: string): Promise<BuyersTopUp | null> {
  if (!isUuid(id)) return null;
  const rows = await db
    .select(withBuyer)
    .from(topUps)
    .innerJoin(accounts, eq(accounts.buyerId, topUps.buyerId))
    .where(eq(topUps.id, id));
  const [found] = await withPayments(db, rows);
  return found ?? null;
}

/** Returns whom to write to about a buyer's top-ups; null without an account. */
export async function readerOf(
  db: Db,
  buyerId: string,
): Promise<{ email: string; name: string; locale: string } | null> {
  const [found] = await db
    .select({ email: accounts.email, name: accounts.name, locale: accounts.locale })
    .from(accounts)
    .where(eq(accounts.buyerId, buyerId));
  return found ?? null;
}

const withBuyer = { ...withSums, later, buyer: { name: accounts.name, email: accounts.email } };

async function withPayments(db: Db, rows: Omit<BuyersTopUp, 'payments'>[]): Promise<BuyersTopUp[]> {
  const ids = rows.map(({ topUp }) => topUp.id);
  const payments = await db
    .select()
    .from(topUpPayments)
    .where(inArray(topUpPayments.topUpId, ids))
    .orderBy(asc(topUpPayments.at), asc(topUpPayments.id));
  return rows.map((row) => ({
    ...row,
    payments: payments.filter(({ topUpId }) => topUpId === row.topUp.id),
  }));
}
