import { asc, type Placeholder, type SQL, sql } from 'drizzle-orm';
import { builtOnce } from '#db/built.ts';
import { type Db, planOnce } from '#db/client.ts';
import { categories } from '#db/tables/catalog.ts';
import { rowId } from '#server/common/ids.ts';
import type { Locale } from '#server/common/locales.ts';
import type { CategoryRow, KeyedAttribute, OfferRow, ProductRow } from './rules.ts';
import type { CategoryRef } from './schema.ts';

/** Returns ids in PostgreSQL's array syntax. */
const idArray = (ids: readonly string[]) => sql`${`{${ids.join(',')}}`}::bigint[]`;

/** A language, or what stands for it in a query that is built once. */
type LocaleOf = Locale | Placeholder;

/** Returns the name of category `c` in a language, else its own. */
export const categoryName = (locale: LocaleOf, c: SQL = sql`c`): SQL =>
  sql`coalesce(${c}.names ->> ${locale}, ${c}.name)`;

const categoryFields = (locale: LocaleOf, c: SQL = sql`c`): SQL => sql`
  'id', ${c}.id::text, 'name', ${categoryName(locale, c)},
  'path', coalesce(${c}.paths ->> ${locale}, ${c}.path), 'slugPath', ${c}.slug_path`;

/** Returns category `c` in the API's form, in a language. */
export const categoryJson = (locale: LocaleOf, c?: SQL): SQL =>
  sql`jsonb_build_object(${categoryFields(locale, c)})`;

/** Returns the breadcrumbs of category `c` in a language. */
export const breadcrumbsJson = (locale: LocaleOf): SQL => sql`(
  select jsonb_agg(${categoryJson(locale, sql`a`)} order by a.level) from categories a where a.id = any (c.lineage))`;

/** Returns a word of attributes in a language, else the word itself. */
export const attributeWord = (kind: 'name' | 'value', locale: LocaleOf, word: SQL): SQL => sql`coalesce((
  select w.translation from attribute_words w
  where w.kind = ${kind} and w.word = ${word} and w.language = ${locale}), ${word})`;

/** The number of sales agents of the vendor of offer `o` who answer for product `p` of category `c` and can take a call now. */
const freeAgents = sql`(
  select count(*) from agents a join agent_presence s on s.agent_id = a.id
  where a.vendor_id = o.vendor_id and a.kind = 'sales' and a.phone is not null and a.callable
    and s.status = 'available' and exists (
      select from agent_responsibilities r
      where r.agent_id = a.id and (r.product_id = p.id or r.category_id = any (c.lineage))))`;

/**
 * The live offers of product `p`, cheapest first by reference rates. Amounts are text, because JSON numbers become floats.
 * As json, which takes a third less time than jsonb where nothing but the driver reads it.
 */
const offersJson = sql`(
  select coalesce(json_agg(json_build_object(
      'id', o.id::text, 'sku', o.sku, 'name', o.name,
      'codes', array_remove(array_prepend(o.code, o.other_codes), null),
      'vendor', json_build_object('id', v.id::text, 'name', v.name, 'slug', v.slug,
        'ratingCount', v.rating_count, 'ratingTotal', v.rating_total),
      'vendorCountry', v.country, 'reachable', v.email is not null,
      'price', o.price::text, 'currency', o.currency, 'priceBreaks', o.price_breaks, 'unit', o.unit,
      'minimum', o.minimum, 'packSize', o.pack_size, 'stock', o.stock, 'leadTimeDays', o.lead_time_days,
      'freeAgents', ${freeAgents})
    order by o.price / case o.currency when 'EUR' then 1 else (
        select r.rate from exchange_rates r where r.currency = o.currency order by r.date desc limit 1) end
      nulls last, v.name, o.id), '[]')
  from live_offers o join vendors v on v.id = o.vendor_id
  where o.product_id = p.id)`;

const summaryColumns = (locale: LocaleOf): SQL => sql`p.id::text as "id", p.code, p.name, p.kind,
  json_build_object(${categoryFields(locale)}) as "category", p.tags, p.image, ${offersJson} as "offers"`;

/** The number of a vendor's rated calls, and the sum of their ratings. */
export interface RatingTotals {
  ratingCount: number;
  ratingTotal: number;
}

/** A product whose vendors have rating totals instead of a rating. */
export type Stored<Row extends ProductRow = ProductRow> = Omit<Row, 'offers'> & {
  offers: (Omit<OfferRow, 'vendor'> & { vendor: Omit<OfferRow['vendor'], 'rating'> & RatingTotals })[];
};

/** Returns products with their offers, in the order of the ids, without unknown ones. */
export async function summaries(db: Db, ids: readonly string[], locale: Locale): Promise<Stored[]> {
  return ids.length === 0 ? [] : summariesOf(db, { ids: `{${ids.join(',')}}`, locale });
}

