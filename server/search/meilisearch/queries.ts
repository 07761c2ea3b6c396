import { sql, type SQL } from 'drizzle-orm';
import type { Db } from '#db/client.ts';
import type { IndexedProduct } from './documents.ts';

/** A position in the order of changes: time, then id. */
export type IndexPosition = Pick<IndexedProduct, 'changed' | 'id'>;

const isBehind = (after: IndexPosition | null): SQL =>
  after
    ? sql`(updated_at, id) > ('epoch'::timestamptz + ${after.changed}::float8 * interval '1 microsecond',
        ${after.id}::bigint)`
    : sql`true`;

/** Returns the next products in the order of changes, after `after` or from the start. */
export async function changedProducts(
  db: Db,
  after: IndexPosition | null,
  limit: number,
): Promise<IndexedProduct[]> {
  return db.execute<IndexedProduct & Record<string, unknown>>(sql`
    select p.id::float8 as id, (extract(epoch from p.updated_at) * 1000000)::float8 as changed,
      p.name, p.name_folded as "nameFolded", p.code, p.eans, p.tags,
      array_to_string(c.path || array(select value from jsonb_each_text(c.paths)), ' ') as "categoryPath",
      array(select distinct own.code
        from live_offers o cross join unnest(array[o.sku, o.code] || o.other_codes) as own (code)
        where o.product_id = p.id and own.code is not null order by own.code) as skus,
      array(select distinct o.name from live_offers o where o.product_id = p.id and o.name is not null order by o.name) as "otherNames",
      array(select distinct v.name from live_offers o join vendors v on v.id = o.vendor_id
        where o.product_id = p.id) as vendors
    from (select * from products where ${isBehind(after)} order by updated_at, id limit ${limit}) as p
    join categories c on c.id = p.category_id
    order by p.updated_at, p.id`);
}

/** Returns when the oldest change was made that lies after the position; null: there is none. */
export async function oldestChangeAfter(db: Db, after: IndexPosition | null): Promise<Date | null> {
  const [oldest] = await db.execute<{ at: string | null }>(
    sql`select min(updated_at)::text as at from products where ${isBehind(after)}`,
  );
  return oldest?.at ? new Date(oldest.at) : null;
}

export async function countProducts(db: Db): Promise<number> {
  const [counted] = await db.execute<{ count: number }>(sql`select count(*)::int as count from products`);
  return counted?.count ?? 0;
}

export async function hasProducts(db: Db): Promise<boolean> {
  const [found] = await db.execute<{ some: boolean }>(sql`select exists (select from products) as some`);
  return found?.some ?? false;
}
