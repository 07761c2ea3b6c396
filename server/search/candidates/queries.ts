import { type SQL, sql } from 'drizzle-orm';
import { rowId } from '#server/common/ids.ts';
import type { PriceRange } from '#server/rates/service.ts';
import {
  activeChoices,
  type Choice,
  containing,
  type Filters,
  gramsOf,
  hasTrigram,
  type Word,
} from '../rules.ts';

/** The number of words used in the index condition. Further ones only filter. */
const indexedWords = 8;

/** The number of products that a beginning of a code may bring. */
const mostOfCode = 2_000;

/** Joins conditions by AND; `true` for none. */
function all(conditions: readonly SQL[]): SQL {
  return conditions.length > 0 ? sql.join([...conditions], sql` and `) : sql`true`;
}

/** Returns the condition that product `p` contains every word, or that `column` does. */
export function containsWords(words: Word[], column?: SQL): SQL {
  const text = column ?? sql`p.search_text`;
  const conditions = words.slice(0, indexedWords).map(({ readings, codes }) => {
    const contained = readings.map((reading) => {
      const like = sql`${text} like ${containing(reading)}`;
      if (column || hasTrigram(reading)) return like;
      return sql`(${like} and p.short_grams @> ${`{${gramsOf(reading).join(',')}}`}::smallint[])`;
    });
    if (!column && codes.length > 0) contained.push(sql`p.id = any (array(${codesBegin(codes)}))`);
    return sql`(${sql.join(contained, sql` or `)})`;
  });
  const further = words.slice(indexedWords).map(({ readings }) => readings);
  if (further.length > 0) {
    conditions.push(sql`not exists (
      select from jsonb_array_elements(${JSON.stringify(further)}::jsonb) as word
      where not exists (
        select from jsonb_array_elements_text(word.value) as reading
        where strpos(${text}, reading.value) > 0))`);
  }
  return all(conditions);
}

/** Selects the products with a code that begins so, without separators. */
export function codesBegin(codes: readonly string[]): SQL {
  const begun = codes.map(
    (code) => sql`(select product_id from product_codes
      where compact_code(code) ~>=~ ${code} and compact_code(code) ~<~ ${`${code}\u{10ffff}`}
      order by compact_code(code) using ~<~ limit ${mostOfCode})`,
  );
  return sql.join(begun, sql` union all `);
}

/** Returns the conditions of the filters on one offer `o`. */
export function offerConditions(filters: Filters, without?: Choice): SQL {
  const { vendors, inStock, prices } = filters;
  const conditions: SQL[] = [];
  if (vendors.length > 0 && without !== 'vendors') {
    conditions.push(sql`o.vendor_id = any (array(select id from chosen_vendors))`);
  }
  if (inStock && without !== 'inStock') conditions.push(sql`o.stock > 0`);
  if (prices !== null && without !== 'price') conditions.push(isPricedWithin(prices));
  return all(conditions);
}

/**
 * Returns the condition that the list price of offer `o` is in one of the ranges, which the index on currency and price
 * serves: one range scan for each currency.
 */
export function isPricedWithin(prices: readonly PriceRange[]): SQL {
  if (prices.length === 0) return sql`false`;
  const within = prices.map(
    ({ currency, low, high }) =>
      sql`(o.currency = ${currency} and o.price >= ${low}::numeric and o.price <= ${high}::numeric)`,
  );
  return sql`(${sql.join(within, sql` or `)})`;
}

/** Returns the condition that somebody offers product `p`, and that it has all words and passes all filters but `without`. */
export function isWanted(words: Word[], filters: Filters, without?: Choice): SQL {
  const conditions = [sql`p.offered`, containsWords(words)];
  if (filters.kind !== undefined && without !== 'kind') conditions.push(sql`p.kind = ${filters.kind}`);
  if (filters.category !== undefined && without !== 'category') {
    conditions.push(sql`p.category_id = any (array(
      select below.id from categories below join chosen_category on below.lineage @> array[chosen_category.id]))`);
  }
  for (const [index, { ids = [] }] of filters.attributes.entries()) {
    if (without !== `attribute_${index}`) {
      conditions.push(sql`p.attribute_ids && ${`{${ids.join(',')}}`}::int[]`);
    }
  }
  const asked = activeChoices(filters).filter((choice) => choice !== without);
  // Products have a column for stock; other filters need the offers.
  if (asked.includes('inStock')) conditions.push(sql`p.in_stock`);
  if (asked.includes('vendors') || asked.includes('price')) {
    conditions.push(sql`exists (
      select from live_offers o where o.product_id = p.id and ${offerConditions(filters, without)})`);
  }
  return all(conditions);
}

const idOf = (text: string): SQL => sql`${rowId(text)}::bigint`;

/** Returns the tables `chosen_category` and `chosen_vendors`, which filters name by id or slug. */
export function choices(filters: Filters): SQL {
  const category = filters.category ?? '';
  const vendors = filters.vendors.map((vendor) => sql`slug = ${vendor} or id = ${idOf(vendor)}`);
  return sql`chosen_category as materialized (
      select * from categories where slug_path = ${category} or id = ${idOf(category)}
      order by slug_path = ${category} desc limit 1),
    chosen_vendors as materialized (
      select id from vendors where ${vendors.length > 0 ? sql.join(vendors, sql` or `) : sql`false`})`;
}
