import { and, eq, lt } from 'drizzle-orm';
import type { Db } from '#db/client.ts';
import { solutionAdditions } from '#db/tables/solutions.ts';

export interface Addition {
  visitorId: string;
  idempotencyKey: string;
  bodyHash: Buffer;
  at: Date;
}

/**
 * Takes a key; false when it was taken before. Waits for a transaction that is just taking it, and gets it when that
 * one fails. One statement.
 */
export async function takeKey(tx: Db, addition: Addition): Promise<boolean> {
  const taken = await tx
    .insert(solutionAdditions)
    .values(addition)
    .onConflictDoNothing()
    .returning({ at: solutionAdditions.at });
  return taken.length > 0;
}

const which = ({ visitorId, idempotencyKey }: Addition) =>
  and(eq(solutionAdditions.visitorId, visitorId), eq(solutionAdditions.idempotencyKey, idempotencyKey));

export async function findAddition(
  tx: Db,
  addition: Addition,
): Promise<{ bodyHash: Buffer; answer: unknown } | null> {
  const { bodyHash, answer } = solutionAdditions;
  const [found] = await tx.select({ bodyHash, answer }).from(solutionAdditions).where(which(addition));
  return found ?? null;
}

export async function keepAnswer(tx: Db, addition: Addition, answer: unknown): Promise<void> {
  await tx.update(solutionAdditions).set({ answer }).where(which(addition));
}

/** Gives a key back that nothing was added under. */
export async function releaseKey(tx: Db, addition: Addition): Promise<void> {
  await tx.delete(solutionAdditions).where(which(addition));
}

export async function forgetAdditions(db: Db, before: Date): Promise<void> {
  await db.delete(solutionAdditions).where(lt(solutionAdditions.at, before));
}
