import { and, count, desc, eq, gt, inArray, lte, type SQL, sql } from 'drizzle-orm';
import type { Db } from '#db/client.ts';
import { accounts } from '#db/tables/accounts.ts';
import { approvals } from '#db/tables/approvals.ts';
import { companies } from '#db/tables/companies.ts';
import { deliveries } from '#db/tables/deliveries.ts';
import { quoteLines, quotes } from '#db/tables/quotes.ts';
import { enquiries, requestLines, requests } from '#db/tables/requests.ts';
import { solutions } from '#db/tables/solutions.ts';
import { announcing } from '#server/platform/realtime.ts';
import { approvalRequestedMail } from './events.ts';

export type ApprovalRow = typeof approvals.$inferSelect;

export async function addApproval(tx: Db, row: typeof approvals.$inferInsert): Promise<ApprovalRow> {
  const [added] = await tx.insert(approvals).values(row).returning();
  if (!added) throw new Error('the database returned no approval');
  return added;
}

/** Locks what waits of a request. */
export const lockWaiting = (tx: Db, requestId: string): Promise<ApprovalRow[]> =>
  tx
    .select()
    .from(approvals)
    .where(and(eq(approvals.requestId, requestId), eq(approvals.status, 'waiting')))
    .orderBy(approvals.id)
    .for('no key update');

export async function lockWaitingOrder(tx: Db, solutionId: string): Promise<ApprovalRow | null> {
  const [found] = await tx
    .select()
    .from(approvals)
    .where(and(eq(approvals.solutionId, solutionId), eq(approvals.status, 'waiting')))
    .for('no key update');
  return found ?? null;
}

export const waitingOrdersOf = (tx: Db, companyId: string, requesterId: string): Promise<ApprovalRow[]> =>
  tx
    .select()
    .from(approvals)
    .where(
      and(
        eq(approvals.companyId, companyId),
        eq(approvals.requesterId, requesterId),
        eq(approvals.kind, 'order'),
        eq(approvals.status, 'waiting'),
      ),
    )
    .orderBy(approvals.id)
    .for('no key update');

export async function lockApproval(tx: Db, id: string): Promise<ApprovalRow | null> {
  const [found] = await tx.select().from(approvals).where(eq(approvals.id, id)).for('no key update');
  return found ?? null;
}

/** Ends an approval that waits. Returns false if it has ended before. */
export async function endApproval(
  tx: Db,
  id: string,
  end: Pick<ApprovalRow, 'status' | 'decidedAt'> &
    Partial<Pick<ApprovalRow, 'decidedBy' | 'decidedFor' | 'note' | 'requestId'>>,
): Promise<boolean> {
  const announced = announcing(sql`'request:' || coalesce(${approvals.requestId}, ${approvals.id})`);
  const ended = await tx
    .update(approvals)
    .set(end)
    .where(and(eq(approvals.id, id), eq(approvals.status, 'waiting')))
    .returning({ announced });
  return ended.length > 0;
}

/** Which of what waits: of one company, or what expires by then. */
export interface WantedApprovals {
  companyId?: string;
  expiresBy?: Date;
}

export type WaitingApproval = Pick<ApprovalRow, 'id' | 'companyId' | 'requesterId' | 'requestId'>;

/** Returns what waits after this id, the oldest first. */
export const waitingApprovals = (
  db: Db,
  { companyId, expiresBy }: WantedApprovals,
  { after, most }: { after: string | null; most: number },
): Promise<WaitingApproval[]> =>
  db
    .select({
      ...{ id: approvals.id, companyId: approvals.companyId },
      ...{ requesterId: approvals.requesterId, requestId: approvals.requestId },
    })
    .from(approvals)
    .where(
      and(
        eq(approvals.status, 'waiting'),
        companyId === undefined ? undefined : eq(approvals.companyId, companyId),
        expiresBy === undefined ? undefined : lte(approvals.expiresAt, expiresBy),
        after === null ? undefined : gt(approvals.id, after),
      ),
    )
    .orderBy(approvals.id)
    .limit(most);

const nameOf = (buyerId: SQL) => sql<string | null>`(select name from accounts where buyer_id = ${buyerId})`;

const columns = {
  approval: approvals,
  requester: nameOf(sql`${approvals.requesterId}`),
  decidedBy: nameOf(sql`${approvals.decidedBy}`),
  decidedFor: nameOf(sql`${approvals.decidedFor}`),
  number: requests.number,
  title: requests.title,
  company: companies.name,
  timeZone: companies.timeZone,
};

const named = (db: Db) =>
  db
    .select(columns)
    .from(approvals)
    .innerJoin(companies, eq(companies.id, approvals.companyId))
    .leftJoin(requests, eq(requests.id, approvals.requestId))
    .$dynamic();

