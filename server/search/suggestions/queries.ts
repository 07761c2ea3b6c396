import { sql } from 'drizzle-orm';
import type { Db } from '#db/client.ts';
import type { CategoryRef } from '#server/catalog/schema.ts';
import { containsWords } from '../candidates/queries.ts';
import { containing } from '../rules.ts';

const shownProducts = 8;
const shownOthers = 4;

/** The number of matching names considered. */
const mostNames = 200;

export interface Suggested extends Record<string, unknown> {
  products: { id: string; code: string; name: string }[];
  categories: CategoryRef[];
  vendors: { id: string; name: string; slug: string }[];
}

/**
 * Returns suggestions. Products: codes that begin with the text, names that contain its words (guessed ones first), other
 * guessed ones. Categories by slug, vendors by name.
 */
export async function suggest(
  db: Db,
  words: string[][],
  wholeCode: string,
  guessed: readonly string[],
): Promise<Suggested> {
  const [suggested] = await db.execute<Suggested>(sql`
    with coded as materialized (
      select product_id as id, row_number() over () as place from (
        select product_id from product_codes
        where code ~>=~ ${wholeCode} and code ~<~ ${`${wholeCode}\u{10ffff}`}
        order by code using ~<~ limit ${4 * shownProducts}) as begun),
    guessed as materialized (
      select p.id, given.place, ${containsWords(words, sql`p.name_folded`)} as is_held
      from unnest(${`{${guessed.join(',')}}`}::bigint[]) with ordinality as given (id, place)
      join products p on p.id = given.id),
    held as materialized (
      select p.id, p.name_folded from products p
      where (select count(*) from guessed where is_held) < ${shownProducts}::int
        and ${containsWords(words)} and ${containsWords(words, sql`p.name_folded`)}),
    named as (
      select id, 1000 + row_number() over (
        order by starts_with(name_folded, ${wholeCode}) desc, length(name_folded), name_folded, id) as place
      from (select * from held limit ${mostNames}) as first_held),
    best as (
      select id, min(place) as place from (
        select * from coded union all select * from named
        union all select id, case when is_held then 100 else 10000 end + place from guessed) as either
      group by id order by place limit ${shownProducts})
    select coalesce((
        select jsonb_agg(jsonb_build_object('id', p.id::text, 'code', p.code, 'name', p.name) order by best.place)
        from best join products p on p.id = best.id), '[]') as "products",
      coalesce((
        select jsonb_agg(jsonb_build_object('id', c.id::text, 'name', c.name, 'path', c.path,
          'slugPath', c.slug_path) order by c.product_count desc, c.id)
        from (
          select * from categories
          where product_count > 0 and ${slugHas(words)}
          order by product_count desc, id limit ${shownOthers}) as c), '[]') as "categories",
      coalesce((
        select jsonb_agg(jsonb_build_object('id', v.id::text, 'name', v.name, 'slug', v.slug)
          order by starts_with(v.name_folded, ${wholeCode}) desc, v.name_folded, v.id)
        from (
          select * from vendors where ${containsWords(words, sql`name_folded`)}
          order by starts_with(name_folded, ${wholeCode}) desc, name_folded, id limit ${shownOthers}) as v), '[]')
        as "vendors"`);
  return suggested ?? { products: [], categories: [], vendors: [] };
}

/** Returns the condition that the last part of a category's slug path contains every word. */
function slugHas(words: string[][]) {
  const conditions = words.slice(0, 8).map((readings) => {
    const contained = readings.map((reading) => {
      const slug = reading.replace(/[^\p{L}\p{N}]+/gu, '-').replace(/^-|-$/g, '');
      return sql`regexp_replace(slug_path, '.*/', '') like ${containing(slug)}`;
    });
    return sql`(${sql.join(contained, sql` or `)})`;
  });
  return sql.join(conditions, sql` and `);
}