const summariesOf = builtOnce<{ ids: string; locale: Locale }, Stored>(
  (_db, { ids, locale }) => sql`${planOnce}
    select ${summaryColumns(locale)}
    from unnest(${ids}::bigint[]) with ordinality as wanted (id, place)
    join products p on p.id = wanted.id
    join categories c on c.id = p.category_id
    order by wanted.place`,
);

export interface DetailRow extends ProductRow {
  description: string;
  attributes: [string, string][];
  eans: string[];
  breadcrumbs: CategoryRef[];
}

interface ComparedRow {
  attributes: KeyedAttribute[];
}

/** Returns the attributes of product `p` in a language. */
const attributesJson = (locale: LocaleOf): SQL => sql`(
  select coalesce(jsonb_agg(jsonb_build_array(${attributeWord('name', locale, sql`given.pair ->> 0`)},
    ${attributeWord('value', locale, sql`given.pair ->> 1`)}) order by given.place), '[]')
  from jsonb_array_elements(p.attributes) with ordinality as given (pair, place))`;

/** Returns a product with its offers and breadcrumbs; null if unknown. */
export async function detail(db: Db, id: string, locale: Locale): Promise<Stored<DetailRow> | null> {
  const [row] = await detailOf(db, { id, locale });
  return row ?? null;
}

const detailOf = builtOnce<{ id: string; locale: Locale }, Stored<DetailRow>>(
  (_db, { id, locale }) => sql`${planOnce}
    select ${summaryColumns(locale)}, p.description, p.eans, ${attributesJson(locale)} as "attributes",
      ${breadcrumbsJson(locale)} as "breadcrumbs"
    from products p join categories c on c.id = p.category_id
    where p.id = ${id}::bigint`,
);

/** Returns the attributes of product `p` in a language, each after the name by which the catalogue knows it. */
const keyedAttributesJson = (locale: Locale): SQL => sql`(
  select coalesce(jsonb_agg(jsonb_build_array(given.pair ->> 0,
    ${attributeWord('name', locale, sql`given.pair ->> 0`)},
    ${attributeWord('value', locale, sql`given.pair ->> 1`)}) order by given.place), '[]')
  from jsonb_array_elements(p.attributes) with ordinality as given (pair, place))`;

/** Returns products with their offers and attributes, in the order of the ids, without unknown ones. */
export async function comparedProducts(
  db: Db,
  ids: readonly string[],
  locale: Locale,
): Promise<(Stored & ComparedRow)[]> {
  return db.execute<Stored & ComparedRow & Record<string, unknown>>(sql`
    select ${summaryColumns(locale)}, ${keyedAttributesJson(locale)} as "attributes"
    from unnest(${idArray(ids)}) with ordinality as wanted (id, place)
    join products p on p.id = wanted.id
    join categories c on c.id = p.category_id
    order by wanted.place`);
}

/** The number of alphabetical neighbours, in each direction, that may be related. */
const neighbours = 40;

/**
 * Returns products of the same subcategory, those with the most words of the name in common first. Searches
 * only alphabetical neighbours, so that a large subcategory costs no more than a small one.
 */
export const findRelated = builtOnce<{ id: string; limit: number; locale: Locale }, Stored>(
  (_db, { id, limit, locale }) => sql`${planOnce}
    with own as (select id, category_id, name_folded from products where id = ${id}::bigint),
    near as (
      (select p.id, p.name_folded from products p, own where p.offered and p.category_id = own.category_id
        and (p.name_folded, p.id) > (own.name_folded, own.id) order by p.name_folded, p.id limit ${neighbours})
      union all
      (select p.id, p.name_folded from products p, own where p.offered and p.category_id = own.category_id
        and (p.name_folded, p.id) < (own.name_folded, own.id)
        order by p.name_folded desc, p.id desc limit ${neighbours})),
    best as (
      select near.id, similarity(near.name_folded, own.name_folded) as likeness from near, own
      order by likeness desc, near.id limit ${limit})
    select ${summaryColumns(locale)}
    from best join products p on p.id = best.id join categories c on c.id = p.category_id
    order by best.likeness desc, best.id`,
);

/**
 * Sets the sort prices of the products after an id by today's rates, if they differ. Returns the last id; null at the end.
 * `updated_at` stays: nothing that is shown or indexed elsewhere has changed.
 */
export async function refreshSortPrices(db: Db, afterId: string, limit: number): Promise<string | null> {
  const [batch] = await db.execute<{ last: string | null }>(sql`
    with batch as (select id from products where id > ${afterId}::bigint order by id limit ${limit}),
    priced as materialized (
      select batch.id, (
        select trunc(min(o.price / case o.currency when 'EUR' then 1 else (
          select r.rate from exchange_rates r where r.currency = o.currency order by r.date desc limit 1) end), 8)
        from live_offers o where o.product_id = batch.id) as price
      from batch),
    changed as (
      update products p set sort_price = priced.price from priced
      where p.id = priced.id and p.sort_price is distinct from priced.price)
    select max(id)::text as last from batch`);
  return batch?.last ?? null;
}

