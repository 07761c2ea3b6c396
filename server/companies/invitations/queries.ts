import { and, asc, eq, gt, inArray, isNull, sql } from 'drizzle-orm';
import type { Db } from '#db/client.ts';
import { accounts } from '#db/tables/accounts.ts';
import { companies, companyInvitations } from '#db/tables/companies.ts';

export type StoredInvitation = typeof companyInvitations.$inferSelect;

/** An invitation with the state of its newest mail. */
export interface InvitationRow {
  invitation: StoredInvitation;
  mail: string | null;
  sentAt: Date;
}

const isOpen = and(isNull(companyInvitations.acceptedAt), isNull(companyInvitations.withdrawnAt));

const newestMail = sql<{ status: string; at: string } | null>`(
  select json_build_object('status', d.status, 'at', d.decided_at) from deliveries d
  where d.subject_type = 'invitation' and d.subject_id = ${companyInvitations.id} order by d.id desc limit 1)`;

/** Returns a company's invitations that nobody accepted or withdrew, in the order they were made. */
export async function invitationsOf(db: Db, companyId: string): Promise<InvitationRow[]> {
  const rows = await db
    .select({ invitation: companyInvitations, mail: newestMail })
    .from(companyInvitations)
    .where(and(eq(companyInvitations.companyId, companyId), isOpen))
    .orderBy(asc(companyInvitations.id));
  return rows.map(({ invitation, mail }) => ({
    ...{ invitation, mail: mail?.status ?? null },
    sentAt: mail ? new Date(mail.at) : invitation.createdAt,
  }));
}

/** Adds an invitation. Returns null if one to the address is open. */
export async function addInvitation(
  tx: Db,
  invitation: typeof companyInvitations.$inferInsert,
): Promise<StoredInvitation | null> {
  const [added] = await tx.insert(companyInvitations).values(invitation).onConflictDoNothing().returning();
  return added ?? null;
}

export async function openInvitationTo(
  tx: Db,
  companyId: string,
  email: string,
): Promise<StoredInvitation | null> {
  const [found] = await tx
    .select()
    .from(companyInvitations)
    .where(and(eq(companyInvitations.companyId, companyId), eq(companyInvitations.email, email), isOpen));
  return found ?? null;
}

/** Locks an invitation. */
export async function lockInvitation(tx: Db, id: string): Promise<StoredInvitation | null> {
  const [found] = await tx
    .select()
    .from(companyInvitations)
    .where(eq(companyInvitations.id, id))
    .for('no key update');
  return found ?? null;
}

/** Locks the invitations of a company that nobody accepted or withdrew. */
export const lockOpenInvitations = (tx: Db, companyId: string): Promise<StoredInvitation[]> =>
  tx
    .select()
    .from(companyInvitations)
    .where(and(eq(companyInvitations.companyId, companyId), isOpen))
    .orderBy(asc(companyInvitations.id))
    .for('no key update');

export async function changeInvitation(
  tx: Db,
  id: string,
  changes: Partial<
    Pick<StoredInvitation, 'role' | 'limits' | 'version' | 'expiresAt' | 'acceptedAt' | 'withdrawnAt'>
  >,
): Promise<void> {
  await tx.update(companyInvitations).set(changes).where(eq(companyInvitations.id, id));
}

/** An invitation with the names that its receiver sees. */
export interface NamedInvitation {
  invitation: StoredInvitation;
  company: string;
  invitedBy: string | null;
}

const named = (db: Db) =>
  db
    .select({ invitation: companyInvitations, company: companies.name, invitedBy: accounts.name })
    .from(companyInvitations)
    .innerJoin(companies, eq(companies.id, companyInvitations.companyId))
    .leftJoin(accounts, eq(accounts.buyerId, companyInvitations.invitedBy))
    .$dynamic();

export async function findInvitation(db: Db, id: string): Promise<NamedInvitation | null> {
  const [found] = await named(db).where(eq(companyInvitations.id, id));
  return found ?? null;
}

/** Returns the open invitations of an address, in lower case. */
export const openInvitationsOf = (db: Db, email: string, now: Date): Promise<NamedInvitation[]> =>
  named(db)
    .where(and(eq(companyInvitations.email, email), isOpen, gt(companyInvitations.expiresAt, now)))
    .orderBy(asc(companyInvitations.id));

/** Returns the invitations to these addresses, in lower case, as a person gets them in a copy. */
export const copyOfInvitations = (db: Db, emails: readonly string[]) =>
  db
    .select({
      ...{ company: companies.name, role: companyInvitations.role },
      ...{ createdAt: companyInvitations.createdAt, acceptedAt: companyInvitations.acceptedAt },
    })
    .from(companyInvitations)
    .innerJoin(companies, eq(companies.id, companyInvitations.companyId))
    .where(inArray(companyInvitations.email, [...emails]))
    .orderBy(asc(companyInvitations.createdAt));

/** Withdraws what is open to these addresses, in lower case, and replaces them. */
export async function forgetInvitationsTo(
  tx: Db,
  emails: readonly string[],
  pseudonym: string,
  at: Date,
): Promise<void> {
  await tx
    .update(companyInvitations)
    .set({
      email: pseudonym,
      withdrawnAt: sql`case when ${isOpen} then ${at.toISOString()}::timestamptz else ${companyInvitations.withdrawnAt} end`,
    })
    .where(inArray(companyInvitations.email, [...emails]));
}
