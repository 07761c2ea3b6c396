import { type SQL, sql } from 'drizzle-orm';
import { categoryName } from '#server/catalog/service.ts';
import type { Locale } from '#server/common/locales.ts';
import { attributeTables } from '../attributes/queries.ts';
import { offerConditions, isPricedWithin, isWanted } from '../candidates/queries.ts';
import { activeChoices, type Choice, type Filters, isPlainBrowsing, type ParsedSearch } from '../rules.ts';

/*
 * Facets as common table expressions that read `base` (the result), `size`, `chosen_category` and `chosen_vendors`. Each
 * facet counts the products that pass all filters except its own: the size of the result if a value is chosen too.
 */

const shownVendors = 30;

/** Returns the tables of the facets, the last one `facets (value jsonb)`. Reads no more rows than the cap. */
export function facetTables({ words, filters, cap, locale }: ParsedSearch): SQL {
  const aside = activeChoices(filters).filter((choice) => choice !== 'inStock');
  const tables = [
    ...aside.flatMap((choice) => [
      sql`${sql.raw(`all_but_${choice}`)} as materialized (
        select p.id, p.category_id, p.kind from products p where ${isWanted(words, filters, choice)})`,
      sql`${sql.raw(`but_${choice}`)} as materialized (select * from ${sql.raw(`all_but_${choice}`)} limit ${cap})`,
    ]),
    sql`base_offers as materialized (
      select base.id, o.vendor_id, o.currency, o.price, o.stock
      from base join live_offers o on o.product_id = base.id where ${offerConditions(filters)})`,
    categoryFacet(filters, isPlainBrowsing(words, filters), locale),
    vendorFacet(filters, aside.includes('vendors')),
    kindFacet(filters.kind),
    currencyFacet(filters, aside.includes('price')),
    attributeTables(filters, locale),
    facetsTable(aside, cap),
  ];
  return sql.join(tables, sql`, `);
}

function facetsTable(aside: readonly Choice[], cap: number): SQL {
  const cutOff = aside.map(
    (choice) => sql`or exists (select from ${sql.raw(`all_but_${choice}`)} offset ${cap} limit 1)`,
  );
  return sql`facets as (select jsonb_build_object(
    'categories', (select * from category_facet), 'vendors', (select * from vendor_facet),
    'kinds', (select * from kind_facet), 'currencies', (select * from currency_facet),
    'attributes', (select * from attribute_facet),
    'inStock', (select count(distinct id) from base_offers where stock > 0),
    'isFloor', (select capped from size) ${sql.join(cutOff, sql` `)}) as value)`;
}

/** Counts products per category, including those of all categories below. */
function countsByCategory(set: SQL): SQL {
  return sql`select above.id, sum(leaf.products)::int as products
    from (select category_id, count(*) as products from ${set} group by category_id) as leaf
    join categories on categories.id = leaf.category_id
    cross join unnest(categories.lineage) as above (id)
    group by above.id`;
}

/**
 * Returns the top categories, the children of the chosen one and its ancestors, and further levels below a category that
 * contains the whole result. `plainBrowsing`: past the cap uses the catalogue's own counts.
 */
function categoryFacet(filters: Filters, plainBrowsing: boolean, locale: Locale): SQL {
  const isChosen = filters.category !== undefined;
  const keptCount = plainBrowsing ? sql`when (select capped from size) then c.product_count` : sql``;
  const beside = isChosen
    ? sql`left join (${countsByCategory(sql`but_category`)}) as beside on beside.id = c.id`
    : sql``;
  const besideCount = isChosen
    ? sql`when not c.lineage @> array(select id from chosen_category) then beside.products`
    : sql``;
  return sql`base_categories as materialized (${countsByCategory(sql`base`)}),
  category_facet as (
    select coalesce(jsonb_agg(jsonb_build_object('id', id::text, 'slugPath', slug_path, 'name', name,
      'level', level, 'count', products) order by level, products desc, name), '[]')
    from (
      select c.id, c.slug_path, ${categoryName(locale)} as name, c.level,
        case when false then 0 ${keptCount} ${besideCount} else within.products end as products
      from categories c
      left join base_categories as within on within.id = c.id
      ${beside}
      left join base_categories as parent on parent.id = c.parent_id
      where c.parent_id is null or c.parent_id = any ((select lineage from chosen_category)::bigint[])
        or parent.products = (select products from size)
    ) as shown
    where products > 0)`;
}

function vendorFacet(filters: Filters, isChosen: boolean): SQL {
  const others = sql`
    union all
    select distinct s.id, o.vendor_id
    from but_vendors s join live_offers o on o.product_id = s.id
    where ${offerConditions(filters, 'vendors')} and o.vendor_id not in (select id from chosen_vendors)`;
  return sql`vendor_facet as (
    select coalesce(jsonb_agg(jsonb_build_object('id', id::text, 'slug', slug, 'name', name, 'count', products)
      order by is_chosen desc, products desc, name), '[]')
    from (
      select v.id, v.slug, v.name, count(*)::int as products,
        v.id in (select id from chosen_vendors) as is_chosen
      from (select distinct id, vendor_id from base_offers ${isChosen ? others : sql``}) as sold
      join vendors v on v.id = sold.vendor_id
      group by v.id
      order by is_chosen desc, products desc, v.name limit ${shownVendors}
    ) as shown)`;
}

function kindFacet(chosen: Filters['kind']): SQL {
  const counted =
    chosen === undefined
      ? sql`select kind, count(*)::int as products from base group by kind`
      : sql`select kind, count(*)::int as products from base group by kind
          union all
          select kind, count(*)::int from but_kind where kind <> ${chosen} group by kind`;
  return sql`kind_facet as (
    select coalesce(jsonb_agg(jsonb_build_object('kind', kind, 'count', products) order by kind), '[]')
    from (${counted}) as counted)`;
}

/** Counts products per currency as listed, with the range of all prices, not only those within the price filter. */
function currencyFacet(filters: Filters, isChosen: boolean): SQL {
  const within = filters.prices === null ? sql`true` : isPricedWithin(filters.prices);
  const priced = isChosen
    ? sql`select s.id, o.currency, o.price from but_price s join live_offers o on o.product_id = s.id
        where ${offerConditions(filters, 'price')}`
    : sql`select id, currency, price from base_offers`;
  return sql`currency_facet as (
    select coalesce(jsonb_agg(jsonb_build_object('currency', currency, 'count', products,
      'min', lowest::text, 'max', highest::text) order by products desc, currency), '[]')
    from (
      select currency, count(distinct id) filter (where ${within})::int as products,
        min(price) as lowest, max(price) as highest
      from (${priced}) as o where price is not null group by currency
    ) as counted
    where products > 0)`;
}
