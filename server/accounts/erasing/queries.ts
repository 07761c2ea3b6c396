import { and, eq, inArray, isNotNull, notExists, sql } from 'drizzle-orm';
import { type Db, snapshot } from '#db/client.ts';
import { accounts, emailChanges, passwordResets, registrations } from '#db/tables/accounts.ts';
import { companies, companyMembers } from '#db/tables/companies.ts';
import { pendingLogins, recoveryCodes, totpFactors } from '#db/tables/factors.ts';
import { passkeyChallenges, passkeys } from '#db/tables/passkeys.ts';
import type { Person } from '#server/platform/personal.ts';
import type { StoredAccount } from '../queries.ts';

/** Reads in one snapshot. */
export const inSnapshot = <Read>(db: Db, read: (tx: Db) => Promise<Read>): Promise<Read> =>
  db.transaction(read, snapshot);

/** Returns the account of a buyer; null for a guest. */
export async function accountOfBuyer(db: Db, buyerId: string): Promise<StoredAccount | null> {
  const [found] = await db.select().from(accounts).where(eq(accounts.buyerId, buyerId));
  return found ?? null;
}

/** Returns the addresses that an account had until lately, but those that another account has now. */
export async function formerEmails(db: Db, accountId: string): Promise<string[]> {
  const rows = await db
    .select({ email: emailChanges.formerEmail })
    .from(emailChanges)
    .where(
      and(
        ...[eq(emailChanges.accountId, accountId), isNotNull(emailChanges.provenAt)],
        notExists(db.select().from(accounts).where(eq(accounts.email, emailChanges.formerEmail))),
      ),
    );
  return rows.map(({ email }) => email);
}

/** Locks the company of a buyer, as changes of its people do. */
export async function lockCompanyOf(tx: Db, buyerId: string): Promise<void> {
  const own = tx
    .select({ id: companyMembers.companyId })
    .from(companyMembers)
    .where(eq(companyMembers.buyerId, buyerId));
  await tx
    .select({ id: companies.id })
    .from(companies)
    .where(inArray(companies.id, own))
    .for('no key update');
}

export async function membershipOf(db: Db, buyerId: string): Promise<Person['member']> {
  const [found] = await db
    .select({
      ...{ companyId: companyMembers.companyId, role: companyMembers.role },
      // Drizzle leaves the table out of columns here, which would then be those of `other`.
      isAlone: sql<boolean>`not exists (
        select from company_members other where other.company_id = company_members.company_id
          and other.buyer_id <> company_members.buyer_id)`,
    })
    .from(companyMembers)
    .where(eq(companyMembers.buyerId, buyerId));
  return found ?? null;
}

/** Returns what a person gets as a copy of their account. */
export async function copyOfAccount(db: Db, accountId: string) {
  const [account] = await db
    .select({
      ...{ email: accounts.email, name: accounts.name, company: accounts.company, role: accounts.role },
      ...{ currency: accounts.currency, mailsSwitchedOff: accounts.unwantedMails },
      ...{ language: accounts.locale, createdAt: accounts.createdAt, emailProvenAt: accounts.emailProvenAt },
    })
    .from(accounts)
    .where(eq(accounts.id, accountId));
  const [factor] = await db
    .select({ since: totpFactors.confirmedAt })
    .from(totpFactors)
    .where(eq(totpFactors.accountId, accountId));
  const changes = await db
    .select({
      ...{ formerEmail: emailChanges.formerEmail, email: emailChanges.email },
      ...{ createdAt: emailChanges.createdAt, provenAt: emailChanges.provenAt },
    })
    .from(emailChanges)
    .where(eq(emailChanges.accountId, accountId));
  const keys = await db
    .select({ name: passkeys.name, createdAt: passkeys.createdAt })
    .from(passkeys)
    .where(eq(passkeys.accountId, accountId));
  return { account, authenticatorAppSince: factor?.since ?? null, passkeys: keys, emailChanges: changes };
}

/** Deletes what an account logs in with, and what waits to be proven for its addresses. */
export async function deleteCredentials(tx: Db, accountId: string, emails: readonly string[]): Promise<void> {
  await tx.delete(pendingLogins).where(eq(pendingLogins.accountId, accountId));
  await tx.delete(recoveryCodes).where(eq(recoveryCodes.accountId, accountId));
  await tx.delete(passkeyChallenges).where(eq(passkeyChallenges.accountId, accountId));
  await tx.delete(passkeys).where(eq(passkeys.accountId, accountId));
  await tx.delete(totpFactors).where(eq(totpFactors.accountId, accountId));
  await tx.delete(emailChanges).where(eq(emailChanges.accountId, accountId));
  await tx.delete(passwordResets).where(inArray(passwordResets.email, [...emails]));
  await tx.delete(registrations).where(inArray(registrations.email, [...emails]));
}

/** Replaces what an account says of its person. */
export async function nameErased(
  tx: Db,
  accountId: string,
  erased: { name: string; email: string },
): Promise<void> {
  await tx
    .update(accounts)
    .set({
      ...{ ...erased, company: null, emailProvenAt: null },
      ...{ locale: 'en', currency: null, unwantedMails: [] },
    })
    .where(eq(accounts.id, accountId));
}

export async function setPassword(tx: Db, accountId: string, passwordHash: string): Promise<void> {
  await tx.update(accounts).set({ passwordHash }).where(eq(accounts.id, accountId));
}
