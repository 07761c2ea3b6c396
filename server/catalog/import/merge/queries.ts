import type postgres from 'postgres';
import { shortGrams } from '#server/platform/fold.ts';
import { attributeIdsOf } from './attributes.ts';
import type { Description, OfferFacts, ProductRow } from './products.ts';

type Sql = postgres.ReservedSql;

/** A row of `offers`. `id`: null for a new one. */
export interface OfferRow {
  id: number | null;
  productId: number;
  vendorId: number;
  sku: string;
  name: string | null;
  code: string | null;
  otherCodes: string[];
  price: string | null;
  currency: string;
  priceBreaks: [number, string][];
  unit: string;
  minimum: number;
  packSize: number;
  stock: number | null;
  leadTimeDays: number | null;
}

/** A stored product with its live offers. `isEmpty`: it has no withdrawn ones either. */
export interface ProductWithOffers {
  id: number;
  description: Description;
  offers: (OfferFacts & { id: number; vendorId: number })[];
  isEmpty: boolean;
}

/** Returns the latest reference rate of each currency. */
export async function latestRates(sql: Sql): Promise<Map<string, string>> {
  const rows = await sql<{ currency: string; rate: string }[]>`
    select distinct on (currency) currency, rate::text from exchange_rates order by currency, date desc`;
  return new Map(rows.map((row) => [row.currency, row.rate]));
}

export async function newProductIds(sql: Sql, count: number): Promise<number[]> {
  const rows = await sql<{ id: number }[]>`
    select nextval(pg_get_serial_sequence('products', 'id'))::float8 as id from generate_series(1, ${count}::int)`;
  return rows.map((row) => row.id);
}

/** Returns the products with their live offers, oldest first. */
export function productsWithOffers(sql: Sql, productIds: readonly number[]): Promise<ProductWithOffers[]> {
  return sql<ProductWithOffers[]>`${selectProducts(sql, productIds, sql`true`)}`;
}

/** Returns the products that have live offers outside of this import, with only these offers. */
export function productsSharedWithOthers(
  sql: Sql,
  productIds: readonly number[],
): Promise<ProductWithOffers[]> {
  const notListed = sql`not exists (select from pg_temp.import_plan l where l.offer_id = o.id)`;
  return sql<ProductWithOffers[]>`${selectProducts(sql, productIds, notListed)} having count(o.id) > 0`;
}

function selectProducts(
  sql: Sql,
  productIds: readonly number[],
  which: postgres.PendingQuery<postgres.Row[]>,
) {
  return sql`
    select p.id::float8 as id,
      jsonb_build_object('categoryId', p.category_id, 'kind', p.kind, 'name', p.name,
        'code', p.code, 'description', p.description, 'tags', p.tags, 'eans', p.eans,
        'attributes', p.attributes, 'image', p.image) as description,
      coalesce(
        jsonb_agg(jsonb_build_object('id', o.id, 'vendorId', o.vendor_id, 'sku', o.sku, 'name', o.name, 'code', o.code,
          'otherCodes', o.other_codes, 'vendorName', v.name,
          'price', o.price::text, 'currency', o.currency, 'stock', o.stock) order by o.id)
        filter (where o.id is not null), '[]') as offers,
      not exists (select from offers any_offer where any_offer.product_id = p.id) as "isEmpty"
    from products p
    left join live_offers o on o.product_id = p.id and ${which}
    left join vendors v on v.id = o.vendor_id
    where p.id = any(${productIds as number[]}::bigint[])
    group by p.id`;
}

/** New products with their JSON. */
export interface NewProducts {
  rows: readonly ProductRow[];
  json: string;
}

/** Makes the JSON, which takes long, so that it can be done before the transaction that writes it. */
export const newProducts = (rows: readonly ProductRow[]): NewProducts => ({ rows, json: jsonOf(rows) });

/** Inserts new products and updates those that differ. Returns the ids of the updated ones. */
export async function writeProducts(
  sql: Sql,
  created: NewProducts,
  existing: readonly ProductRow[],
  now: Date,
): Promise<number[]> {
  const changedIds = await differing(sql, existing);
  const changed = existing.filter((row) => changedIds.has(row.id));
  const written = [...created.rows, ...changed];
  const attributeIds = await attributeIdsOf(sql, written);
  const valued = sql`(select id, ids::integer[] as "attributeIds"
    from unnest(${written.map(({ id }) => id)}::bigint[], ${attributeIds}::text[]) as a(id, ids)) as a`;
  if (created.rows.length > 0) {
    await sql`
      insert into products (id, category_id, kind, name, code, description, tags, eans, attributes, attribute_ids, image,
        name_folded, search_text, short_grams, sort_price, in_stock, offered, created_at, updated_at)
      overriding system value
      select id, "categoryId", kind, name, code, description, tags, eans, attributes, "attributeIds", image,
        "nameFolded", "searchText", "shortGrams"::smallint[], "sortPrice", "inStock", offered, ${now}, ${now}
      from ${productRows(sql, created.json)} join ${valued} using (id)`;
  }
  if (changed.length > 0) {
    await sql`
      update products p set category_id = r."categoryId", kind = r.kind, name = r.name, code = r.code,
        description = r.description, tags = r.tags, eans = r.eans, attributes = r.attributes,
        attribute_ids = a."attributeIds", image = r.image,
        name_folded = r."nameFolded", search_text = r."searchText", short_grams = r."shortGrams"::smallint[],
        sort_price = r."sortPrice", in_stock = r."inStock", offered = r.offered, updated_at = ${now}
      from ${productRows(sql, jsonOf(changed))} join ${valued} using (id)
      where p.id = r.id`;
  }
  await writeCodes(sql, written, [...changedIds]);
  return [...changedIds];
}

