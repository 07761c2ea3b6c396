import { readFileSync } from 'node:fs';
import type postgres from 'postgres';
import { productRow, type Rates } from '#server/catalog/import/merge/products.ts';
import {
  latestRates,
  newProductIds,
  newProducts,
  writeOffers,
  writeProducts,
} from '#server/catalog/import/merge/queries.ts';
import { countProducts } from '#server/catalog/import/queries.ts';
import { countProductsOfVendors } from '#server/vendors/service.ts';
import { type ProductWithTerms, variantOf } from './variants.ts';

/** Tables whose indexes are built once the rows are in: that takes minutes instead of an hour. */
const filled = ['products', 'product_codes', 'offers', 'search_words'];
const batchSize = 500;

interface Sizes {
  products: number;
  offers: number;
}

export interface Context {
  vendors: { id: number; name: string }[];
  categoryPath: (id: number) => string;
  rates: Rates;
  now: Date;
}

/** Adds variants of the catalogue's products until there are as many products and offers as wanted. */
export async function multiply(
  pool: postgres.Sql,
  wanted: Sizes,
  log: (line: string) => void,
): Promise<void> {
  const sql = await pool.reserve();
  const context = await readContext(sql);
  const [before] = await sql<(Sizes & { lastId: number })[]>`
    select (select count(*)::int from products) as products, (select count(*)::int from offers) as offers,
      (select max(id)::float8 from products) as "lastId"`;
  if (!before || before.products === 0) throw new Error('there is nothing to multiply');
  const indexes = await dropIndexes(sql);
  await sql`alter table products disable trigger products_inserted_words`;
  const begun = performance.now();
  const seconds = (since: number) => `${((performance.now() - since) / 1_000).toFixed(0)} s`;
  let { products, offers } = before;
  for (let copy = 1; products < wanted.products; copy += 1) {
    let after = 0;
    for (;;) {
      const limit = Math.min(batchSize, wanted.products - products);
      const stored = await readProducts(sql, { after, until: before.lastId, limit });
      after = stored.at(-1)?.id ?? 0;
      if (after === 0) break;
      const ids = await newProductIds(sql, stored.length);
      const created = stored.map((product, at) => {
        // Some more offers than products, evenly: a second vendor each.
        const hasRival = offers / products < wanted.offers / wanted.products;
        const variant = variantOf(product, { copy, id: ids[at] ?? 0, vendors: context.vendors, hasRival });
        products += 1;
        offers += variant.offers.length;
        return variant;
      });
      await writeBatch(sql, { created, existing: [] }, context);
    }
    log(`${products} products, ${offers} offers after ${seconds(begun)}`);
  }
  await sql`alter table products enable trigger products_inserted_words`;
  await sql.unsafe(readFileSync('migrations/0046_fill_search_words.sql', 'utf8'));
  await countProducts(sql);
  await countProductsOfVendors(sql);
  await sql`analyze products, product_codes, offers`;
  for (const { name, definition } of indexes) {
    const from = performance.now();
    await sql.unsafe(definition);
    log(`${name} built in ${seconds(from)}`);
  }
  sql.release();
}

export async function readContext(sql: postgres.ReservedSql): Promise<Context> {
  const vendors = await sql<{ id: number; name: string }[]>`
    select id::float8 as id, name from vendors order by id`;
  const categories = await sql<{ id: number; path: string }[]>`
    select id::float8 as id, array_to_string(path || array(select value from jsonb_each_text(paths)), ' ') as path
    from categories`;
  const paths = new Map(categories.map(({ id, path }) => [id, path]));
  return {
    vendors: [...vendors],
    categoryPath: (id) => paths.get(id) ?? '',
    rates: await latestRates(sql),
    now: new Date(),
  };
}

/** Writes products with their offers as an import does, in a transaction. */
export async function writeBatch(
  sql: postgres.ReservedSql,
  { created, existing }: { created: readonly ProductWithTerms[]; existing: readonly ProductWithTerms[] },
  context: Context,
): Promise<void> {
  const rows = (products: readonly ProductWithTerms[]) =>
    products.map(({ id, description, offers }) => productRow(id, description, offers, context));
  await sql`begin`;
  await writeProducts(sql, newProducts(rows(created)), rows(existing), context.now);
  await writeOffers(
    sql,
    [...created, ...existing].flatMap(({ id, offers }) =>
      offers.map((offer) => ({ ...offer, productId: id })),
    ),
    context.now,
  );
  await sql`commit`;
}

interface IndexDefinition {
  name: string;
  definition: string;
}

/** Drops the indexes that neither are constraints nor find what is multiplied. Returns how to make them again. */
async function dropIndexes(sql: postgres.ReservedSql): Promise<IndexDefinition[]> {
  const indexes = await sql<IndexDefinition[]>`
    select i.indexrelid::regclass::text as name, pg_get_indexdef(i.indexrelid) as definition
    from pg_index i where i.indrelid = any(${filled}::text[]::regclass[]) and not i.indisprimary and not i.indisunique
      and i.indexrelid <> 'offers_product'::regclass
    order by 1`;
  for (const { name } of indexes) await sql`drop index ${sql(name)}`;
  return [...indexes];
}

/** Returns offered products with their offers, in the order of ids. */
export function readProducts(
  sql: postgres.ReservedSql,
  { after, until, limit }: { after: number; until?: number; limit: number },
): Promise<ProductWithTerms[]> {
  return sql<ProductWithTerms[]>`
    select p.id::float8 as id,
      jsonb_build_object('categoryId', p.category_id, 'kind', p.kind, 'name', p.name, 'code', p.code,
        'description', p.description, 'tags', p.tags, 'eans', p.eans, 'attributes', p.attributes, 'image', p.image) as description,
      (select jsonb_agg(jsonb_build_object('id', o.id, 'vendorId', o.vendor_id, 'vendorName', v.name, 'sku', o.sku,
          'name', o.name, 'code', o.code, 'otherCodes', o.other_codes, 'price', o.price::text, 'currency', o.currency,
          'priceBreaks', o.price_breaks, 'unit', o.unit, 'minimum', o.minimum, 'packSize', o.pack_size, 'stock', o.stock,
          'leadTimeDays', o.lead_time_days) order by o.id)
        from offers o join vendors v on v.id = o.vendor_id where o.product_id = p.id) as offers
    from products p
    where p.id > ${after} and p.id <= ${until ?? Number.MAX_SAFE_INTEGER} and p.offered order by p.id limit ${limit}`;
}
