import { type SQL, sql } from 'drizzle-orm';
import { wanted as isWanted } from '../candidates/queries.ts';
import type { Wanted } from '../rules.ts';

/** How alike a word and its nearest match must be (pg_trgm's word_similarity); "cabel" and "cable" are 0.5. */
const alike = '0.45';

const shortestWord = 3;
const comparedWords = 3;

/** Near misses looked at for each word, and offered at most. */
const lookedAt = 100;
const offered = 40;

/**
 * Tables for near misses, the last one `near (id, place)`, the nearest first: products with something like every
 * word, typos forgiven, then like some of them. The filters hold for them too. Reads nothing if `any_match` is true.
 */
export function nearTables({ words, filters }: Wanted): SQL {
  const compared = words
    .flatMap((readings) => readings.slice(0, 1))
    .filter((word) => [...word].length >= shortestWord)
    .slice(0, comparedWords);
  if (compared.length === 0)
    return sql`near as (select null::bigint as id, null::bigint as place where false)`;
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
  // The threshold is set for this statement only; being a condition, it is set before an index is read.
  return sql`threshold as materialized (
      select set_config('pg_trgm.word_similarity_threshold', ${alike}, true) as value
      where not (select value from any_match)),
    ${sql.join(
      arms.map(({ name, rows }) => sql`${name} as materialized (${rows})`),
      sql`, `,
    )},
    near as materialized (
      select id, row_number() over (order by ${sql.join(likeness, sql` + `)} desc, name_folded, id) as place
      from (
        ${sql.join(
          arms.map(({ name }) => sql`(select * from ${name} limit ${lookedAt})`),
          sql` union `,
        )}
      ) as alike order by place limit ${offered})`;
}
