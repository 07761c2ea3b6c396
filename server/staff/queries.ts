import { and, count, desc, eq, gt, sql } from 'drizzle-orm';
import type { Db } from '#db/client.ts';
import { accounts, accountSessions } from '#db/tables/accounts.ts';
import { deliveries } from '#db/tables/deliveries.ts';
import { isUuid } from '#server/common/ids.ts';

const person = {
  id: accounts.id,
  name: accounts.name,
  email: accounts.email,
  role: accounts.role,
  company: accounts.company,
  locale: accounts.locale,
  createdAt: accounts.createdAt,
};

const holds = (column: typeof accounts.email | typeof deliveries.toEmail, part: string) =>
  sql`strpos(lower(${column}), ${part.trim().toLowerCase()}) > 0`;

interface Page {
  page: number;
  perPage: number;
}

/** Returns a page of the accounts whose address has this part. */
export async function findPeople(db: Db, { q, page, perPage }: Page & { q: string }) {
  const where = holds(accounts.email, q);
  const rows = await db
    .select(person)
    .from(accounts)
    .where(where)
    .orderBy(accounts.email)
    .limit(perPage)
    .offset((page - 1) * perPage);
  const [counted] = await db.select({ total: count() }).from(accounts).where(where);
  return { rows, total: counted?.total ?? 0 };
}

export async function findPerson(db: Db, id: string) {
  if (!isUuid(id)) return null;
  const [row] = await db.select(person).from(accounts).where(eq(accounts.id, id));
  return row ?? null;
}

export async function countSessions(db: Db, accountId: string, now: Date): Promise<number> {
  const [row] = await db
    .select({ count: count() })
    .from(accountSessions)
    .where(
      and(
        eq(accountSessions.accountId, accountId),
        gt(accountSessions.expiresAt, now),
        gt(accountSessions.endsAt, now),
      ),
    );
  return row?.count ?? 0;
}

export type DeliveryRow = typeof deliveries.$inferSelect;

/** Returns a page of mails, latest first. */
export async function listDeliveries(
  db: Db,
  { page, perPage, state, q }: Page & { state?: 'unsent' | 'sent' | undefined; q?: string | undefined },
): Promise<{ rows: DeliveryRow[]; total: number }> {
  const where = and(
    state === undefined ? undefined : sql`(${deliveries.status} = 'sent') = ${state === 'sent'}`,
    q ? holds(deliveries.toEmail, q) : undefined,
  );
  const rows = await db
    .select()
    .from(deliveries)
    .where(where)
    .orderBy(desc(deliveries.id))
    .limit(perPage)
    .offset((page - 1) * perPage);
  const [counted] = await db.select({ total: count() }).from(deliveries).where(where);
  return { rows, total: counted?.total ?? 0 };
}

/** Locks a mail; null also for a malformed id. */
export async function lockDelivery(tx: Db, id: string): Promise<DeliveryRow | null> {
  if (!isUuid(id)) return null;
  const [row] = await tx.select().from(deliveries).where(eq(deliveries.id, id)).for('no key update');
  return row ?? null;
}
