import { parse } from '#server/common/money.ts';
import { fold, foldQuery, shortGrams } from '#server/platform/fold.ts';
import type { CategoryRef, Offer, ProductSummary } from '#server/catalog/schema.ts';
import type { SearchQuery } from './schema.ts';

/** A folded and cleaned search. */
export interface ParsedSearch {
  /** Words with their readings, longest first. A product must contain one reading of each word. */
  words: string[][];
  /** The whole text, folded as a code. */
  wholeCode: string;
  /** Possible codes: the whole text, and words with digits. */
  codes: string[];
  filters: Filters;
  sort: SearchQuery['sort'];
  page: number;
  perPage: number;
  /** The maximum of products that are counted and ranked. */
  cap: number;
}

/** Enough for exact counts in most searches, and fast enough for common words (see the benchmark). */
const usualCap = 2_000;

export interface Filters {
  category: string | undefined;
  vendors: string[];
  kind: 'product' | 'service' | undefined;
  inStock: boolean;
  currency: string | undefined;
  priceMin: string | undefined;
  priceMax: string | undefined;
}

/** Longer texts can't be codes. */
const longestCode = 200;

export function parseSearch(query: SearchQuery, cap = usualCap): ParsedSearch {
  const words = withoutParts(foldQuery(query.q));
  const wholeCode = fold(query.q).slice(0, longestCode);
  const vendors = query.vendor === undefined ? [] : [query.vendor].flat();
  return {
    words,
    wholeCode,
    codes: codesIn(words, wholeCode),
    filters: {
      category: query.category?.replaceAll('\u0000', '').replace(/^\/+|\/+$/g, '') || undefined,
      vendors: vendors.map((vendor) => vendor.replaceAll('\u0000', '')).filter(Boolean),
      kind: query.kind,
      inStock: query.inStock === true,
      currency: query.currency,
      priceMin: query.priceMin,
      priceMax: query.priceMax,
    },
    sort: query.sort,
    page: query.page,
    perPage: query.perPage,
    cap,
  };
}

/** Sorts words by length, as longer ones are more selective, and removes words contained in others. */
function withoutParts(words: string[][]): string[][] {
  const longestFirst = words.toSorted((a, b) => (b[0]?.length ?? 0) - (a[0]?.length ?? 0));
  return longestFirst.filter(
    ([reading = '', ...others], index) =>
      others.length > 0 ||
      !longestFirst.slice(0, index).some((longer) => longer.every((other) => other.includes(reading))),
  );
}

function codesIn(words: string[][], wholeCode: string): string[] {
  const withDigits = words
    .slice(0, 10)
    .flatMap((readings) => readings.slice(0, 1))
    .filter((word) => /\d/.test(word));
  return [...new Set([wholeCode, ...withDigits])].filter((code) => code && code.length <= longestCode);
}

/** Returns `%word%` for LIKE, escaped. */
export function containing(word: string): string {
  return `%${word.replace(/[\\%_]/g, '\\$&')}%`;
}

/** Returns whether the word has a trigram in every database locale. */
export function hasTrigram(word: string): boolean {
  return /[a-z0-9]{3}/.test(word);
}

/** Returns the short grams of every text that contains the word: its pairs, or its only character. */
export function gramsOf(word: string): number[] {
  const letters = [...word];
  if (letters.length === 1) return shortGrams(word);
  const singles = new Set(letters.flatMap((letter) => shortGrams(letter)));
  return shortGrams(word).filter((gram) => !singles.has(gram));
}

/** The filters that have facets. */
export type Choice = 'category' | 'vendors' | 'kind' | 'inStock' | 'price';

export function activeChoices(filters: Filters): Choice[] {
  const { category, vendors, kind, inStock, currency, priceMin, priceMax } = filters;
  const active: Record<Choice, boolean> = {
    category: category !== undefined,
    vendors: vendors.length > 0,
    kind: kind !== undefined,
    inStock,
    price: [currency, priceMin, priceMax].some((bound) => bound !== undefined),
  };
  return (Object.keys(active) as Choice[]).filter((choice) => active[choice]);
}

/** Returns whether there are filters on offers. */
export function hasOfferFilter(filters: Filters): boolean {
  return activeChoices(filters).some((choice) => choice !== 'category' && choice !== 'kind');
}

/** Returns whether there are no words and no filters except a category, whose counts are stored. */
export function isPlainBrowsing(words: string[][], filters: Filters): boolean {
  return words.length === 0 && activeChoices(filters).every((choice) => choice === 'category');
}

/** Sorts the offers that pass the filters before the others. */
export function matchingFirst(product: ProductSummary, filters: Filters): ProductSummary {
  if (!hasOfferFilter(filters)) return product;
  const matching = product.offers.filter((offer) => fits(offer, filters));
  const others = product.offers.filter((offer) => !fits(offer, filters));
  return { ...product, offers: [...matching, ...others] };
}

/** Returns a test whether a product passes the filters. `chosen`: the filters' category; null: none or unknown. */
export function passes(filters: Filters, chosen: CategoryRef | null): (product: ProductSummary) => boolean {
  const { category, kind } = filters;
  return (product) =>
    (kind === undefined || product.kind === kind) &&
    (category === undefined || isBelow(product.category, chosen)) &&
    (!hasOfferFilter(filters) || product.offers.some((offer) => fits(offer, filters)));
}

function isBelow(category: CategoryRef, above: CategoryRef | null): boolean {
  return above !== null && `${category.slugPath}/`.startsWith(`${above.slugPath}/`);
}

function fits(offer: Offer, filters: Filters): boolean {
  const { vendors, inStock, currency, priceMin, priceMax } = filters;
  const price = offer.price === null ? null : parse(offer.price.amount);
  return (
    (vendors.length === 0 || vendors.includes(offer.vendor.id) || vendors.includes(offer.vendor.slug)) &&
    (!inStock || offer.availability === 'in_stock') &&
    (currency === undefined || (price !== null && offer.price?.currency === currency)) &&
    (priceMin === undefined || (price !== null && price >= parse(priceMin))) &&
    (priceMax === undefined || (price !== null && price <= parse(priceMax)))
  );
}