/** Returns the ids of rows that differ from the database. */
async function differing(sql: Sql, rows: readonly ProductRow[]): Promise<Set<number>> {
  if (rows.length === 0) return new Set();
  const found = await sql<{ id: number }[]>`
    select p.id::float8 as id
    from products p join ${productRows(sql, JSON.stringify(rows))} on p.id = r.id
    where (p.category_id, p.kind, p.name, p.code, p.description, p.tags, p.eans, p.attributes, p.image, p.search_text,
        p.sort_price, p.in_stock, p.offered)
      is distinct from (r."categoryId", r.kind, r.name, r.code, r.description, r.tags, r.eans, r.attributes, r.image,
        r."searchText", r."sortPrice", r."inStock", r.offered)`;
  return new Set(found.map((row) => row.id));
}

/** Writes the short grams in array syntax, because PostgreSQL parses long JSON arrays slowly. */
const jsonOf = (rows: readonly ProductRow[]): string =>
  JSON.stringify(rows.map((row) => ({ ...row, shortGrams: `{${shortGrams(row.searchText).join(',')}}` })));

function productRows(sql: Sql, json: string) {
  return sql`json_to_recordset(${json}::text::json) as r(id bigint, "categoryId" bigint, kind text,
    name text, code text, description text, tags text[], eans text[], attributes jsonb, image text,
    "nameFolded" text, "searchText" text, "shortGrams" text, "sortPrice" numeric, "inStock" boolean, offered boolean)`;
}

async function writeCodes(
  sql: Sql,
  rows: readonly ProductRow[],
  changedIds: readonly number[],
): Promise<void> {
  if (rows.length === 0) return;
  const ids = rows.flatMap((row) => row.codes.map(() => row.id));
  const codes = rows.flatMap((row) => row.codes);
  if (changedIds.length > 0) {
    await sql`
      delete from product_codes p
      where p.product_id = any(${changedIds as number[]}::bigint[])
        and not exists (select from unnest(${ids}::bigint[], ${codes}::text[]) as g(id, code)
          where g.id = p.product_id and g.code = p.code)`;
  }
  await sql`
    insert into product_codes (product_id, code)
    select * from unnest(${ids}::bigint[], ${codes}::text[])
    on conflict do nothing`;
}

/** Inserts offers without an id, in order, and updates and revives those that differ. Returns the ids of the updated ones. */
export async function writeOffers(sql: Sql, rows: readonly OfferRow[], now: Date): Promise<number[]> {
  const created = rows.filter((row) => row.id === null);
  const existing = rows.filter((row) => row.id !== null);
  if (created.length > 0) {
    await sql`
      insert into offers (product_id, vendor_id, sku, name, code, other_codes, price, currency, price_breaks, unit, minimum, pack_size, stock,
        lead_time_days, updated_at)
      select "productId", "vendorId", sku, name, code, "otherCodes", price, currency, "priceBreaks", unit, minimum, "packSize", stock,
        "leadTimeDays", ${now}
      from ${offerRows(sql, created)} order by n`;
  }
  if (existing.length === 0) return [];
  const changed = await sql<{ id: number }[]>`
    update offers o set product_id = r."productId", name = r.name, code = r.code,
      other_codes = r."otherCodes", price = r.price, currency = r.currency,
      price_breaks = r."priceBreaks", unit = r.unit, minimum = r.minimum, pack_size = r."packSize", stock = r.stock,
      lead_time_days = r."leadTimeDays", withdrawn_at = null, updated_at = ${now}
    from ${offerRows(sql, existing)}
    where o.id = r.id and (o.product_id, o.name, o.code, o.other_codes, o.price, o.currency, o.price_breaks, o.unit, o.minimum,
        o.pack_size, o.stock, o.lead_time_days, o.withdrawn_at)
      is distinct from (r."productId", r.name, r.code, r."otherCodes", r.price, r.currency, r."priceBreaks", r.unit, r.minimum,
        r."packSize", r.stock, r."leadTimeDays", null)
    returning o.id::float8 as id`;
  return changed.map((row) => row.id);
}

function offerRows(sql: Sql, rows: readonly OfferRow[]) {
  const given = rows.map((row, n) => ({ n, ...row }));
  return sql`json_to_recordset(${JSON.stringify(given)}::text::json) as r(n integer, id bigint, "productId" bigint, "vendorId" bigint,
    sku text, name text, code text, "otherCodes" text[], price numeric, currency text, "priceBreaks" jsonb, unit text, minimum integer, "packSize" integer,
    stock bigint, "leadTimeDays" integer)`;
}

/** Deletes products whose last offer moved to another product. */
export async function deleteProducts(sql: Sql, productIds: readonly number[]): Promise<void> {
  await sql`delete from products where id = any(${productIds as number[]}::bigint[])`;
}
