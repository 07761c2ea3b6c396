import { type SQL, sql } from 'drizzle-orm';
import type { Db } from '#db/client.ts';
import type { KnownValue } from '../attributes/rules.ts';
import type { IndexedProduct, Surroundings } from './port.ts';

/** Returns the next offered products in the order of ids. */
export const productsAfter = (db: Db, after: number, limit: number): Promise<IndexedProduct[]> =>
  readProducts(db, sql`p.id > ${after}::bigint order by p.id limit ${limit}`);

/** Returns those of the products that are offered. */
export const productsWith = (db: Db, ids: readonly number[]): Promise<IndexedProduct[]> =>
  readProducts(db, sql`p.id = any (${`{${ids.join(',')}}`}::bigint[])`);

async function readProducts(db: Db, which: SQL): Promise<IndexedProduct[]> {
  // As one value, because parsing JSON is faster than parsing arrays.
  const rows = await db.execute<{ product: IndexedProduct }>(sql`
    select json_build_object('id', p.id, 'name', p.name, 'code', p.code, 'nameFolded', p.name_folded,
      'searchText', p.search_text, 'categoryId', p.category_id, 'kind', p.kind, 'tags', p.tags,
      'attributeIds', p.attribute_ids, 'sortPrice', p.sort_price::float8,
      'codes', array(select c.code from product_codes c where c.product_id = p.id),
      'offers', array(
        select json_build_object('vendorId', o.vendor_id, 'price', o.price::text, 'currency', o.currency, 'stock', o.stock)
        from live_offers o where o.product_id = p.id order by o.id)) as product
    from (select * from products p where p.offered and ${which}) as p`);
  return rows.map(({ product }) => product);
}

/** Returns the attribute values with these ids. */
export async function attributeValuesWith(db: Db, ids: readonly number[]): Promise<KnownValue[]> {
  return db.execute<KnownValue & Record<string, unknown>>(sql`
    select id, name, value from attribute_values where id = any (${`{${ids.join(',')}}`}::int[])`);
}

/** What products refer to, by table. */
const surroundings = {
  categories: sql`'categories', (
    select coalesce(json_agg(json_build_object('id', id, 'parentId', parent_id, 'level', level, 'name', name,
      'path', path, 'slugPath', slug_path, 'lineage', lineage, 'names', names, 'paths', paths,
      'namesFolded', names_folded)), '[]') from categories)`,
  vendors: sql`'vendors', (
    select coalesce(json_agg(json_build_object('id', id, 'slug', slug, 'name', name, 'nameFolded', name_folded)), '[]')
    from vendors)`,
  attribute_values: sql`'attributeValues', (
    select coalesce(json_agg(json_build_object('id', id, 'name', name, 'value', value)), '[]') from attribute_values)`,
  attribute_words: sql`'attributeTranslations', (
    select coalesce(json_agg(json_build_object('kind', kind, 'word', word, 'language', language,
      'translation', translation)), '[]') from attribute_words)`,
  exchange_rates: sql`'rates', (
    select coalesce(json_object_agg(currency, rate::float8), '{}') from (
      select distinct on (currency) currency, rate from exchange_rates order by currency, date desc) as newest)`,
};

export type SurroundingTable = keyof typeof surroundings;
const allTables = Object.keys(surroundings) as SurroundingTable[];

export const isSurrounding = (table: string | null): table is SurroundingTable =>
  table !== null && table in surroundings;

/** Returns what products refer to, or only what some of the tables hold. */
export async function readSurroundings(db: Db): Promise<Surroundings>;
export async function readSurroundings(
  db: Db,
  tables: readonly SurroundingTable[],
): Promise<Partial<Surroundings>>;
export async function readSurroundings(
  db: Db,
  tables: readonly SurroundingTable[] = allTables,
): Promise<Partial<Surroundings>> {
  const parts = tables.map((table) => surroundings[table]);
  const [row] = await db.execute<{ read: Omit<Surroundings, 'rates'> & { rates?: Record<string, number> } }>(
    sql`select json_build_object(${sql.join(parts, sql`, `)}) as read`,
  );
  if (!row) throw new Error('the surroundings returned no row');
  const { rates, ...read } = row.read;
  return rates === undefined ? read : { ...read, rates: new Map(Object.entries(rates)) };
}
