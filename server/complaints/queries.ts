import { and, asc, count, desc, eq, getTableColumns, inArray, lte, type SQL, sql } from 'drizzle-orm';
import type { Db } from '#db/client.ts';
import { accounts } from '#db/tables/accounts.ts';
import { complaintMessages, complaints } from '#db/tables/complaints.ts';
import { vendors } from '#db/tables/vendors.ts';
import type { ComplaintAudience } from '#server/common/enums/complaints.ts';
import { isUuid } from '#server/common/ids.ts';
import type { Member } from '#server/platform/auth/actors.ts';
import { isSeenBy } from '#server/platform/auth/seeing.ts';

export type ComplaintRow = typeof complaints.$inferSelect;
export type MessageRow = typeof complaintMessages.$inferSelect;

/** Who reads or acts. */
export type Party =
  | { side: 'buyer'; buyerId: string; member: Member | null; accountId: string; name: string }
  /** `accountId` null: by the link of the complaint `complaintId`. */
  | { side: 'vendor'; vendorId: number; accountId: string | null; complaintId?: string; name: string }
  | { side: 'staff'; accountId: string; name: string };

export interface FoundComplaint {
  complaint: ComplaintRow;
  vendor: { id: number; name: string; email: string | null; locale: string; timeZone: string };
  buyer: { name: string; email: string; locale: string } | null;
}

const found = {
  complaint: complaints,
  vendor: {
    id: vendors.id,
    name: vendors.name,
    email: vendors.email,
    locale: vendors.locale,
    timeZone: vendors.timeZone,
  },
  buyer: { name: accounts.name, email: accounts.email, locale: accounts.locale },
};

/** The complaints that a party sees. */
function seenBy(party: Party): SQL | undefined {
  if (party.side === 'staff') return undefined;
  if (party.side === 'vendor')
    return and(
      eq(complaints.vendorId, party.vendorId),
      party.complaintId === undefined ? undefined : eq(complaints.id, party.complaintId),
    );
  return isSeenBy('complaints', party);
}

const isOpen = inArray(complaints.status, ['open', 'in_review']);

const select = (db: Db) =>
  db
    .select(found)
    .from(complaints)
    .innerJoin(vendors, eq(vendors.id, complaints.vendorId))
    .leftJoin(accounts, eq(accounts.buyerId, complaints.buyerId));

/** Returns a complaint that the party sees; null also for a malformed id. */
export async function findComplaint(db: Db, party: Party, id: string): Promise<FoundComplaint | null> {
  if (!isUuid(id)) return null;
  const [row] = await select(db).where(and(eq(complaints.id, id), seenBy(party)));
  return row ?? null;
}

/** As `findComplaint`, locked for a change. */
export async function lockComplaint(tx: Db, party: Party, id: string): Promise<FoundComplaint | null> {
  if (!isUuid(id)) return null;
  await tx.select({ id: complaints.id }).from(complaints).where(eq(complaints.id, id)).for('no key update');
  return findComplaint(tx, party, id);
}

export async function findAny(db: Db, id: string): Promise<FoundComplaint | null> {
  const [row] = await select(db).where(eq(complaints.id, id));
  return row ?? null;
}

/** Returns a page: what is due first, then the latest. */
export async function listComplaints(
  db: Db,
  party: Party,
  { page, perPage, open }: { page: number; perPage: number; open?: boolean | undefined },
): Promise<{ rows: FoundComplaint[]; total: number }> {
  const where = and(
    seenBy(party),
    open === undefined ? undefined : sql`(${complaints.status} in ('open', 'in_review')) = ${open}`,
  );
  const rows = await select(db)
    .where(where)
    .orderBy(sql`${complaints.dueAt} asc nulls last`, desc(complaints.createdAt), desc(complaints.id))
    .limit(perPage)
    .offset((page - 1) * perPage);
  const [counted] = await db.select({ total: count() }).from(complaints).where(where);
  return { rows, total: counted?.total ?? 0 };
}

