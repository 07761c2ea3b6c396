import { and, eq, inArray, isNull, or, type SQL, sql } from 'drizzle-orm';
import type { Db } from '#db/client.ts';
import { solutions } from '#db/tables/solutions.ts';
import { announcing } from '#server/platform/realtime.ts';
import type { UnsentSolution } from './rules.ts';

// Raw column names, because Drizzle omits the table when it selects from one table only.
const linesOf = (isCounted: SQL) =>
  sql<number>`(select count(*)::int from solution_lines l where l.solution_id = solutions.id and ${isCounted})`;

/** Returns the guest's unsent solutions and the account's current one. */
export function findUnsent(tx: Db, guestId: string, buyerId: string): Promise<UnsentSolution[]> {
  const isCurrent = and(eq(solutions.buyerId, buyerId), eq(solutions.current, true));
  return tx
    .select({
      id: solutions.id,
      isGuests: sql<boolean>`${solutions.buyerId} = ${guestId}`,
      current: solutions.current,
      name: solutions.name,
      lines: linesOf(sql`l.removed_at is null`),
      removedLines: linesOf(sql`l.removed_at is not null`),
    })
    .from(solutions)
    .where(and(isNull(solutions.sentAt), or(eq(solutions.buyerId, guestId), isCurrent)));
}

/** Makes a current solution a saved one. */
export async function makeSaved(tx: Db, id: string): Promise<void> {
  await tx.update(solutions).set({ current: false }).where(eq(solutions.id, id));
}

export async function deleteSolution(tx: Db, id: string): Promise<void> {
  await tx.delete(solutions).where(eq(solutions.id, id));
}

/** Moves solutions to a buyer, makes `current` their current one, and notifies watchers of both. */
export async function moveSolutions(
  tx: Db,
  ids: readonly string[],
  buyerId: string,
  current: string | null,
): Promise<void> {
  if (ids.length === 0) return;
  await tx
    .update(solutions)
    .set({ buyerId, current: sql`${solutions.id} is not distinct from ${current}::uuid` })
    .where(inArray(solutions.id, [...ids]))
    .returning({
      announced: announcing(sql`'solution:' || ${solutions.id}`),
      switched: sql`case when ${solutions.current} then ${announcing(sql`'buyer:' || ${solutions.buyerId}`)} end`,
    });
}
