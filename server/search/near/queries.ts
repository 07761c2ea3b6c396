import { type SQL, sql } from 'drizzle-orm';
import { isWanted } from '../candidates/queries.ts';
import type { ParsedSearch } from '../rules.ts';

/** The threshold of pg_trgm's word_similarity; that of "cabel" and "cable" is 0.5. */
const similarityThreshold = '0.45';

const shortestWord = 3;
const comparedWords = 3;

/** The maximum of near misses considered per condition, and returned. */
const mostPerCondition = 100;
const mostReturned = 40;

/**
 * Returns tables for near misses, the last one `near (id, place)`, nearest first: the guesses that pass the filters, else
 * products that pass them and have words similar to the entered ones. Reads nothing if `any_match` is true; without
 * `guesses`, `near` is empty.
 */
export function nearTables({ words, filters }: ParsedSearch, guesses?: readonly string[]): SQL {
  const none = sql`select null::bigint as id, null::bigint as place where false`;
  if (guesses === undefined) return sql`near as (${none})`;
  const compared = words
    .flatMap(({ readings }) => readings.slice(0, 1))
    .filter((word) => [...word].length >= shortestWord)
    .toSorted((a, b) => b.length - a.length)
    .slice(0, comparedWords);
  const guessed = sql`guessed as materialized (
    select p.id, given.place from unnest(${`{${guesses.join(',')}}`}::bigint[]) with ordinality as given (id, place)
    join products p on p.id = given.id
    where not (select value from any_match) and ${isWanted([], filters)})`;
  if (compared.length === 0) return sql`${guessed}, near as (select id, place from guessed)`;
  const isLike = (word: string) => sql`${word} <% p.search_text`;
  const conditions = [
    sql.join(compared.map(isLike), sql` and `),
    ...(compared.length > 1 ? compared.map(isLike) : []),
  ];
  const arms = conditions.map((condition, index) => ({
    name: sql.raw(`near_${index}`),
    rows: sql`select p.id, p.search_text, p.name_folded from products p
      where (select value from threshold) is not null and ${condition} and ${isWanted([], filters)}`,
  }));
  const likeness = compared.map((word) => sql`word_similarity(${word}, search_text)`);
  // Set for this transaction only. As a condition, it is evaluated before the index is read.
  return sql`${guessed}, threshold as materialized (
      select set_config('pg_trgm.word_similarity_threshold', ${similarityThreshold}, true) as value
      where not (select value from any_match) and not exists (select from guessed)),
    ${sql.join(
      arms.map(({ name, rows }) => sql`${name} as materialized (${rows})`),
      sql`, `,
    )},
    near as materialized (
      select id, place from guessed
      union all (select id, row_number() over (order by ${sql.join(likeness, sql` + `)} desc, name_folded, id) as place
      from (
        ${sql.join(
          arms.map(({ name }) => sql`(select * from ${name} limit ${mostPerCondition})`),
          sql` union `,
        )}
      ) as alike order by place limit ${mostReturned}))`;
}
