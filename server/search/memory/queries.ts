import { type SQL, sql } from 'drizzle-orm';
import type { Db } from '#db/client.ts';
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

/** Returns what products refer to. */
export async function readSurroundings(db: Db): Promise<Surroundings> {
  const [row] = await db.execute<Omit<Surroundings, 'rates'> & { rates: Record<string, number> }>(sql`
    select (select coalesce(json_agg(json_build_object('id', id, 'parentId', parent_id, 'level', level, 'name', name,
        'path', path, 'slugPath', slug_path, 'lineage', lineage, 'names', names, 'paths', paths,
        'namesFolded', names_folded)), '[]') from categories) as "categories",
      (select coalesce(json_agg(json_build_object('id', id, 'slug', slug, 'name', name, 'nameFolded', name_folded)), '[]')
        from vendors) as "vendors",
      (select coalesce(json_agg(json_build_object('id', id, 'name', name, 'value', value)), '[]')
        from attribute_values) as "attributeValues",
      (select coalesce(json_agg(json_build_object('kind', kind, 'word', word, 'language', language,
        'translation', translation)), '[]') from attribute_words) as "attributeTranslations",
      (select coalesce(json_object_agg(currency, rate::float8), '{}') from (
        select distinct on (currency) currency, rate from exchange_rates order by currency, date desc) as newest) as "rates"`);
  if (!row) throw new Error('the surroundings returned no row');
  return { ...row, rates: new Map(Object.entries(row.rates)) };
}