/** Returns whether a buyer has an open complaint about that subject and vendor. */
export async function hasOpen(
  tx: Db,
  {
    buyerId,
    vendorId,
    subjectType,
    subjectId,
  }: Pick<ComplaintRow, 'buyerId' | 'vendorId' | 'subjectType' | 'subjectId'>,
): Promise<boolean> {
  const [found] = await tx
    .select({ id: complaints.id })
    .from(complaints)
    .where(
      and(
        ...[eq(complaints.buyerId, buyerId), eq(complaints.vendorId, vendorId), isOpen],
        ...[eq(complaints.subjectType, subjectType), eq(complaints.subjectId, subjectId)],
      ),
    )
    .limit(1);
  return found !== undefined;
}

/** Inserts a complaint with the next number. */
export async function addComplaint(
  tx: Db,
  complaint: Omit<typeof complaints.$inferInsert, 'number'>,
): Promise<ComplaintRow> {
  const prefix = `CO-${String(complaint.createdAt.getUTCFullYear()).slice(2)}-`;
  const [added] = await tx
    .insert(complaints)
    .values({ ...complaint, number: sql`${prefix} || lpad(nextval('complaint_numbers')::text, 5, '0')` })
    .returning();
  if (!added) throw new Error('the database returned no complaint');
  return added;
}

export async function updateComplaint(
  tx: Db,
  id: string,
  change: Partial<typeof complaints.$inferInsert>,
): Promise<void> {
  await tx.update(complaints).set(change).where(eq(complaints.id, id));
}

export async function addMessage(
  tx: Db,
  message: typeof complaintMessages.$inferInsert,
): Promise<MessageRow> {
  const [added] = await tx.insert(complaintMessages).values(message).returning();
  if (!added) throw new Error('the database returned no message');
  return added;
}

/** Returns the messages that these audiences read, with the name of the buyer's person who wrote; null: of nobody else. */
export async function messagesOf(
  db: Db,
  complaintId: string,
  audiences: readonly ComplaintAudience[],
): Promise<(MessageRow & { person: string | null })[]> {
  return db
    .select({ ...getTableColumns(complaintMessages), person: accounts.name })
    .from(complaintMessages)
    .leftJoin(accounts, eq(accounts.buyerId, complaintMessages.authorId))
    .where(
      and(
        eq(complaintMessages.complaintId, complaintId),
        inArray(complaintMessages.audience, [...audiences]),
      ),
    )
    .orderBy(asc(complaintMessages.createdAt), asc(complaintMessages.id));
}

export async function findMessage(db: Db, id: string): Promise<MessageRow | null> {
  const [row] = await db.select().from(complaintMessages).where(eq(complaintMessages.id, id));
  return row ?? null;
}

export interface MailedPerson {
  email: string;
  name: string;
  locale: string;
}

/** Returns the managers of a vendor, or staff. */
export async function peopleOf(db: Db, vendorId: number | null): Promise<MailedPerson[]> {
  return db
    .select({ email: accounts.email, name: accounts.name, locale: accounts.locale })
    .from(accounts)
    .where(
      vendorId === null
        ? eq(accounts.role, 'staff')
        : and(eq(accounts.role, 'manager'), eq(accounts.vendorId, vendorId)),
    )
    .orderBy(asc(accounts.id));
}

export async function dueReminders(db: Db, now: Date, most: number): Promise<string[]> {
  const rows = await db
    .select({ id: complaints.id })
    .from(complaints)
    .where(lte(complaints.remindAt, now))
    .orderBy(asc(complaints.remindAt))
    .limit(most);
  return rows.map(({ id }) => id);
}

/** Returns the numbers of a person's open complaints, without those of a company that they have left. */
export async function openNumbers(db: Db, buyerId: string): Promise<string[]> {
  const isTheirs = sql`(${complaints.companyId} is null or exists (
    select from company_members m where m.buyer_id = ${buyerId} and m.company_id = ${complaints.companyId}))`;
  const rows = await db
    .select({ number: complaints.number })
    .from(complaints)
    .where(and(eq(complaints.buyerId, buyerId), isOpen, isTheirs))
    .orderBy(asc(complaints.number));
  return rows.map(({ number }) => number);
}
