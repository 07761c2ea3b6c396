import type { ProductSummary } from '#server/catalog/schema.ts';
import * as catalog from '#server/catalog/service.ts';
import type { Context } from '#server/context.ts';
import { commonCurrency } from '#server/common/currencies.ts';
import type { Locale } from '#server/common/locales.ts';
import { format, parse } from '#server/common/money.ts';
import { ReplicaLacksRows } from '#server/platform/replica.ts';
import * as rates from '#server/rates/service.ts';
import { marksIn, marksInCode } from './marks.ts';
import { type Filters, matchingFirst, parseSearch, parseText, type Word } from './rules.ts';
import type { Facets, SearchHit, SearchQuery, SearchResult, Suggestions } from './schema.ts';

type Sources = Pick<Context, 'db' | 'search' | 'telephony'>;

/** Returns products that contain every word (spec A3), else near misses. Counting stops at the cap. */
export async function search(
  sources: Sources & Pick<Context, 'clock' | 'isReplica'>,
  query: SearchQuery,
  { locale = 'en', cap }: { locale?: Locale; cap?: number } = {},
): Promise<SearchResult> {
  const { search: engine } = sources;
  const scale = await scaleOf(sources, query);
  const filtered = scale !== null && (query.priceMin !== undefined || query.priceMax !== undefined);
  const prices = filtered ? rates.rangesWithin(scale, query.priceMin, query.priceMax) : null;
  const wanted = parseSearch(query, cap, prices, locale);
  const { ids, words, facets, ...found } = await engine.find(wanted);
  const products = await catalog.summaries(sources, ids, locale);
  if (sources.isReplica && products.length < ids.length) throw new ReplicaLacksRows();
  // What was withdrawn since the engine read it has none.
  const offered = products.filter(({ offers }) => offers.length > 0);
  return {
    ...found,
    items: offered.map((product) => toHit(catalog.pricedIn(product, scale), words, wanted.filters)),
    page: query.page,
    perPage: query.perPage,
    conversion: rates.conversionOf(scale),
    facets: { ...facets, currencies: facets.currencies.map(formatted) },
  };
}

/** Returns the scale of prices: the currency wanted, or euro where prices are compared. Null: as listed. */
function scaleOf(
  sources: Pick<Context, 'db' | 'clock'>,
  { currency, priceMin, priceMax, sort }: SearchQuery,
): Promise<rates.Scale | null> {
  const isCompared =
    priceMin ?? priceMax ?? (sort === 'price_asc' || sort === 'price_desc' ? sort : undefined);
  return rates.scaleIn(sources, currency ?? (isCompared === undefined ? undefined : commonCurrency));
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
  locale: Locale,
): Promise<Suggestions> {
  const typed = parseText(q, locale);
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