/**
 * Deletes notes of changes by transactions that ended more than an hour ago, and those that a dump brought from another
 * server; keeps the newest, so that no former state comes back.
 */
export async function forgetCatalogChanges(db: Db): Promise<void> {
  await db.execute(sql`
    delete from catalog_changes where id < (select max(id) from catalog_changes) and (
      transaction is null or transaction > pg_snapshot_xmax(pg_current_snapshot()) or transaction < (
        select max(ended) from catalog_changes
        where at < now() - interval '1 hour' and ended <= pg_snapshot_xmin(pg_current_snapshot())))`);
}

export async function categoryRows(db: Db, locale: Locale): Promise<CategoryRow[]> {
  return db
    .select({
      id: categories.id,
      parentId: categories.parentId,
      level: categories.level,
      name: sql<string>`coalesce(${categories.names} ->> ${locale}, ${categories.name})`,
      path: sql<string>`coalesce(${categories.paths} ->> ${locale}, ${categories.path})`,
      slugPath: categories.slugPath,
      productCount: categories.productCount,
    })
    .from(categories)
    .orderBy(asc(categories.level), asc(categories.name), asc(categories.id));
}

export interface VendorRow extends RatingTotals {
  id: string;
  slug: string;
  name: string;
  kind: string;
  description: string;
  country: string | null;
  reachable: boolean;
  productCount: number;
}

const vendorColumns = sql`v.id::text as "id", v.slug, v.name, v.kind, v.description, v.country,
  v.email is not null as "reachable", v.rating_count as "ratingCount", v.rating_total as "ratingTotal",
  v.product_count as "productCount"`;

/** Returns a page of vendors, by name or number of products, and their total. */
export async function vendorPage(
  db: Db,
  page: { offset: number; limit: number; byProducts: boolean },
): Promise<{ total: number; rows: VendorRow[] }> {
  const order = page.byProducts ? sql`"productCount" desc, v.name_folded, v.id` : sql`v.name_folded, v.id`;
  const [answer] = await db.execute<{ total: number; rows: VendorRow[] }>(sql`
    select (select count(*)::int from vendors) as "total", coalesce((
      select jsonb_agg(to_jsonb(listed)) from (
        select ${vendorColumns} from vendors v
        order by ${order} limit ${page.limit} offset ${page.offset}) as listed), '[]') as "rows"`);
  return answer ?? { total: 0, rows: [] };
}

/** Returns a vendor by id or slug. */
export async function vendor(db: Db, idOrSlug: string): Promise<VendorRow | null> {
  const known =
    rowId(idOrSlug) !== null
      ? sql`v.id = ${idOrSlug}::bigint or v.slug = ${idOrSlug}`
      : sql`v.slug = ${idOrSlug}`;
  const [row] = await db.execute<VendorRow & Record<string, unknown>>(sql`
    select ${vendorColumns} from vendors v where ${known} order by v.slug = ${idOrSlug} desc limit 1`);
  return row ?? null;
}

export interface AvailableAgentRow {
  id: string;
  name: string;
  vendor: { id: string; name: string; slug: string };
  product: { id: string; name: string };
}

/**
 * Returns sales agents who are available by their stored status, one per vendor, longest-available first, each with a product
 * that they answer for.
 */
export async function availableAgents(
  db: Db,
  limit: number,
): Promise<{ total: number; rows: AvailableAgentRow[] }> {
  const [answer] = await db.execute<{ total: number; rows: AvailableAgentRow[] }>(sql`
    with free as materialized (
      select a.id, a.name, a.vendor_id, p.status_since,
        row_number() over (partition by a.vendor_id order by p.status_since, a.id) as nth
      from agent_presence p join agents a on a.id = p.agent_id
      where p.status = 'available' and a.kind = 'sales' and a.phone is not null and a.callable),
    shown as (
      select free.*, sold.id as product_id, sold.name as product_name
      from free cross join lateral (
        select p.id, p.name from live_offers o
        join products p on p.id = o.product_id join categories c on c.id = p.category_id
        where o.vendor_id = free.vendor_id and exists (
          select from agent_responsibilities r
          where r.agent_id = free.id and (r.product_id = p.id or r.category_id = any (c.lineage)))
        order by o.sku limit 1) as sold
      where nth = 1 order by status_since, free.id limit ${limit})
    select (select count(*)::int from free) as "total", coalesce((
      select jsonb_agg(jsonb_build_object('id', s.id::text, 'name', s.name,
        'vendor', jsonb_build_object('id', v.id::text, 'name', v.name, 'slug', v.slug),
        'product', jsonb_build_object('id', s.product_id::text, 'name', s.product_name))
        order by s.status_since, s.id)
      from shown s join vendors v on v.id = s.vendor_id), '[]') as "rows"`);
  return answer ?? { total: 0, rows: [] };
}
