import { and, asc, count, eq, gt, isNull, lt } from 'drizzle-orm';
import type { Db } from '#db/client.ts';
import { passkeyChallenges, passkeys } from '#db/tables/passkeys.ts';
import { isUuid } from '#server/common/ids.ts';

export type StoredPasskey = typeof passkeys.$inferSelect;
export type StoredChallenge = typeof passkeyChallenges.$inferSelect;

const isOwn = (accountId: string, id: string) => and(eq(passkeys.accountId, accountId), eq(passkeys.id, id));

/** Returns the passkeys of an account, the first added first. */
export const listPasskeys = (db: Db, accountId: string): Promise<StoredPasskey[]> =>
  db
    .select()
    .from(passkeys)
    .where(eq(passkeys.accountId, accountId))
    .orderBy(asc(passkeys.createdAt), asc(passkeys.id));

export async function countPasskeys(db: Db, accountId: string): Promise<number> {
  const [row] = await db.select({ count: count() }).from(passkeys).where(eq(passkeys.accountId, accountId));
  return row?.count ?? 0;
}

/** Returns a passkey of the account; null also for a malformed id. */
export async function findPasskey(db: Db, accountId: string, id: string): Promise<StoredPasskey | null> {
  if (!isUuid(id)) return null;
  const [found] = await db.select().from(passkeys).where(isOwn(accountId, id));
  return found ?? null;
}

/** Returns the passkey of the account that browsers name so. */
export async function findCredential(
  db: Db,
  accountId: string,
  credentialId: string,
): Promise<StoredPasskey | null> {
  const [found] = await db
    .select()
    .from(passkeys)
    .where(and(eq(passkeys.accountId, accountId), eq(passkeys.credentialId, credentialId)));
  return found ?? null;
}

/** Stores a passkey. Returns null if an account, this one or another, has the credential. */
export async function addPasskey(
  tx: Db,
  passkey: Omit<StoredPasskey, 'id' | 'usedAt'>,
): Promise<StoredPasskey | null> {
  const [added] = await tx.insert(passkeys).values(passkey).onConflictDoNothing().returning();
  return added ?? null;
}

export async function renamePasskey(
  db: Db,
  accountId: string,
  id: string,
  name: string,
): Promise<StoredPasskey | null> {
  if (!isUuid(id)) return null;
  const [renamed] = await db.update(passkeys).set({ name }).where(isOwn(accountId, id)).returning();
  return renamed ?? null;
}

/** Returns false if it is gone already. */
export async function deletePasskey(tx: Db, accountId: string, id: string): Promise<boolean> {
  const deleted = await tx.delete(passkeys).where(isOwn(accountId, id)).returning({ id: passkeys.id });
  return deleted.length > 0;
}

/** Deletes all passkeys of an account. */
export async function deletePasskeys(tx: Db, accountId: string): Promise<void> {
  await tx.delete(passkeys).where(eq(passkeys.accountId, accountId));
}

/** Notes a use. Returns false if the passkey is gone, or its counter is as high already: somebody has a copy of it. */
export async function usePasskey(
  tx: Db,
  { id, accountId }: Pick<StoredPasskey, 'id' | 'accountId'>,
  newCounter: number,
  at: Date,
): Promise<boolean> {
  const { counter } = passkeys;
  const isHigher = newCounter === 0 ? eq(counter, 0) : lt(counter, newCounter);
  const used = await tx
    .update(passkeys)
    .set({ counter: newCounter, usedAt: at })
    .where(and(isOwn(accountId, id), isHigher))
    .returning({ id: passkeys.id });
  return used.length > 0;
}

const isFor = (accountId: string, loginHash: Buffer | null) => {
  const { loginHash: column } = passkeyChallenges;
  return and(
    eq(passkeyChallenges.accountId, accountId),
    loginHash === null ? isNull(column) : eq(column, loginHash),
  );
};

/** Stores a challenge in place of those given out before for the same. */
export async function storeChallenge(tx: Db, challenge: StoredChallenge): Promise<void> {
  await tx.delete(passkeyChallenges).where(isFor(challenge.accountId, challenge.loginHash));
  await tx.insert(passkeyChallenges).values(challenge);
}

/** Uses up a challenge. Returns false if there is none like it that was given out after `since`. */
export async function takeChallenge(
  db: Db,
  { challengeHash, accountId, loginHash }: Omit<StoredChallenge, 'createdAt'>,
  since: Date,
): Promise<boolean> {
  const taken = await db
    .delete(passkeyChallenges)
    .where(
      and(
        eq(passkeyChallenges.challengeHash, challengeHash),
        isFor(accountId, loginHash),
        gt(passkeyChallenges.createdAt, since),
      ),
    )
    .returning({ accountId: passkeyChallenges.accountId });
  return taken.length > 0;
}

/** Deletes challenges that nobody signed in time. */
export async function deleteOldChallenges(db: Db, before: Date): Promise<void> {
  await db.delete(passkeyChallenges).where(lt(passkeyChallenges.createdAt, before));
}
