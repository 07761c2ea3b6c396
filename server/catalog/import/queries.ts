import type postgres from 'postgres';
import type { KnownCategory, NewCategory } from './categories.ts';
import type { AttributeWord, CategoryNames, NamedCategory } from './languages.ts';

type Sql = postgres.ReservedSql;

/** Returns the time of this import's changes, later than all earlier ones even if clocks differ. */
export async function timeOfChanges(sql: Sql, now: Date): Promise<Date> {
  const [time] = await sql<{ at: Date }[]>`
    select greatest(${now}::timestamptz, max(updated_at) + interval '1 ms') as at from products`;
  return time?.at ?? now;
}

/** Returns up to `limit` ids > `afterId` of products with an offer of one of the vendors. */
export async function productsOfVendors(
  sql: Sql,
  vendorIds: readonly number[],
  afterId: number,
  limit: number,
): Promise<number[]> {
  const rows = await sql<{ id: number }[]>`
    select distinct product_id::float8 as id from offers
    where vendor_id = any(${vendorIds as number[]}::bigint[]) and product_id > ${afterId}
    order by 1 limit ${limit}`;
  return rows.map((row) => row.id);
}

/** Returns up to `limit` ids > `afterId` of products in one of the categories, not of those below. */
export async function productsOfCategories(
  sql: Sql,
  categoryIds: readonly number[],
  afterId: number,
  limit: number,
): Promise<number[]> {
  const rows = await sql<{ id: number }[]>`
    select id::float8 as id from products
    where category_id = any(${categoryIds as number[]}::bigint[]) and id > ${afterId}
    order by products.id limit ${limit}`;
  return rows.map((row) => row.id);
}

export function namedCategories(sql: Sql): Promise<NamedCategory[]> {
  return sql<NamedCategory[]>`
    select id::float8 as id, name, path, lineage::float8[] as lineage, names, paths, names_folded as "namesFolded"
    from categories`;
}

export async function writeCategoryNames(sql: Sql, renamed: readonly CategoryNames[]): Promise<void> {
  await sql`
    update categories c set names = r.names, paths = r.paths, names_folded = r."namesFolded"
    from json_to_recordset(${JSON.stringify(renamed)}::text::json)
      as r(id bigint, names jsonb, paths jsonb, "namesFolded" text)
    where c.id = r.id`;
}

export async function writeAttributeWords(sql: Sql, words: readonly AttributeWord[]): Promise<void> {
  if (words.length === 0) return;
  await sql`
    insert into attribute_words (kind, word, language, translation)
    select kind, word, language, translation from json_to_recordset(${JSON.stringify(words)}::text::json)
      as r(kind text, word text, language text, translation text)
    on conflict (kind, word, language) do update set translation = excluded.translation
    where attribute_words.translation <> excluded.translation`;
}

export function allCategories(sql: Sql): Promise<KnownCategory[]> {
  return sql<KnownCategory[]>`
    select id::float8 as id, path, slug_path as "slugPath", lineage::float8[] as lineage from categories`;
}

export async function newCategoryIds(sql: Sql, count: number): Promise<number[]> {
  const rows = await sql<{ id: number }[]>`
    select nextval(pg_get_serial_sequence('categories', 'id'))::float8 as id
    from generate_series(1, ${count}::int)`;
  return rows.map((row) => row.id);
}

export async function addCategories(sql: Sql, categories: readonly NewCategory[]): Promise<void> {
  if (categories.length === 0) return;
  await sql`
    insert into categories (id, parent_id, level, name, path, slug_path, lineage)
    overriding system value
    select id, "parentId", level, name, path, "slugPath", lineage
    from jsonb_to_recordset(${sql.json(categories.map((category) => ({ ...category })))}) as r(id bigint, "parentId" bigint,
      level smallint, name text, path text, "slugPath" text, lineage bigint[])`;
}

/** Updates the number of offered products in each category and those below it. */
export async function countProducts(sql: Sql): Promise<void> {
  await sql`
    update categories c set product_count = coalesce(n.count, 0)
    from categories a
    left join (
      select up.id, sum(own.count)::int as count
      from (select category_id, count(*) as count from products where offered group by 1) own
      join categories leaf on leaf.id = own.category_id
      cross join unnest(leaf.lineage) as up(id)
      group by up.id
    ) n on n.id = a.id
    where a.id = c.id and c.product_count is distinct from coalesce(n.count, 0)`;
}

/** Updates the planner's statistics and flushes pending entries of GIN indexes. Not possible in a transaction. */
export async function vacuumTables(sql: Sql): Promise<void> {
  await sql`vacuum (analyze) products, product_codes, offers, vendors, categories, search_words`;
}
