import { type SQL, sql } from 'drizzle-orm';
import type { Db } from '#db/client.ts';
import { breadcrumbsJson, categoryJson } from '#server/catalog/service.ts';
import type { Locale } from '#server/common/locales.ts';
import { choices, codesBegin, containsWords, offerConditions, isWanted } from './candidates/queries.ts';
import { fromStored, type StoredFacets } from './attributes/rules.ts';
import { facetTables } from './facets/queries.ts';
import { nearTables } from './near/queries.ts';
import type { Found } from './port.ts';
import { activeChoices, hasOfferFilter, isPlainBrowsing, type ParsedSearch } from './rules.ts';

/*
 * The search statement. It relies on these plans (`npm run bench -- search --plans`):
 *
 * - Words are `search_text like '%word%'` joined by AND, which the trigram index can intersect (not `like all (array)`).
 *   Words without a trigram, such as "m8", also use the index of `short_grams`.
 * - It isn't prepared, because the plan depends on the words.
 * - `candidates` is materialized and read only up to the cap, but planned as if all of it were read. With a `limit` inside
 *   the planner would scan the whole table for rare words that it estimates as common.
 * - Results that must not be lost beyond the cap have their own branches, run only if the cap was reached: exact codes,
 *   beginnings of codes and names by relevance; the first rows by name or price.
 */

/** The last row that pages sorted by name or price can reach beyond the cap. */
const deepestRow = 20_000;

/** Up to this many matches are sorted; more are read along an index. */
const sortedAtMost = 50_000;

const candidateColumns = sql`p.id, p.category_id, p.kind, p.name_folded, p.sort_price`;

interface StoredFound extends Omit<Found, 'words' | 'facets'> {
  /** Whether any product contains the words, regardless of filters. */
  isMatched: boolean;
  facets: StoredFacets;
}

/** What to offer if no product contains the words: first these ids, if they pass the filters. */
interface NearMisses {
  guesses: readonly string[];
}

/**
 * Returns a page of products that contain every word and pass the filters, with total and facets. With `near`, near misses
 * if no product contains every word, regardless of filters.
 */
export async function find(
  db: Db,
  wanted: ParsedSearch,
  near?: NearMisses,
): Promise<Omit<Found, 'words'> & { isMatched: boolean }> {
  const [found] = await db.execute<StoredFound & Record<string, unknown>>(searchStatement(wanted, near));
  if (!found) throw new Error('the search returned no row');
  return { ...found, facets: fromStored(found.facets, wanted.filters.attributes, wanted.locale) };
}

/** Returns the statement of `find`, also for the benchmark's plans. */
export function searchStatement(wanted: ParsedSearch, near?: NearMisses): SQL {
  const { words, filters, page, perPage, cap } = wanted;
  const isRelevance = wanted.sort === 'relevance' && words.length > 0;
  const isPlain = isPlainBrowsing(words, filters);
  const total = isPlain ? sql`case when capped then ${keptCount} else products end` : sql`products`;
  const totalIsFloor = isPlain ? sql`false` : sql`(select capped from size)`;
  const listedNear = sql`select id, place from near order by place limit ${perPage} offset ${(page - 1) * perPage}`;
  return sql`with ${choices(filters)},
    candidates as materialized (select ${candidateColumns} from products p where ${isWanted(words, filters)}),
    base as materialized (select * from candidates limit ${cap}),
    size as materialized (
      select count(*)::int as products,
        exists (select from candidates offset ${cap} limit 1) as capped from base),
    any_match as materialized (${anyMatch(wanted)}),
    ${isRelevance ? byRelevance(wanted) : inOrder(wanted)},
    ${nearTables(wanted, near?.guesses)},
    ${facetTables(wanted)}
    select (
        select coalesce(jsonb_agg(id::text order by place), '[]')
        from (select * from listed union all (${listedNear})) as shown) as "ids",
      (select ${total} from size) + (select count(*)::int from near) as "total",
      ${totalIsFloor} as "totalIsFloor", exists (select from near) as "near",
      (select value from any_match) as "isMatched",
      (select value from facets) as "facets", ${chosenCategory(wanted.locale)} as "category"`;
}

/** The stored number of products in the chosen category, or in all. */
const keptCount = sql`coalesce((select product_count from chosen_category),
  (select sum(product_count)::int from categories where parent_id is null))`;

const chosenCategory = (locale: Locale): SQL => sql`(
  select ${categoryJson(locale)} || jsonb_build_object('breadcrumbs', ${breadcrumbsJson(locale)})
  from chosen_category c)`;

