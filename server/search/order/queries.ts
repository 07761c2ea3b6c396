import { type SQL, sql } from 'drizzle-orm';
import { codesBegin, containsWords, offerConditions, isWanted } from '../candidates/queries.ts';
import {
  activeChoices,
  containing,
  hasOfferFilter,
  isBrowsing,
  type ParsedSearch,
  type Word,
} from '../rules.ts';
import { comparedWords, separators, withoutEnds, withoutSeparators } from './rules.ts';

/*
 * The order of results as common table expressions, the last one `listed (id, place)`. They read `candidates` (all matches,
 * lazily), `size` and `found`.
 */

/** The last row of a category that is read along an index; beyond it, sorting is faster. */
const deepestRow = 20_000;

/** The head of a name says what a product is: what stands before its first comma, semicolon or bracket. */
const head = sql`split_part(split_part(split_part(p.name_folded, ', ', 1), '; ', 1), ' (', 1)`;

/**
 * Returns the place of a match among those without a better code: names before the rest, readings of đ as dj before d, whole
 * words before parts, words in the head of the name before those of which one is in its details.
 */
export function placeOfMatch(words: readonly Word[]): SQL {
  const [name, text] = [sql`p.name_folded`, sql`p.search_text`];
  const inName = sql`case when ${isFirstReading(words, name)} then 0 else 4 end
    + case when ${isWholeIn(words, name)} then case when ${isWholeIn(words, head)} then 0 else 1 end
      else case when ${isPartOf(words, head)} then 2 else 3 end end`;
  const inText = sql`8 + case when ${isFirstReading(words, text)} then 0 else 2 end
    + case when ${hasWholeWords(words, text, asWritten)} then 0 else 1 end`;
  return sql`case when ${containsWords([...words], name)} then ${inName} else ${inText} end`;
}

/** Separating takes longest, and most names need none. */
function isWholeIn(words: readonly Word[], text: SQL): SQL {
  const parted = sql`translate(${text}, ${separators}, ${' '.repeat(separators.length)})`;
  return sql`(${hasWholeWords(words, text)} or ${hasWholeWords(words, parted)})`;
}

function isPartOf(words: readonly Word[], text: SQL): SQL {
  const conditions = words
    .slice(0, comparedWords)
    .map(({ readings }) => readings.map(withoutEnds).filter(Boolean).map(containing))
    .filter((patterns) => patterns.length > 0)
    .map((patterns) => sql`${text} like any (${textArray(patterns)})`);
  return conditions.length > 0 ? sql`(${sql.join(conditions, sql` and `)})` : sql`true`;
}

function isFirstReading(words: readonly Word[], text: SQL): SQL {
  const ambiguous = words.slice(0, comparedWords).filter(({ readings }) => readings.length > 1);
  const first = ambiguous.flatMap(({ readings }) => readings.slice(0, 1).map(containing));
  return first.length > 0 ? sql`${text} like all (${textArray(first)})` : sql`true`;
}

/** `shape`: how a word stands in the text between spaces. */
function hasWholeWords(
  words: readonly Word[],
  text: SQL,
  shape: (reading: string) => string = withoutSeparators,
): SQL {
  const padded = sql`(' ' || ${text} || ' ')`;
  const wholes = words
    .slice(0, comparedWords)
    .map(({ readings }) => readings.filter(withoutSeparators).map((word) => containing(` ${shape(word)} `)));
  const conditions = wholes
    .filter((patterns) => patterns.length > 0)
    .map((patterns) => sql`${padded} like any (${textArray(patterns)})`);
  return conditions.length > 0 ? sql`(${sql.join(conditions, sql` and `)})` : sql`true`;
}

/** Other texts than names are long, so a word that touches a sign counts as a part there. */
const asWritten = (reading: string): string => reading;

const textArray = (texts: readonly string[]): SQL =>
  sql`array[${sql.join(
    texts.map((text) => sql`${text}`),
    sql`, `,
  )}]::text[]`;

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

const byLength = sql`length(p.name_folded), p.name_folded, p.id`;

/**
 * Returns the table `listed`: exact codes, beginnings of codes, names, the rest; each as `placeOfMatch` says, then by the
 * length of the name. Empty if the matches are too many to rank, see `byRelevanceOfMany`.
 */
export function byRelevance(wanted: ParsedSearch): SQL {
  return sql`codes as materialized (${codesFound(wanted)}),
    held as (select id, name_folded, match from candidates where not (select vast from found)),
    ${ranked(wanted)}`;
}

/**
 * Returns the table `listed` of more matches than can be ranked: the codes, then the shortest names that contain the words,
 * and of the rest the products with the shortest names. By itself, because planning it takes longer than most searches.
 */
export function byRelevanceOfMany(wanted: ParsedSearch): SQL {
  const { words, filters, page, perPage, reach } = wanted;
  const last = page * perPage;
  const columns = sql`p.id, p.name_folded, ${placeOfMatch(words)} as match`;
  const inName = containsWords(words, sql`p.name_folded`);
  const matches = isWanted(words, filters);
  return sql`codes as materialized (${codesFound(wanted)}),
    named as materialized (select ${columns} from products p where ${inName} and ${matches}),
    names as materialized (
      select count(*) as number from (select from named limit ${reach}::int + 1) as counted),
    held as (
      select * from named where (select number from names) <= ${reach}
      union
      (select ${columns} from products p
        where (select number from names) > ${reach} and ${inName} and ${matches} order by ${byLength} limit ${reach})
      union
      (select ${columns} from products p
        where (select number from names) < ${last} and ${matches} and not (${inName})
        order by ${byLength} limit ${last})
      union
      select ${columns} from codes join products p on p.id = codes.id where ${matches}),
    ${ranked(wanted)}`;
}

const codesFound = (wanted: ParsedSearch): SQL =>
  sql`select product_id as id, min(rank) as rank from (${rankedByCode(wanted)}) as by_code group by product_id`;

/** Returns the table `listed` of the products `held`. */
function ranked({ page, perPage, reach }: ParsedSearch): SQL {
  return sql`placed as (
      select id, row_number() over (
        order by coalesce(codes.rank, 2), match, length(name_folded), name_folded, id) as place
      from held left join codes using (id)
      order by place limit ${reach}),
    listed as materialized (
      select id, place from placed order by place limit ${perPage} offset ${(page - 1) * perPage})`;
}

/**
 * Returns the table `listed`, sorted by name or price; beyond the cap by the product's lowest price. Sorts the matches, or
 * reads along an index if they are too many.
 */
export function inOrder({ words, filters, sort, page, perPage, reach }: ParsedSearch): SQL {
  const offset = (page - 1) * perPage;
  const isEverything = words.length === 0 && activeChoices(filters).length === 0;
  const isWalked = isEverything || offset < (isBrowsing(words, filters) ? deepestRow : reach);
  const isSorted = isBrowsing(words, filters) && !isWalked;
  return sql`listed as materialized (
      select id, row_number() over () as place from (
        (select p.id from candidates p where not (select capped from size)
          order by ${exactOrder(sort, filters)} limit ${perPage} offset ${offset})
        union all
        (select p.id from candidates p
          where (select capped from size) and (${isSorted}::bool or not (select vast from found))
          order by ${ownOrder(sort)} limit ${perPage} offset ${offset})
        union all
        (select p.id from products p
          where (select vast from found) and ${isWalked}::bool and ${isWanted(words, filters)}
          order by ${ownOrder(sort)} limit ${perPage} offset ${offset})
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
