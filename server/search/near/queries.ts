import { type SQL, sql } from 'drizzle-orm';
import { isWanted } from '../candidates/queries.ts';
import type { ParsedSearch } from '../rules.ts';
import { type Misspelt, misspeltWords } from './rules.ts';

/** The number of similar words of a typed one; those with two typos are fewer, because the likeness of many is chance. */
const mostSimilar = 20;
const mostTwice = 5;
/** The least similarity (of pg_trgm) of words with two typos; that of "resitsor" and "resistor" is 0.38. */
const leastSimilarity = 0.3;

const mostReturned = 40;

const signEnd = '\u{10ffff}';

/**
 * Returns tables for near misses, the last one `near (id, place)`, nearest first: the guesses that pass the filters, else
 * products that pass them and have words within a typo (or two) of the entered ones; if none has all of them, those with
 * most. Reads nothing if `any_match` is true; without `guesses`, `near` is empty. `near_words`: the words that occur.
 */
export function nearTables({ words, filters, cap }: ParsedSearch, guesses?: readonly string[]): SQL {
  const none = sql`near_words as (select null as word where false)`;
  if (guesses === undefined)
    return sql`near as (select null::bigint as id, null::bigint as place where false), ${none}`;
  const guessed = sql`guessed as materialized (
    select p.id, given.place from unnest(${`{${guesses.join(',')}}`}::bigint[]) with ordinality as given (id, place)
    join products p on p.id = given.id
    where not (select value from any_match) and ${isWanted([], filters)})`;
  const compared = misspeltWords(words);
  if (compared.length === 0) return sql`${guessed}, near as (select id, place from guessed), ${none}`;
  const also = compared
    .slice(1)
    .map(
      ({ contained }, at) =>
        sql` and (p.search_text like ${contained} or p.search_text ~ ${patternOf(at + 1)})`,
    );
  const rows = sql`select p.id, p.name_folded, ${likeness(compared)} as likeness`;
  const some = compared.map((_, index) => sql`(select id from ${table('held', index)} limit ${cap})`);
  const isAny = compared.length > 1 ? sql`not exists (select from near_all)` : sql`false`;
  return sql`${guessed},
    near_asked as materialized (
      select where not (select value from any_match) and not exists (select from guessed)),
    ${sql.join(compared.map(similarWords), sql`, `)},
    near_words as (${sql.join(
      compared.map((_, index) => sql`select word from ${table('similar', index)}`),
      sql` union all `,
    )}),
    near_all as materialized (
      ${rows} from (select distinct id from held_0) as held join products p on p.id = held.id
      where ${isWanted([], filters)}${sql.join(also)} limit ${cap}),
    near_some as materialized (
      ${rows} from (${sql.join(some, sql` union `)}) as held join products p on p.id = held.id
      where ${isAny} and ${isWanted([], filters)}),
    near as materialized (
      select id, place from guessed
      union all (
        select id, row_number() over (order by likeness desc, length(name_folded), name_folded, id) as place
        from (select * from near_all union all select * from near_some) as alike order by place limit ${mostReturned}))`;
}

const table = (name: string, index: number): SQL => sql.raw(`${name}_${index}`);

/** The regular expression of the words similar to a typed one; null for none. They have only letters and digits. */
const patternOf = (index: number): SQL => sql`(select pattern from ${table('pattern', index)})`;

/** Sums up for each typed word where it occurs: as typed or similar, in the name or elsewhere. */
function likeness(compared: readonly Misspelt[]): SQL {
  const each = compared.map(
    (
      { contained },
      index,
    ) => sql`case when p.name_folded like ${contained} then 6 when p.search_text like ${contained} then 5
      when p.name_folded ~ ${patternOf(index)} then 4 when p.search_text ~ ${patternOf(index)} then 3 else 0 end`,
  );
  return sql.join(each, sql` + `);
}

/**
 * Returns tables of the words within one typo of a typed one, else those that begin so, else those within two typos; and of
 * the products that contain one of them, or the typed one.
 */
function similarWords(typed: Misspelt, index: number): SQL {
  const { word, contained, beginning, ending, others, patterns, isBeginning, isForgivenTwice } = typed;
  const length = [...word].length;
  const begins = sql`(word >= ${beginning} and word < ${beginning + signEnd})`;
  const reversed = [...ending].toReversed().join('');
  const ends = sql`(reverse(word) >= ${reversed} and reverse(word) < ${reversed + signEnd})`;
  const [once, begun, twice] = [table('once', index), table('begun', index), table('twice', index)];
  return sql`${once} as materialized (
      select word from search_words
      where exists (select from near_asked) and (${begins} or ${ends})
        and length(word) between ${length}::int - 1 and ${length}::int + 1
        and (word = any (${textArray(others)}) or word like any (${textArray(patterns)}))
      order by starts_with(word, ${[...word].slice(0, 1).join('')}) desc, abs(length(word) - ${length}::int), word
      limit ${mostSimilar}),
    ${begun} as materialized (
      select word from search_words
      where ${isBeginning}::bool and exists (select from near_asked) and not exists (select from ${once})
        and ${begins} and word like any (${textArray([...others, ...patterns].map((text) => `${text}%`))})
      order by length(word), word limit ${mostSimilar}),
    ${twice} as materialized (
      select word from search_words
      where ${isForgivenTwice}::bool and exists (select from near_asked)
        and not exists (select from ${once}) and not exists (select from ${begun})
        and word % ${word} and similarity(word, ${word}) >= ${leastSimilarity}::real
        and abs(length(word) - ${length}::int) <= 2
      order by similarity(word, ${word}) desc, word limit ${mostTwice}),
    ${table('similar', index)} as materialized (
      -- In the texts' collation, so that their index serves.
      select word collate "default" as word from (
        select word from ${once} union all select word from ${begun} union all select word from ${twice}) as found),
    ${table('held', index)} as materialized (
      select p.id from products p where exists (select from near_asked) and p.search_text like ${contained}
      union all
      -- By itself for each word, because the planner can't estimate a join.
      select held.id from ${table('similar', index)} as near_one cross join lateral (
        select p.id from products p
        where p.search_text like '%' || near_one.word || '%' and p.search_text ~ ('\\m' || near_one.word || '\\M')
        offset 0) as held),
    ${table('pattern', index)} as materialized (
      select '\\m(' || string_agg(word, '|') || ')\\M' as pattern from ${table('similar', index)})`;
}

/** Returns the texts as one parameter. */
const textArray = (texts: readonly string[]): SQL =>
  sql`array(select jsonb_array_elements_text(${JSON.stringify(texts)}::jsonb))`;
