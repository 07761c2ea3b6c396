import type { ProductSummary } from '#server/catalog/schema.ts';
import * as catalog from '#server/catalog/service.ts';
import type { Context } from '#server/context.ts';
import { format, parse } from '#server/common/money.ts';
import { marksIn, marksInCode } from './marks.ts';
import { type Filters, matchingFirst, parseSearch, parseText, type Word } from './rules.ts';
import type { Facets, SearchHit, SearchQuery, SearchResult, Suggestions } from './schema.ts';

type Sources = Pick<Context, 'db' | 'search'>;

/** Returns products that contain every word (spec A3), else near misses. Counting stops at the cap. */
export async function search(
  { db, search: engine }: Sources,
  query: SearchQuery,
  cap?: number,
): Promise<SearchResult> {
  const wanted = parseSearch(query, cap);
  const { ids, words, facets, ...found } = await engine.find(wanted);
  const products = await catalog.summaries(db, ids);
  return {
    ...found,
    items: products.map((product) => toHit(product, words, wanted.filters)),
    page: query.page,
    perPage: query.perPage,
    facets: { ...facets, currencies: facets.currencies.map(formatted) },
  };
}

function toHit(product: ProductSummary, words: readonly Word[], filters: Filters): SearchHit {
  const marks = { name: marksIn(product.name, words), code: marksInCode(product.code, words) };
  return { ...matchingFirst(product, filters), marks };
}

function formatted(value: Facets['currencies'][number]): Facets['currencies'][number] {
  const { currency, min, max } = value;
  return { ...value, min: format(parse(min), currency), max: format(parse(max), currency) };
}

/** Returns suggestions for an unfinished text; none for an empty one. */
export async function suggestions(
  { search: engine }: Pick<Context, 'search'>,
  q: string,
): Promise<Suggestions> {
  const typed = parseText(q);
  if (typed.words.length === 0) return { products: [], categories: [], tags: [], vendors: [] };
  const { products, categories, tags, vendors } = await engine.suggest(typed);
  const words = [...typed.words, ...typed.codes.map((code) => ({ readings: [], codes: [code] }))];
  return {
    products: products.map((product) => ({
      ...product,
      slug: catalog.slugOf(product.name),
      marks: { name: marksIn(product.name, words), code: marksInCode(product.code, words) },
    })),
    categories: categories.map((category) => ({ ...category, marks: marksIn(category.name, words) })),
    tags: tags.map((tag) => ({ tag, marks: marksIn(tag, words) })),
    vendors: vendors.map((vendor) => ({ ...vendor, marks: marksIn(vendor.name, words) })),
  };
}
