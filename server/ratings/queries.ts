import { and, eq } from 'drizzle-orm';
import type { Db } from '#db/client.ts';
import { calls } from '#db/tables/calls.ts';
import { callRatings } from '#db/tables/ratings.ts';
import { isUuid } from '#server/common/ids.ts';

/** Returns a buyer's own call and when it was rated; null if it isn't theirs or the id is malformed. */
export async function findOwnCall(tx: Db, buyerId: string, id: string) {
  if (!isUuid(id)) return null;
  const [call] = await tx
    .select({
      id: calls.id,
      vendorId: calls.vendorId,
      agentId: calls.agentId,
      state: calls.state,
      outcome: calls.outcome,
      talkSeconds: calls.talkSeconds,
      endedAt: calls.endedAt,
      ratedAt: callRatings.at,
    })
    .from(calls)
    .leftJoin(callRatings, eq(callRatings.callId, calls.id))
    .where(and(eq(calls.id, id), eq(calls.buyerId, buyerId)));
  return call ?? null;
}

/** Inserts a rating. Returns false if the call has one. */
export async function addRating(tx: Db, rating: typeof callRatings.$inferInsert): Promise<boolean> {
  const added = await tx
    .insert(callRatings)
    .values(rating)
    .onConflictDoNothing()
    .returning({ callId: callRatings.callId });
  return added.length > 0;
}
