import { type SQL, sql } from 'drizzle-orm';
import type { Db } from '#db/client.ts';
import { breadcrumbsJson, categoryJson } from '#server/catalog/service.ts';
import type { Locale } from '#server/common/locales.ts';
import { choices, containsWords, isWanted } from './candidates/queries.ts';
import { fromStored, type StoredFacets } from './attributes/rules.ts';
import { facetTables } from './facets/queries.ts';
import { nearTables } from './near/queries.ts';
import { byRelevance, byRelevanceOfMany, inOrder, placeOfMatch } from './order/queries.ts';
import type { Found } from './port.ts';
import { activeChoices, type Filters, isBrowsing, type ParsedSearch } from './rules.ts';

/*
 * The search statement. It relies on these plans (`npm run bench -- search --plans`):
 *
 * - Words are `search_text like '%word%'` joined by AND, which the trigram index can intersect (not `like all (array)`).
 *   Words without a trigram, such as "m8", also use the index of `short_grams`.
 * - It is planned for each search, because the plan depends on the words.
 * - `candidates` is materialized and read only up to the cap, but planned as if all of it were read. With a `limit` inside
 *   the planner would scan the whole table for rare words that it estimates as common.
 * - Facets count matches up to the cap. The total and the order include all up to `reach`; of even more matches, the first
 *   ones are read along an index, in branches that run only then.
 */

/** What is found, as a search with the same words and filters can use it again. */
export interface FoundInPostgres extends Omit<Found, 'words'>, Counts {
  /** The words that near misses contain instead of the entered ones. */
  nearWords: string[];
  /** Whether any product contains the words, regardless of filters. */
  isMatched: boolean;
  /** The state of the catalogue that was read. */
  catalog: string;
}

/** What the order of a page depends on. */
export interface Counts {
  total: number;
  totalIsFloor: boolean;
  /** Whether there are more matches than the cap, and more than are sorted. */
  isCapped: boolean;
  isVast: boolean;
}

type Row<T> = T & Record<string, unknown>;

/** What to offer if no product contains the words: first these ids, if they pass the filters. */
interface NearMisses {
  guesses: readonly string[];
}

/**
 * Returns a page of products that contain every word and pass the filters, with total and facets. With `near`, near misses
 * if no product contains every word, regardless of filters.
 */
export async function find(db: Db, wanted: ParsedSearch, near?: NearMisses): Promise<FoundInPostgres> {
  type Stored = Omit<FoundInPostgres, 'facets'> & { facets: StoredFacets };
  const [found] = await db.execute<Row<Stored>>(searchStatement(wanted, near));
  if (!found) throw new Error('the search returned no row');
  if (isByRelevance(wanted) && found.totalIsFloor) found.ids = (await findPage(db, wanted, found)).ids;
  return { ...found, facets: fromStored(found.facets, wanted.filters.attributes, wanted.locale) };
}

const isByRelevance = ({ sort, words }: ParsedSearch): boolean => sort === 'relevance' && words.length > 0;

export type Page = Pick<FoundInPostgres, 'ids' | 'catalog'>;

/** Returns the ids of a page of matches whose counts are known, without counting them or their facets again. */
export async function findPage(db: Db, wanted: ParsedSearch, counts: Counts): Promise<Page> {
  const isOfMany = isByRelevance(wanted) && counts.isVast;
  const [page] = await db.execute<Row<Page>>(sql`
    with ${choices(wanted.filters)}, ${isOfMany ? byRelevanceOfMany(wanted) : pageTables(wanted, counts)}
    select array(select id::text from listed order by place) as ids, ${catalogState} as catalog`);
  if (!page) throw new Error('the search returned no row');
  return page;
}

function pageTables(wanted: ParsedSearch, { total, totalIsFloor, isCapped, isVast }: Counts): SQL {
  return sql`${candidates(wanted)},
    size as (select ${total}::int as products, ${isCapped}::bool as capped),
    found as (select ${total}::int as products, ${totalIsFloor}::bool as is_floor, ${isVast}::bool as vast),
    ${isByRelevance(wanted) ? byRelevance(wanted) : inOrder(wanted)}`;
}

/** Differs after each change of the catalogue: whole, because transactions don't end in the order of their ids. */
const catalogState = sql`(
  select concat_ws(' ', min(id), max(id), count(*)) from catalog_changes)`;

/** All matches, which are read as far as needed. */
function candidates(wanted: ParsedSearch): SQL {
  const { words, filters } = wanted;
  const match = isByRelevance(wanted) ? placeOfMatch(words) : sql`0`;
  return sql`candidates as materialized (
    select p.id, p.category_id, p.kind, p.name_folded, p.sort_price, ${match} as match
    from products p where ${isWanted(words, filters)})`;
}

/** Returns the statement of `find`, also for the benchmark's plans. */
export function searchStatement(wanted: ParsedSearch, near?: NearMisses): SQL {
  const { filters, page, perPage, cap } = wanted;
  const listedNear = sql`select id, place from near order by place limit ${perPage} offset ${(page - 1) * perPage}`;
  return sql`with ${choices(filters)},
    ${candidates(wanted)},
    base as materialized (select id, category_id, kind from candidates limit ${cap}),
    size as materialized (
      select count(*)::int as products,
        exists (select from candidates offset ${cap} limit 1) as capped from base),
    found as materialized (${countedMatches(wanted)}),
    any_match as materialized (${anyMatch(wanted)}),
    ${isByRelevance(wanted) ? byRelevance(wanted) : inOrder(wanted)},
    ${nearTables(wanted, near?.guesses)},
    ${facetTables(wanted)}
    select (
        select coalesce(jsonb_agg(id::text order by place), '[]')
        from (select * from listed union all (${listedNear})) as shown) as "ids",
      (select products from found) + (select count(*)::int from near) as "total",
      (select is_floor from found) as "totalIsFloor", (select vast from found) as "isVast",
      (select capped from size) as "isCapped", ${catalogState} as "catalog", exists (select from near) as "near",
      array(select word from near_words) as "nearWords",
      (select value from any_match) as "isMatched",
      (select value from facets) as "facets", ${chosenCategory(wanted.locale)} as "category"`;
}

/** The stored number of products of the chosen vendor, in the chosen category, or of all. */
const storedCount = ({ vendors }: Filters): SQL =>
  vendors.length > 0
    ? sql`(select product_count from vendors where id = (select id from chosen_vendors limit 1))`
    : sql`coalesce((select product_count from chosen_category),
        (select sum(product_count)::int from categories where parent_id is null))`;

/**
 * Selects the number of matches, whether there are more (`is_floor`), and whether they are too many to be sorted (`vast`).
 * Counts up to `reach`, unless the number is stored.
 */
function countedMatches({ words, filters, reach }: ParsedSearch): SQL {
  const isEverything = words.length === 0 && activeChoices(filters).length === 0;
  const beyond = sql`exists (select from candidates offset ${reach} limit 1)`;
  if (isBrowsing(words, filters)) {
    const stored = storedCount(filters);
    return sql`select case when capped then ${stored} else products end as products, false as is_floor,
      ${isEverything ? sql`capped` : sql`case when capped then ${stored} > ${reach} and ${beyond} else false end`} as vast
      from size`;
  }
  return sql`select products, vast as is_floor, vast from (
    select case when capped then (select count(*)::int from (select from candidates limit ${reach}) as counted)
      else products end as products, case when capped then ${beyond} else false end as vast from size) as reached`;
}

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
