import type { Db } from '#db/client.ts';
import type { ProductSummary } from '#server/catalog/schema.ts';
import * as catalog from '#server/catalog/service.ts';
import { fold, foldQuery, stretchesOf } from '#server/platform/fold.ts';
import { format, parse } from '#server/platform/money.ts';
import { find } from './queries.ts';
import { matchingFirst, type Wanted, wantedOf } from './rules.ts';
import type { Facets, SearchHit, SearchQuery, SearchResult, Suggestions } from './schema.ts';
import { suggest } from './suggestions/queries.ts';

/** Entered words that are pointed out in names and codes. */
const markedWords = 20;

/**
 * Search by the spec's rule (A3): every entered word is contained; when nothing holds them all, near misses, marked.
 * Two statements: what was found, and its products with their offers. Counting stops at the cap.
 */
export async function search(db: Db, query: SearchQuery, cap?: number): Promise<SearchResult> {
  const wanted = wantedOf(query, cap);
  const found = await find(db, wanted);
  const items = await catalog.summaries(db, found.ids);
  return {
    items: items.map((item) => hit(item, wanted)),
    total: found.total,
    page: query.page,
    perPage: query.perPage,
    totalIsFloor: found.totalIsFloor,
    near: found.near,
    facets: { ...found.facets, currencies: found.facets.currencies.map(formatted) },
    category: found.category,
  };
}

function hit(product: ProductSummary, { words, filters }: Wanted): SearchHit {
  const marked = words.slice(0, markedWords);
  const marks = { name: stretchesOf(product.name, marked), code: stretchesOf(product.code, marked) };
  return { ...matchingFirst(product, filters), marks };
}

function formatted(value: Facets['currencies'][number]): Facets['currencies'][number] {
  const { currency, min, max } = value;
  return { ...value, min: format(parse(min), currency), max: format(parse(max), currency) };
}

/** What a begun text may mean; nothing for an empty one. One statement. */
export async function suggestions(db: Db, q: string): Promise<Suggestions> {
  const words = foldQuery(q);
  if (words.length === 0) return { products: [], categories: [], vendors: [] };
  const { products, categories, vendors } = await suggest(db, words, fold(q));
  return {
    products: products.map((product) => ({ ...product, slug: catalog.slugOf(product.name) })),
    categories,
    vendors,
  };
}
