import { and, eq, isNull, lt, or, sql } from 'drizzle-orm';
import type { Db } from '#db/client.ts';
import { accounts, emailChanges } from '#db/tables/accounts.ts';
import type { StoredAccount } from '../queries.ts';

export type EmailChange = typeof emailChanges.$inferSelect;

export async function addChange(tx: Db, change: Omit<EmailChange, 'provenAt'>): Promise<void> {
  await tx.insert(emailChanges).values(change);
}

export async function findChange(db: Db, id: string): Promise<EmailChange | null> {
  const [found] = await db.select().from(emailChanges).where(eq(emailChanges.id, id));
  return found ?? null;
}

/** Records when a change took effect, and drops the account's other ones that wait. */
export async function markProven(tx: Db, { id, accountId }: EmailChange, at: Date): Promise<void> {
  await tx.update(emailChanges).set({ provenAt: at }).where(eq(emailChanges.id, id));
  await tx
    .delete(emailChanges)
    .where(and(eq(emailChanges.accountId, accountId), isNull(emailChanges.provenAt)));
}

/** Deletes all changes of an account. */
export async function deleteChanges(tx: Db, accountId: string): Promise<void> {
  await tx.delete(emailChanges).where(eq(emailChanges.accountId, accountId));
}

/**
 * Gives an account another address. Returns null if it has not the address `from`, or another account has `to`. The
 * transaction must then be rolled back.
 */
export async function moveAddress(
  tx: Db,
  accountId: string,
  { from, to }: { from: string; to: string },
): Promise<StoredAccount | null> {
  try {
    const [moved] = await tx
      .update(accounts)
      .set({ email: to, emailProvenAt: sql`now()` })
      .where(and(eq(accounts.id, accountId), eq(accounts.email, from)))
      .returning();
    return moved ?? null;
  } catch (error) {
    if (isDuplicate(error)) return null;
    throw error;
  }
}

/** PostgreSQL's unique_violation. */
const isDuplicate = (error: unknown): boolean =>
  (error as { cause?: { code?: unknown } }).cause?.code === '23505';

export async function deleteOldChanges(db: Db, before: { unproven: Date; final: Date }): Promise<void> {
  await db
    .delete(emailChanges)
    .where(
      or(
        and(isNull(emailChanges.provenAt), lt(emailChanges.createdAt, before.unproven)),
        lt(emailChanges.provenAt, before.final),
      ),
    );
}