/** Selects whether any product contains the words, regardless of filters. If so, there are no near misses. */
function anyMatch({ words, filters }: ParsedSearch): SQL {
  if (activeChoices(filters).length === 0) return sql`select products > 0 as value from size`;
  return sql`
    with held as materialized (select from products p where p.offered and ${containsWords(words)})
    select (select products > 0 from size) or exists (select from held) as value`;
}

/** Selects products by code, with rank 0 for a whole code and 1 for its beginning. */
function rankedByCode({ words, wholeCode, codes, cap }: ParsedSearch): SQL {
  const compact = [...new Set(words.flatMap((word) => word.codes))];
  const list = (given: readonly string[]) =>
    given.length > 0
      ? sql.join(
          given.map((code) => sql`${code}`),
          sql`, `,
        )
      : sql`null`;
  const arms = [
    sql`select product_id, 0 as rank from product_codes where code in (${list(codes)})`,
    sql`(select product_id, 1 from product_codes
      where code ~>=~ ${wholeCode} and code ~<~ ${`${wholeCode}\u{10ffff}`}
      order by code using ~<~ limit ${cap})`,
    ...(compact.length > 0
      ? [
          sql`select product_id, 0 from product_codes where compact_code(code) in (${list(compact)})`,
          sql`select product_id, 1 from (${codesBegin(compact)}) as begun`,
        ]
      : []),
  ];
  return sql.join(arms, sql` union all `);
}

/** Returns the table `listed`: exact codes, beginnings of codes, names, the rest; each sorted by name. */
function byRelevance(wanted: ParsedSearch): SQL {
  const { words, filters, page, perPage, cap } = wanted;
  return sql`codes as materialized (
      select product_id as id, min(rank) as rank from (${rankedByCode(wanted)}) as found group by product_id),
    named as materialized (
      select ${candidateColumns} from products p
      where (select capped from size) and ${containsWords(words, sql`p.name_folded`)}
        and ${isWanted(words, filters)}),
    ranked as materialized (
      select id, name_folded, coalesce(codes.rank,
        case when ${containsWords(words, sql`name_folded`)} then 2 else 3 end) as rank
      from (
        select id, name_folded from base
        union (select id, name_folded from named limit ${cap})
        union select p.id, p.name_folded from codes join products p on p.id = codes.id
          where (select capped from size) and ${isWanted(words, filters)}
      ) as held left join codes using (id)),
    placed as (
      select id, row_number() over (order by rank, name_folded, id) as place from ranked
      order by place limit ${cap}),
    listed as materialized (
      select id, place from placed order by place limit ${perPage} offset ${(page - 1) * perPage})`;
}

/**
 * Returns the table `listed`, sorted by name or price; beyond the cap by the product's lowest price. Sorts the matches, or
 * reads along an index if they are a large part of the catalogue.
 */
function inOrder({ words, filters, sort, page, perPage, cap }: ParsedSearch): SQL {
  const everything = words.length === 0 && activeChoices(filters).length === 0;
  const offset = (page - 1) * perPage;
  const onPage = sql`limit ${perPage} offset ${Math.min(offset, deepestRow)}`;
  return sql`vast as materialized (
      select case when capped then exists (select from candidates offset ${everything ? cap : sortedAtMost} limit 1)
        else false end as value from size),
    listed as materialized (
      select id, row_number() over () as place from (
        (select p.id from base p where not (select capped from size)
          order by ${exactOrder(sort, filters)} limit ${perPage} offset ${offset})
        union all
        (select p.id from candidates p where (select capped from size) and not (select value from vast)
          order by ${ownOrder(sort)} ${onPage})
        union all
        (select p.id from products p
          where (select value from vast) and ${offset}::int < ${deepestRow}::int and ${isWanted(words, filters)}
          order by ${ownOrder(sort)} ${onPage})
      ) as one)`;
}

function ownOrder(sort: ParsedSearch['sort']): SQL {
  if (sort === 'price_asc') return sql`p.sort_price, p.id`;
  if (sort === 'price_desc') return sql`p.sort_price desc nulls last, p.id`;
  return sql`p.name_folded, p.id`;
}

/**
 * Sorts by the lowest price of the offers that pass the filters, in euro: the order is the same in every currency. Prices
 * without a rate come last.
 */
function exactOrder(sort: ParsedSearch['sort'], filters: ParsedSearch['filters']): SQL {
  if (!hasOfferFilter(filters) || (sort !== 'price_asc' && sort !== 'price_desc')) return ownOrder(sort);
  const lowest = sql`(
    select min(o.price / case o.currency when 'EUR' then 1 else (
      select r.rate from exchange_rates r where r.currency = o.currency order by r.date desc limit 1) end)
    from live_offers o where o.product_id = p.id and ${offerConditions(filters)})`;
  return sort === 'price_asc' ? sql`${lowest}, p.id` : sql`${lowest} desc nulls last, p.id`;
}
