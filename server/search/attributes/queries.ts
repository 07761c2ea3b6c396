import { type SQL, sql } from 'drizzle-orm';
import type { Db } from '#db/client.ts';
import { attributeWord } from '#server/catalog/service.ts';
import type { Locale } from '#server/common/locales.ts';
import type { Filters } from '../rules.ts';
import { type KnownValue, sameKey } from './rules.ts';

/** The number of values of the filtered attributes that are looked at. */
const mostKnown = 50_000;

/** The share of the result that must have an attribute, for it to be offered. */
const offeredShare = 0.3;
const mostAttributes = 8;
const mostValues = 100;

/** Returns all values of attributes, by their names in any case. */
export async function knownValues(db: Db, keys: readonly string[]): Promise<KnownValue[]> {
  return db.execute<KnownValue & Record<string, unknown>>(sql`
    select id, name, value from attribute_values
    where lower(name) in (${sql.join(
      keys.map((key) => sql`${sameKey(key)}`),
      sql`, `,
    )})
    limit ${mostKnown}`);
}

/**
 * Returns the tables of the attribute facet, the last one `attribute_facet`: values that differ among a good part of the
 * result, and the alternatives to those filtered by. Without a category nothing is counted beyond the cap.
 */
export function attributeTables(filters: Filters, locale: Locale): SQL {
  const chosen = filters.attributes.map((_, index) => sql.raw(`but_attribute_${index}`));
  const names = filters.attributes.map(({ key }) => sql`${sameKey(key)}`);
  const isChosen = names.length > 0 ? sql`lower(v.name) in (${sql.join(names, sql`, `)})` : sql`false`;
  const isCounted = filters.category === undefined ? sql`not (select capped from size)` : sql`true`;
  const alternatives = chosen.map(
    (set, index) => sql`
      union all
      (select v.name, v.value, count(*)::int as products, ${index - chosen.length}::int as place
        from ${set} s join products p on p.id = s.id
        cross join unnest(p.attribute_ids) as held (id) join attribute_values v on v.id = held.id
        where lower(v.name) = ${names[index]} group by v.id order by products desc, v.value limit ${mostValues})`,
  );
  return sql`attribute_pairs as materialized (
      select base.id, v.id as value_id, v.name, v.value
      from base join products p on p.id = base.id
      cross join unnest(p.attribute_ids) as held (id) join attribute_values v on v.id = held.id
      where ${isCounted} and not ${isChosen}),
    attribute_names as materialized (
      select name, row_number() over (order by products desc, first_id) as place from (
        select name, count(distinct id) as products, min(value_id) as first_id from attribute_pairs
        group by name having count(distinct value_id) > 1
          and count(distinct id) >= ${offeredShare}::float8 * (select products from size)) as offered
      order by place limit ${mostAttributes}),
    attribute_facet as (
      select coalesce(jsonb_agg(jsonb_build_object('key', name, 'name', ${attributeWord('name', locale, sql`shown.name`)},
          'value', value, 'valueName', ${attributeWord('value', locale, sql`shown.value`)}, 'count', products)
        order by place, name, products desc), '[]')
      from (
        select name, value, products, place from (
          select n.name, v.value, count(*)::int as products, n.place,
            row_number() over (partition by n.name order by count(*) desc, v.value) as nth
          from attribute_names n join attribute_pairs v on v.name = n.name
          group by n.name, n.place, v.value) as counted
        where nth <= ${mostValues}
        ${sql.join(alternatives, sql``)}
      ) as shown)`;
}
