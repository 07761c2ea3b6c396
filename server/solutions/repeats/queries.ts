import { and, eq, sql } from 'drizzle-orm';
import type { Db } from '#db/client.ts';
import { solutionAdditions } from '#db/tables/solutions.ts';

export interface Addition {
  visitorId: string;
  idempotencyKey: string;
  bodyHash: Buffer;
  at: Date;
}

/** What one visitor's keys may take up. */
const mostKeysOfVisitor = 100;

/**
 * Takes a key; false when it was taken before. Waits for a transaction that is just taking it, and gets it when that
 * one fails. The visitor's oldest others beyond `mostKeysOfVisitor` are forgotten, unless somebody is at them. One
 * statement.
 */
export async function takeKey(tx: Db, addition: Addition): Promise<boolean> {
  const { visitorId, idempotencyKey, bodyHash, at } = addition;
  const taken = await tx.execute(sql`
    with forgotten as (
      delete from solution_additions
      where visitor_id = ${visitorId} and idempotency_key in (
        select idempotency_key from solution_additions
        where visitor_id = ${visitorId} and idempotency_key <> ${idempotencyKey}
        order by at desc, idempotency_key offset ${mostKeysOfVisitor - 1} for update skip locked))
    insert into solution_additions (visitor_id, idempotency_key, body_hash, at)
    values (${visitorId}, ${idempotencyKey}, decode(${bodyHash.toString('hex')}, 'hex'), ${at.toISOString()})
    on conflict do nothing
    returning 1`);
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

/**
 * Forgets the oldest `limit` keys taken before then and tells how many there were; one that somebody is at is left for
 * the next time. One statement.
 */
export async function forgetAdditions(db: Db, before: Date, limit: number): Promise<number> {
  const forgotten = await db.execute(sql`
    delete from solution_additions
    where (visitor_id, idempotency_key) in (select visitor_id, idempotency_key from solution_additions
      where at < ${before.toISOString()}
      order by at limit ${limit} for update skip locked)
    returning 1`);
  return forgotten.length;
}
