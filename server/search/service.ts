import type { ProductSummary } from '#server/catalog/schema.ts';
import * as catalog from '#server/catalog/service.ts';
import type { Context } from '#server/context.ts';
import { fold, foldQuery, findRanges } from '#server/platform/fold.ts';
import { format, parse } from '#server/common/money.ts';
import { find, type Found } from './queries.ts';
import { activeChoices, matchingFirst, passes, type ParsedSearch, parseSearch } from './rules.ts';
import type { Facets, SearchHit, SearchQuery, SearchResult, Suggestions } from './schema.ts';
import { suggest } from './suggestions/queries.ts';

/** The number of words highlighted in names and codes. */
const markedWords = 20;

type Sources = Pick<Context, 'db' | 'search'>;

/**
 * Returns products that contain every word (spec A3), else near misses: the search engine's that pass the filters, else
 * PostgreSQL's. Counting stops at the cap.
 */
export async function search(
  { db, search: engine }: Sources,
  query: SearchQuery,
  cap?: number,
): Promise<SearchResult> {
  const wanted = parseSearch(query, cap);
  const found = await find(db, wanted);
  const guessed = new Set(isWithoutMatch(found, wanted) ? await engine.nearMisses(query.q) : []);
  const products = await catalog.summaries(db, [...new Set([...guessed, ...found.ids])]);
  const guessedNear = products
    .filter(({ id }) => guessed.has(id))
    .filter(passes(wanted.filters, found.category));
  const from = (query.page - 1) * query.perPage;
  const shown =
    guessedNear.length > 0
      ? { items: guessedNear.slice(from, from + query.perPage), total: guessedNear.length, near: true }
      : { items: products.filter(({ id }) => found.ids.includes(id)), total: found.total, near: found.near };
  return {
    ...shown,
    items: shown.items.map((item) => toHit(item, wanted)),
    page: query.page,
    perPage: query.perPage,
    totalIsFloor: found.totalIsFloor,
    facets: { ...found.facets, currencies: found.facets.currencies.map(formatted) },
    category: found.category,
  };
}

/** Returns whether it is certain that no product contains every word, regardless of filters. */
function isWithoutMatch({ near, total }: Found, { words, filters }: ParsedSearch): boolean {
  return near || (total === 0 && words.length > 0 && activeChoices(filters).length === 0);
}

function toHit(product: ProductSummary, { words, filters }: ParsedSearch): SearchHit {
  const marked = words.slice(0, markedWords);
  const marks = { name: findRanges(product.name, marked), code: findRanges(product.code, marked) };
  return { ...matchingFirst(product, filters), marks };
}

function formatted(value: Facets['currencies'][number]): Facets['currencies'][number] {
  const { currency, min, max } = value;
  return { ...value, min: format(parse(min), currency), max: format(parse(max), currency) };
}

/** Returns suggestions for an unfinished text; none for an empty one. */
export async function suggestions({ db, search: engine }: Sources, q: string): Promise<Suggestions> {
  const words = foldQuery(q);
  if (words.length === 0) return { products: [], categories: [], vendors: [] };
  const { products, categories, vendors } = await suggest(db, words, fold(q), await engine.completions(q));
  return {
    products: products.map((product) => ({ ...product, slug: catalog.slugOf(product.name) })),
    categories,
    vendors,
  };
}
