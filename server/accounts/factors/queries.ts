import { and, count, eq, isNull, lt, or } from 'drizzle-orm';
import type { Db } from '#db/client.ts';
import { accounts } from '#db/tables/accounts.ts';
import { pendingLogins, recoveryCodes, totpFactors } from '#db/tables/factors.ts';
import type { StoredAccount } from '../queries.ts';

export type TotpFactor = typeof totpFactors.$inferSelect;
export type StoredLogin = typeof pendingLogins.$inferSelect;

/** Locks an account, so that changes of its factors don't interleave. Returns it; null: none. */
export async function lockAccount(tx: Db, id: string): Promise<StoredAccount | null> {
  const [found] = await tx.select().from(accounts).where(eq(accounts.id, id)).for('no key update');
  return found ?? null;
}

export async function findTotp(db: Db, accountId: string): Promise<TotpFactor | null> {
  const [found] = await db.select().from(totpFactors).where(eq(totpFactors.accountId, accountId));
  return found ?? null;
}

/** Stores a secret that is to be confirmed, in place of one that never was. */
export async function storePending(
  tx: Db,
  factor: Pick<TotpFactor, 'accountId' | 'sealedSecret' | 'createdAt'>,
): Promise<void> {
  const { sealedSecret, createdAt } = factor;
  await tx
    .insert(totpFactors)
    .values(factor)
    .onConflictDoUpdate({ target: totpFactors.accountId, set: { sealedSecret, createdAt, usedStep: null } });
}

export async function confirmTotp(tx: Db, accountId: string, step: number, at: Date): Promise<void> {
  await tx
    .update(totpFactors)
    .set({ confirmedAt: at, usedStep: step })
    .where(eq(totpFactors.accountId, accountId));
}

/** Uses up the codes until that time step. Returns false if they are used up. */
export async function takeStep(tx: Db, accountId: string, step: number): Promise<boolean> {
  const { usedStep } = totpFactors;
  const taken = await tx
    .update(totpFactors)
    .set({ usedStep: step })
    .where(and(eq(totpFactors.accountId, accountId), or(isNull(usedStep), lt(usedStep, step))))
    .returning({ accountId: totpFactors.accountId });
  return taken.length > 0;
}

/** Returns whether there was one that had been confirmed. */
export async function deleteTotp(tx: Db, accountId: string): Promise<boolean> {
  const deleted = await tx
    .delete(totpFactors)
    .where(eq(totpFactors.accountId, accountId))
    .returning({ confirmedAt: totpFactors.confirmedAt });
  return deleted.some(({ confirmedAt }) => confirmedAt !== null);
}

/** Puts a set of recovery codes in place of the former one; none: deletes it. */
export async function replaceRecoveryCodes(
  tx: Db,
  accountId: string,
  hashes: readonly Buffer[],
): Promise<void> {
  await tx.delete(recoveryCodes).where(eq(recoveryCodes.accountId, accountId));
  if (hashes.length > 0)
    await tx.insert(recoveryCodes).values(hashes.map((codeHash) => ({ accountId, codeHash })));
}

/** Uses up a recovery code. Returns false if there is none like it that is unused. */
export async function takeRecoveryCode(
  tx: Db,
  accountId: string,
  codeHash: Buffer,
  at: Date,
): Promise<boolean> {
  const { codeHash: hash, usedAt } = recoveryCodes;
  const taken = await tx
    .update(recoveryCodes)
    .set({ usedAt: at })
    .where(and(eq(recoveryCodes.accountId, accountId), eq(hash, codeHash), isNull(usedAt)))
    .returning({ accountId: recoveryCodes.accountId });
  return taken.length > 0;
}

export async function countRecoveryCodes(db: Db, accountId: string): Promise<number> {
  const [row] = await db
    .select({ left: count() })
    .from(recoveryCodes)
    .where(and(eq(recoveryCodes.accountId, accountId), isNull(recoveryCodes.usedAt)));
  return row?.left ?? 0;
}

export async function addPendingLogin(db: Db, login: StoredLogin): Promise<void> {
  await db.insert(pendingLogins).values(login);
}

export async function findPendingLogin(db: Db, tokenHash: Buffer): Promise<StoredLogin | null> {
  const [found] = await db.select().from(pendingLogins).where(eq(pendingLogins.tokenHash, tokenHash));
  return found ?? null;
}

/** Deletes a login that waits. Returns it; null if another request has just used it. */
export async function takePendingLogin(tx: Db, tokenHash: Buffer): Promise<StoredLogin | null> {
  const [taken] = await tx.delete(pendingLogins).where(eq(pendingLogins.tokenHash, tokenHash)).returning();
  return taken ?? null;
}

/** Ends all logins of an account that wait for a second factor. */
export async function deletePendingLogins(tx: Db, accountId: string): Promise<void> {
  await tx.delete(pendingLogins).where(eq(pendingLogins.accountId, accountId));
}

export async function findOwner(db: Db, accountId: string): Promise<StoredAccount | null> {
  const [found] = await db.select().from(accounts).where(eq(accounts.id, accountId));
  return found ?? null;
}

export async function deleteExpiredLogins(db: Db, before: Date): Promise<void> {
  await db.delete(pendingLogins).where(lt(pendingLogins.createdAt, before));
}

/** Deletes secrets that no code has confirmed. */
export async function deletePendingTotp(db: Db, before: Date): Promise<void> {
  await db.delete(totpFactors).where(and(isNull(totpFactors.confirmedAt), lt(totpFactors.createdAt, before)));
}
