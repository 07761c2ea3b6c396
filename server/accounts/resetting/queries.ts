import { eq, lt } from 'drizzle-orm';
import type { Db } from '#db/client.ts';
import { passwordResets } from '#db/tables/accounts.ts';

export type PasswordReset = typeof passwordResets.$inferSelect;

export async function addReset(tx: Db, reset: PasswordReset): Promise<void> {
  await tx.insert(passwordResets).values(reset);
}

export async function findReset(db: Db, id: string): Promise<PasswordReset | null> {
  const [found] = await db.select().from(passwordResets).where(eq(passwordResets.id, id));
  return found ?? null;
}

/** Deletes all of an address, so that none of its links works any more. Returns their ids. */
export async function useUpResets(tx: Db, email: string): Promise<string[]> {
  const deleted = await tx
    .delete(passwordResets)
    .where(eq(passwordResets.email, email))
    .returning({ id: passwordResets.id });
  return deleted.map(({ id }) => id);
}

export async function deleteExpiredResets(db: Db, before: Date): Promise<void> {
  await db.delete(passwordResets).where(lt(passwordResets.createdAt, before));
}
