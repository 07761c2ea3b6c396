import { and, count, desc, eq, exists, type SQL, sql } from 'drizzle-orm';
import type { Db } from '#db/client.ts';
import { requests } from '#db/tables/requests.ts';
import { solutions } from '#db/tables/solutions.ts';
import { isUuid } from '#server/common/ids.ts';
import { announcing } from '#server/platform/realtime.ts';
import { anyOf, solutionColumns } from './reading/queries.ts';
import type { StoredSolution } from './rules.ts';
import type { SolutionList, SolutionSummary } from './schema.ts';

/** Returns the buyer's solution; null if it isn't theirs. `id` may be `current`. */
export async function findSolution(db: Db, buyerId: string, id: string): Promise<StoredSolution | null> {
  const [solution] = await db.select(solutionColumns).from(solutions).where(isOwn(buyerId, id));
  return solution ?? null;
}

/** Returns the condition for the buyer's solution of that id, which may be `current`. */
export function isOwn(buyerId: string, id: string): SQL | undefined {
  const isNamed =
    id === 'current' ? sql`${solutions.current}` : isUuid(id) ? eq(solutions.id, id) : sql`false`;
  return and(eq(solutions.buyerId, buyerId), isNamed);
}

/**
 * Locks a solution, sets `updatedAt` unless it was sent, and notifies watchers. Creates a missing `current` one. Locks
 * the buyer first, as a login's merge does; null if that merged the buyer before.
 */
export async function lockSolution(
  tx: Db,
  buyerId: string,
  id: string,
  now: Date,
): Promise<StoredSolution | null> {
  if (id === 'current') return lockCurrent(tx, buyerId, now);
  if (!isUuid(id)) return null;
  const touched = sql`case when ${solutions.sentAt} is null then ${now.toISOString()}::timestamptz else ${solutions.updatedAt} end`;
  const [solution] = await tx
    .update(solutions)
    .set({ updatedAt: touched })
    .where(and(eq(solutions.buyerId, buyerId), eq(solutions.id, id), exists(lockedBuyer(buyerId))))
    .returning({ ...solutionColumns, announced });
  return solution ? pickColumns(solution) : null;
}

async function lockCurrent(tx: Db, buyerId: string, now: Date): Promise<StoredSolution | null> {
  const at = sql`${now.toISOString()}::timestamptz`;
  const [current] = await tx.execute<{ id: string; name: string }>(sql`
    with buyer as ${lockedBuyer(buyerId)}
    insert into solutions (buyer_id, created_at, updated_at) select id, ${at}, ${at} from buyer
    on conflict (buyer_id) where current do update set updated_at = excluded.updated_at
    returning id, name, ${announced}, case when xmax = 0 then ${switched} end`);
  return current ? { id: current.id, name: current.name, current: true, sentAt: null, updatedAt: now } : null;
}

const lockedBuyer = (buyerId: string): SQL => sql`
  (select id from buyers where id = ${buyerId} and merged_into is null and erased_at is null for key share)`;

const announced = announcing(sql`'solution:' || ${solutions.id}`);
// For changes of which solution is the current one.
const switched = announcing(sql`'buyer:' || ${solutions.buyerId}`);
const pickColumns = ({ id, name, current, sentAt, updatedAt }: StoredSolution): StoredSolution => ({
  ...{ id, name, current, sentAt, updatedAt },
});

export async function insertSolution(
  tx: Db,
  buyerId: string,
  name: string,
  now: Date,
): Promise<StoredSolution> {
  const [solution] = await tx
    .insert(solutions)
    .values({ buyerId, name, createdAt: now, updatedAt: now })
    .returning({ ...solutionColumns, switched });
  if (!solution) throw new Error('the database returned no solution');
  return pickColumns(solution);
}

export async function changeSolution(
  tx: Db,
  id: string,
  change: { name?: string; current?: boolean; sentAt?: Date | null },
): Promise<void> {
  await tx
    .update(solutions)
    .set(change)
    .where(eq(solutions.id, id))
    .returning({ switched: sql`case when ${solutions.current} then ${switched} end` });
}

/** Makes the buyer's current solution a saved one. */
export async function clearCurrent(tx: Db, buyerId: string): Promise<void> {
  await tx
    .update(solutions)
    .set({ current: false })
    .where(and(eq(solutions.buyerId, buyerId), eq(solutions.current, true)));
}

/** Returns the summary of the current solution that every page shows, with the lines of these products. */
export async function summarise(
  db: Db,
  buyerId: string,
  productIds: readonly number[],
): Promise<SolutionSummary | null> {
  const [summary] = await db.execute<SolutionSummary & Record<string, unknown>>(sql`
    select s.id, s.name,
      (select count(*)::int from solution_lines where solution_id = s.id and removed_at is null) as lines,
      (select coalesce(jsonb_agg(jsonb_build_object('lineId', l.id, 'productId', l.product_id::text,
          'position', l.position, 'quantity', l.quantity) order by l.position), '[]')
        from solution_lines l
        where l.solution_id = s.id and l.removed_at is null and ${anyOf(sql`l.product_id`, productIds)}) as "inSolution"
    from solutions s where s.buyer_id = ${buyerId} and s.current`);
  return summary ?? null;
}

const shareColumns = { sharedAt: solutions.sharedAt, shareVersion: solutions.shareVersion };

/** A page of solutions, with what their links are made of. */
type ListedSolutions = Omit<SolutionList, 'items'> & {
  items: (Omit<SolutionList['items'][number], 'shareUrl'> & {
    sharedAt: Date | null;
    shareVersion: number;
  })[];
};

/** Returns a page of the buyer's solutions, the current one first, then by last change. */
export async function listSolutions(
  db: Db,
  buyerId: string,
  { page, perPage }: { page: number; perPage: number },
): Promise<ListedSolutions> {
  const own = eq(solutions.buyerId, buyerId);
  const lines = sql<number>`(select count(*)::int from solution_lines l where l.solution_id = ${solutions.id} and l.removed_at is null)`;
  const rows = await db
    .select({
      ...solutionColumns,
      ...shareColumns,
      lines,
      requestId: requests.id,
      total: sql<number>`count(*) over ()::int`,
    })
    .from(solutions)
    .leftJoin(requests, eq(requests.solutionId, solutions.id))
    .where(own)
    .orderBy(desc(solutions.current), desc(solutions.updatedAt), desc(solutions.id))
    .limit(perPage)
    .offset((page - 1) * perPage);
  const items = rows.map(({ total: _total, ...row }) => ({
    ...row,
    sentAt: row.sentAt?.toISOString() ?? null,
    updatedAt: row.updatedAt.toISOString(),
  }));
  const total = rows[0]?.total ?? (page === 1 ? 0 : await countSolutions(db, own));
  return { items, total, page, perPage };
}

async function countSolutions(db: Db, own: SQL): Promise<number> {
  const [counted] = await db.select({ total: count() }).from(solutions).where(own);
  return counted?.total ?? 0;
}

/** Makes a locked solution that was marked as sent an unsent one, which isn't current. */
export const setAside = (tx: Db, id: string): Promise<void> =>
  changeSolution(tx, id, { sentAt: null, current: false });