/** An approval with the names that people see. */
export type NamedApproval = Awaited<ReturnType<typeof named>>[number];

export async function findApproval(db: Db, id: string): Promise<NamedApproval | null> {
  const [found] = await named(db).where(eq(approvals.id, id));
  return found ?? null;
}

interface Wanted {
  companyId: string;
  /** Only what this person asked for; undefined: of everybody. */
  requesterId: string | undefined;
  page: number;
  perPage: number;
}

/** Returns a page of a company's approvals: what waits first, then the latest. */
export async function listApprovals(
  db: Db,
  { companyId, requesterId, page, perPage }: Wanted,
): Promise<{ rows: NamedApproval[]; total: number }> {
  const where = and(
    eq(approvals.companyId, companyId),
    requesterId === undefined ? undefined : eq(approvals.requesterId, requesterId),
  );
  const rows = await named(db)
    .where(where)
    .orderBy(sql`${approvals.status} <> 'waiting'`, desc(approvals.createdAt), desc(approvals.id))
    .limit(perPage)
    .offset((page - 1) * perPage);
  const [counted] = await db.select({ total: count() }).from(approvals).where(where);
  return { rows, total: counted?.total ?? 0 };
}

/** Returns the addresses that were mailed by then that an approval waits. */
export async function addressesAsked(tx: Db, id: string, by: Date): Promise<ReadonlySet<string>> {
  const mails = await tx
    .select({ email: deliveries.toEmail })
    .from(deliveries)
    .where(
      and(
        ...[eq(deliveries.subjectType, approvalRequestedMail.subjectType), eq(deliveries.subjectId, id)],
        ...[eq(deliveries.kind, approvalRequestedMail.name), lte(deliveries.decidedAt, by)],
      ),
    );
  return new Set(mails.map(({ email }) => email));
}

/** Returns what waits of a request, with the name of who asked. */
export const waitingOf = (db: Db, requestId: string): Promise<NamedApproval[]> =>
  named(db)
    .where(and(eq(approvals.requestId, requestId), eq(approvals.status, 'waiting')))
    .orderBy(approvals.id);

/** Returns the account of a buyer who is still in the company. */
export async function accountInCompany(
  db: Db,
  companyId: string,
  buyerId: string,
): Promise<{ email: string; name: string; locale: string } | null> {
  const [found] = await db
    .select({ email: accounts.email, name: accounts.name, locale: accounts.locale })
    .from(accounts)
    .where(
      and(
        eq(accounts.buyerId, buyerId),
        sql`exists (select from company_members m where m.buyer_id = ${accounts.buyerId} and m.company_id = ${companyId})`,
      ),
    );
  return found ?? null;
}

/** Makes the follow links of a person's requests of a company invalid. */
export async function endFollowLinks(
  tx: Db,
  { companyId, buyerId }: { companyId: string; buyerId: string },
  at: Date,
): Promise<void> {
  await tx
    .update(requests)
    .set({
      linkVersion: sql`${requests.linkVersion} + 1`,
      followRevokedAt: sql`coalesce(${requests.followRevokedAt}, ${at.toISOString()}::timestamptz)`,
    })
    .where(and(eq(requests.companyId, companyId), eq(requests.buyerId, buyerId)))
    .returning({ announced: announcing(sql`'request:' || ${requests.id}`) });
}

/** Returns lines of quotes with their prices, in the order of the request. */
export async function pricedLines(tx: Db, requestId: string, quoteIds: readonly string[]) {
  return tx
    .select({
      quoteId: quotes.id,
      expiresAt: quotes.expiresAt,
      currency: quotes.currency,
      vendor: { id: enquiries.vendorId, name: enquiries.vendorName },
      lineId: requestLines.id,
      name: requestLines.productName,
      code: requestLines.productCode,
      unitPrice: quoteLines.unitPrice,
      quantity: quoteLines.quantity,
    })
    .from(quoteLines)
    .innerJoin(quotes, eq(quotes.id, quoteLines.quoteId))
    .innerJoin(enquiries, eq(enquiries.id, quotes.enquiryId))
    .innerJoin(requestLines, eq(requestLines.id, quoteLines.requestLineId))
    .where(and(eq(enquiries.requestId, requestId), inArray(quotes.id, [...quoteIds])))
    .orderBy(requestLines.position, quotes.id);
}

/** Locks the solution of an order, as whoever sends it does first. */
export async function lockSolution(tx: Db, id: string): Promise<void> {
  await tx.select({ id: solutions.id }).from(solutions).where(eq(solutions.id, id)).for('no key update');
}
