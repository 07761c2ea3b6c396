import { eq, sql } from 'drizzle-orm';
import type { Db } from '#db/client.ts';
import { solutions } from '#db/tables/solutions.ts';
import { isOwn } from '../queries.ts';

export interface ShareRow {
  id: string;
  buyerId: string;
  name: string;
  /** Null: not shared. */
  sharedAt: Date | null;
  shareVersion: number;
}

const columns = {
  id: solutions.id,
  buyerId: solutions.buyerId,
  name: solutions.name,
  sharedAt: solutions.sharedAt,
  shareVersion: solutions.shareVersion,
};

/** Shares a buyer's solution unless it is shared. Null if it isn't theirs. */
export async function share(db: Db, buyerId: string, id: string, now: Date): Promise<ShareRow | null> {
  const at = sql`${now.toISOString()}::timestamptz`;
  const [shared] = await db
    .update(solutions)
    .set({
      sharedAt: sql`coalesce(${solutions.sharedAt}, ${at})`,
      shareVersion: sql`${solutions.shareVersion} + (${solutions.sharedAt} is null)::int`,
    })
    .where(isOwn(buyerId, id))
    .returning(columns);
  return shared ?? null;
}

/** Ends the sharing of a buyer's solution. Returns false if it isn't theirs. */
export async function endSharing(db: Db, buyerId: string, id: string): Promise<boolean> {
  const ended = await db
    .update(solutions)
    .set({ sharedAt: null })
    .where(isOwn(buyerId, id))
    .returning({ id: solutions.id });
  return ended.length > 0;
}

export async function findShare(db: Db, id: string): Promise<ShareRow | null> {
  const [found] = await db.select(columns).from(solutions).where(eq(solutions.id, id));
  return found ?? null;
}

/** Returns the share of a buyer's own solution. */
export async function findOwnShare(db: Db, buyerId: string, id: string): Promise<ShareRow | null> {
  const [found] = await db.select(columns).from(solutions).where(isOwn(buyerId, id));
  return found ?? null;
}
