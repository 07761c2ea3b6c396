import { type SQL, sql } from 'drizzle-orm';
import type { Db } from '#db/client.ts';
import { categoryJson } from '#server/catalog/service.ts';
import { fold } from '#server/platform/fold.ts';
import { codesBegin, containsWords } from '../candidates/queries.ts';
import type { Suggested } from '../port.ts';
import { containing, type ParsedText, type Word } from '../rules.ts';
import {
  considered,
  mostTags,
  ofFamily,
  shownCodes,
  shownOthers,
  shownProducts,
  shownTags,
} from './limits.ts';

/**
 * Returns suggestions. Products: codes that begin with the text, names that contain its words (guessed ones first), other
 * guessed ones. Categories by slug or by their names in other languages, vendors by name, tags of products that contain the words.
 */
export async function suggest(db: Db, typed: ParsedText, guessed: readonly string[]): Promise<Suggested> {
  const { words, wholeCode } = typed;
  const compact =
    typed.codes.length > 0
      ? sql`union all (select product_id from (${codesBegin(typed.codes)}) as compact
          join products p on p.id = product_id and p.offered order by p.code, p.id limit ${shownCodes})`
      : sql``;
  const [suggested] = await db.execute<Suggested & Record<string, unknown>>(sql`
    with coded as materialized (
      select product_id as id, row_number() over () as place from (
        (select product_id from product_codes join products p on p.id = product_id and p.offered
        where product_codes.code ~>=~ ${wholeCode} and product_codes.code ~<~ ${`${wholeCode}\u{10ffff}`}
        order by product_codes.code using ~<~ limit ${4 * shownCodes}) ${compact}) as begun),
    guessed as materialized (
      select p.id, given.place, p.category_id, ${familyOf} as family,
        ${containsWords(words, sql`p.name_folded`)} as is_held
      from unnest(${`{${guessed.join(',')}}`}::bigint[]) with ordinality as given (id, place)
      join products p on p.id = given.id and p.offered),
    ${matchTables(typed)},
    kinds as materialized (select id from categories where product_count > 0 and ${slugHas(words, '-')}),
    named as (
      select id, 1000 + row_number() over (
        order by category_id = any (array(select id from kinds)) desc, starts_with(name_folded, ${wholeCode}) desc,
          ${beginWords(words)} desc, length(name_folded), name_folded, id) as place
      from held
      where (select count(distinct (category_id, family)) from guessed where is_held) < ${shownProducts}::int),
    either as materialized (
      select id, min(place) as place, bool_or(by_code) as by_code from (
        select id, place, true as by_code from coded union all select id, place, false from named
        union all select id, case when is_held then 100 else 10000 end + place, false from guessed) as found
      group by id),
    ranked as (
      select p.id, p.code, p.name, e.by_code, e.place, row_number() over (
        partition by e.by_code, p.category_id, ${familyOf} order by e.place) as twin
      from either e join products p on p.id = e.id and p.offered),
    best as (
      (select * from ranked where by_code order by place limit ${shownCodes})
      union all
      (select * from ranked where not by_code and twin <= ${ofFamily}
        order by twin, place limit ${shownProducts}))
    select coalesce((
        select jsonb_agg(jsonb_build_object('id', id::text, 'code', code, 'name', name, 'byCode', by_code)
          order by by_code desc, twin, place) from best), '[]') as "products",
      coalesce((
        select jsonb_agg(${categoryJson(typed.locale)} || jsonb_build_object('productCount', c.product_count)
          order by c.product_count desc, c.id)
        from (
          select * from categories
          where product_count > 0
            and (${slugHas(words)} or names_folded <> '' and ${containsWords(words, sql`names_folded`)})
          order by product_count desc, id limit ${shownOthers}) as c), '[]') as "categories",
      coalesce((
        select jsonb_agg(tag order by products desc, tag) from (
          select tag, count(*) as products from tagged cross join unnest(tagged.tags) as tag
          group by tag order by products desc, tag limit ${mostTags}) as common), '[]') as "tags",
      coalesce((
        select jsonb_agg(jsonb_build_object('id', v.id::text, 'name', v.name, 'slug', v.slug)
          order by starts_with(v.name_folded, ${wholeCode}) desc, v.name_folded, v.id)
        from (
          select * from vendors where ${containsWords(words, sql`name_folded`)}
          order by starts_with(name_folded, ${wholeCode}) desc, name_folded, id limit ${shownOthers}) as v), '[]')
        as "vendors"`);
  if (!suggested) throw new Error('the suggestions returned no row');
  return { ...suggested, tags: suggested.tags.filter((tag) => hasWords(tag, words)).slice(0, shownTags) };
}

/** Returns the tables `tagged (tags)` and `held (id, category_id, name_folded)`: matches, and those that have the words in their names. */
function matchTables({ words }: ParsedText): SQL {
  const inName = containsWords(words, sql`p.name_folded`);
  const byLength = sql`length(p.name_folded), p.name_folded, p.id`;
  return sql`matches as materialized (
      select p.id, p.category_id, p.name_folded, p.tags from products p where p.offered and ${containsWords(words)}),
    size as materialized (select exists (select from matches offset ${considered} limit 1) as is_large),
    names as materialized (
      select p.id, p.category_id, p.name_folded from products p where (select is_large from size) and p.offered and ${inName}),
    names_size as materialized (
      select case when is_large then exists (select from names offset ${considered} limit 1) else false end as is_large
      from size),
    tagged as (
      select tags from matches where not (select is_large from size)
      union all
      (select p.tags from products p where (select is_large from size) and p.offered and ${containsWords(words)}
        order by ${byLength} limit ${considered})),
    held as materialized (
      select id, category_id, name_folded from matches p where not (select is_large from size) and ${inName}
      union all
      select id, category_id, name_folded from names where not (select is_large from names_size)
      union all
      (select p.id, p.category_id, p.name_folded from products p where (select is_large from names_size) and p.offered and ${inName}
        order by ${byLength} limit ${considered}))`;
}

/** Returns the condition that each word begins a word of the name. */
function beginWords(words: readonly Word[]): SQL {
  const conditions = words.slice(0, 8).map(({ readings }) => {
    const begun = readings.map((reading) => sql`' ' || name_folded like ${containing(` ${reading}`)}`);
    return sql`(${sql.join(begun, sql` or `)})`;
  });
  return sql`(${sql.join(conditions, sql` and `)})`;
}

/** What the names of a family begin with: two words without digits. */
const familyOf = sql`(string_to_array(btrim(regexp_replace(p.name_folded, '\\S*\\d\\S*\\s*', '', 'g')), ' '))[1:2]`;

/** Returns whether a tag contains every word. */
function hasWords(tag: string, words: readonly Word[]): boolean {
  const folded = fold(tag);
  return words.every(({ readings }) => readings.some((reading) => folded.includes(reading)));
}

/** Returns the condition that the last part of a category's slug path contains every word, with `before` in front. */
function slugHas(words: readonly Word[], before = ''): SQL {
  const conditions = words.slice(0, 8).map(({ readings }) => {
    const contained = readings.map((reading) => {
      const slug = reading.replace(/[^\p{L}\p{N}]+/gu, '-').replace(/^-|-$/g, '');
      return sql`regexp_replace(slug_path, '^(.*/)?', '-') like ${containing(before + slug)}`;
    });
    return sql`(${sql.join(contained, sql` or `)})`;
  });
  return sql.join(conditions, sql` and `);
}
