import type postgres from 'postgres';
import { and, count, desc, eq, sql } from 'drizzle-orm';
import type { Db } from '#db/client.ts';
import { wishes } from '#db/tables/wishes.ts';

export interface WishRow {
  productId: number;
  createdAt: Date;
}

/** A buyer's wishes; with `product` only that one. */
export interface WishesWanted {
  buyerId: string;
  product?: string | undefined;
}

const areWanted = ({ buyerId, product }: WishesWanted) =>
  and(eq(wishes.buyerId, buyerId), product === undefined ? undefined : eq(wishes.productId, Number(product)));

/** Returns a page of a buyer's wishes, latest first. */
export async function wishesOf(
  db: Db,
  wanted: WishesWanted,
  { page, perPage }: { page: number; perPage: number },
): Promise<WishRow[]> {
  return db
    .select({ productId: wishes.productId, createdAt: wishes.createdAt })
    .from(wishes)
    .where(areWanted(wanted))
    .orderBy(desc(wishes.createdAt), desc(wishes.productId))
    .limit(perPage)
    .offset((page - 1) * perPage);
}

export async function countWishes(db: Db, wanted: WishesWanted): Promise<number> {
  const [row] = await db.select({ count: count() }).from(wishes).where(areWanted(wanted));
  return row?.count ?? 0;
}

/** Adds a product. Returns whether it is one, and leaves a wish as it is. */
export async function addWish(
  tx: Db,
  { buyerId, productId, at }: { buyerId: string; productId: number; at: Date },
): Promise<boolean> {
  const [found] = await tx.execute<{ known: boolean }>(sql`
    with product as (select id from products where id = ${productId}),
    added as (
      insert into wishes (buyer_id, product_id, created_at)
      select ${buyerId}, id, ${at.toISOString()}::timestamptz from product
      on conflict do nothing
    )
    select exists (select from product) as known`);
  return found?.known ?? false;
}

export async function removeWish(db: Db, buyerId: string, productId: number): Promise<void> {
  await db.delete(wishes).where(and(eq(wishes.buyerId, buyerId), eq(wishes.productId, productId)));
}

/** Moves wishes for products about to be deleted to their successors (deleted id -> successor id). */
export async function followMergedProducts(
  tx: postgres.ReservedSql,
  successors: ReadonlyMap<number, number>,
): Promise<void> {
  await tx`
    insert into wishes (buyer_id, product_id, created_at)
    select w.buyer_id, m.successor, w.created_at
    from unnest(${[...successors.keys()]}::bigint[], ${[...successors.values()]}::bigint[]) as m(deleted, successor)
    join wishes w on w.product_id = m.deleted
    on conflict do nothing`;
}
