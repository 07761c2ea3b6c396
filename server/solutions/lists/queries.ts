import { and, eq, gt, sql } from 'drizzle-orm';
import type { Db } from '#db/client.ts';
import { buyerLists } from '#db/tables/lists.ts';
import { isUuid } from '#server/common/ids.ts';
import type { Document } from './reading/document.ts';
import type { ColumnRole } from './schema.ts';

const keepMs = 86_400_000;
/** The newest lists of a buyer that are kept. */
const mostPerBuyer = 20;

export interface StoredList {
  id: string;
  document: Document;
  roles: [number, ColumnRole][] | null;
}

/** Stores a list and deletes the buyer's oldest beyond `mostPerBuyer`. */
export async function insertList(tx: Db, buyerId: string, document: Document, now: Date): Promise<string> {
  const [row] = await tx.execute<{ id: string }>(sql`
    with surplus as (
      delete from buyer_lists where id in (
        select id from buyer_lists where buyer_id = ${buyerId}
        order by created_at desc, id desc offset ${mostPerBuyer - 1} for update skip locked))
    insert into buyer_lists (buyer_id, document, created_at)
    values (${buyerId}, ${JSON.stringify(document)}::text::jsonb, ${now.toISOString()})
    returning id`);
  if (!row) throw new Error('the database returned no list');
  return row.id;
}

/** Returns a buyer's list; null if it isn't theirs or a day old. */
export async function findList(db: Db, buyerId: string, id: string, now: Date): Promise<StoredList | null> {
  if (!isUuid(id)) return null;
  const [row] = await db
    .select({ id: buyerLists.id, document: buyerLists.document, roles: buyerLists.roles })
    .from(buyerLists)
    .where(
      and(
        eq(buyerLists.id, id),
        eq(buyerLists.buyerId, buyerId),
        gt(buyerLists.createdAt, new Date(now.getTime() - keepMs)),
      ),
    );
  return row ? (row as StoredList) : null;
}

export async function setRoles(tx: Db, id: string, roles: StoredList['roles']): Promise<void> {
  await tx.update(buyerLists).set({ roles }).where(eq(buyerLists.id, id));
}

/** Moves a guest's lists to the account that logs in. */
export async function moveLists(tx: Db, guestId: string, buyerId: string): Promise<void> {
  await tx.update(buyerLists).set({ buyerId }).where(eq(buyerLists.buyerId, guestId));
}

const batchSize = 500;

/** Deletes lists after a day, in batches. */
export async function deleteOldLists(db: Db, now: Date): Promise<void> {
  const before = new Date(now.getTime() - keepMs).toISOString();
  const deleteBatch = () =>
    db.execute(sql`
      delete from buyer_lists where id in (
        select id from buyer_lists where created_at <= ${before} limit ${batchSize} for update skip locked)
      returning 1`);
  while ((await deleteBatch()).length === batchSize);
}
