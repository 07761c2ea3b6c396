import type { Locale } from '#server/common/locales.ts';
import { parse } from '#server/common/money.ts';
import { fold, foldQuery, shortGrams } from '#server/platform/fold.ts';
import type { PriceRange } from '#server/rates/service.ts';
import type { Offer, ProductSummary } from '#server/catalog/schema.ts';
import { type AttributeFilter, attributesIn } from './attributes/rules.ts';
import { compactCodes, looserWords } from './spellings.ts';
import type { SearchQuery } from './schema.ts';

/** A word that a product must contain in one of its readings, or as the beginning of one of its codes. */
export interface Word {
  readings: string[];
  /** Beginnings of codes without separators. */
  codes: string[];
}

/** A folded text. */
export interface ParsedText {
  /** As entered. */
  text: string;
  words: Word[];
  /** The whole text, folded as a code. */
  wholeCode: string;
  /** The whole text as a code without separators; none if it is too short. */
  codes: string[];
  /** The language of names. */
  locale: Locale;
}

/** A folded and cleaned search. */
export interface ParsedSearch {
  /** As entered. */
  text: string;
  /** Longest first. */
  words: Word[];
  /** The whole text, folded as a code. */
  wholeCode: string;
  /** Possible codes: the whole text, and words with digits. */
  codes: string[];
  filters: Filters;
  /** The language of names. */
  locale: Locale;
  sort: SearchQuery['sort'];
  page: number;
  perPage: number;
  /** The maximum of products of which facets are counted. */
  cap: number;
  /** The maximum of products that are counted in total, and sorted. */
  reach: number;
}

/** Enough for exact counts in most searches, and fast enough for common words (see the benchmark). */
const usualCap = 2_000;
const reachPerCap = 5;

export interface Filters {
  category: string | undefined;
  vendors: string[];
  kind: 'product' | 'service' | undefined;
  inStock: boolean;
  /** The list prices within the price filter, by currency; null: there is no such filter. */
  prices: PriceRange[] | null;
  attributes: AttributeFilter[];
}

/** Longer texts can't be codes. */
const longestCode = 200;

export function parseSearch(
  query: SearchQuery,
  cap = usualCap,
  prices: PriceRange[] | null = null,
  locale: Locale = 'en',
): ParsedSearch {
  const words = withoutParts(foldQuery(query.q)).map((readings): Word => ({ readings, codes: [] }));
  const wholeCode = fold(query.q).slice(0, longestCode);
  const vendors = query.vendor === undefined ? [] : [query.vendor].flat();
  return {
    text: query.q,
    words,
    wholeCode,
    codes: codesIn(words, wholeCode),
    filters: {
      category: query.category?.replaceAll('\u0000', '').replace(/^\/+|\/+$/g, '') || undefined,
      vendors: vendors.map((vendor) => vendor.replaceAll('\u0000', '')).filter(Boolean),
      kind: query.kind,
      inStock: query.inStock === true,
      prices,
      attributes: attributesIn(query),
    },
    locale,
    sort: query.sort,
    page: query.page,
    perPage: query.perPage,
    cap,
    reach: reachPerCap * cap,
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

/** Parses a text to be completed. */
export function parseText(text: string, locale: Locale = 'en'): ParsedText {
  const words = foldQuery(text).map((readings): Word => ({ readings, codes: [] }));
  return { text, words, wholeCode: fold(text), codes: compactCodes(text), locale };
}

/** Returns the search for other spellings of its words, and codes without separators. */
export function loosened(wanted: ParsedSearch): ParsedSearch {
  return { ...wanted, words: looserWords(wanted.text) };
}

function codesIn(words: Word[], wholeCode: string): string[] {
  const withDigits = words
    .slice(0, 10)
    .flatMap(({ readings }) => readings.slice(0, 1))
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
export type Choice = 'category' | 'vendors' | 'kind' | 'inStock' | 'price' | `attribute_${number}`;

export function activeChoices(filters: Filters): Choice[] {
  const { category, vendors, kind, inStock, prices, attributes } = filters;
  const active: { [choice in Choice]?: boolean } = {
    category: category !== undefined,
    vendors: vendors.length > 0,
    kind: kind !== undefined,
    inStock,
    price: prices !== null,
    ...Object.fromEntries(attributes.map((_, index) => [`attribute_${index}`, true])),
  };
  return (Object.keys(active) as Choice[]).filter((choice) => active[choice]);
}

/** Returns whether there are filters on offers. */
export function hasOfferFilter(filters: Filters): boolean {
  const ofOffers: Choice[] = ['vendors', 'inStock', 'price'];
  return activeChoices(filters).some((choice) => ofOffers.includes(choice));
}

/** Returns whether there are no words and no filters except a category, whose counts are stored. */
export function isPlainBrowsing(words: Word[], filters: Filters): boolean {
  return words.length === 0 && activeChoices(filters).every((choice) => choice === 'category');
}

/** Returns whether the number of matches is stored: those of everything, of a category, or of one vendor. */
export function isBrowsing(words: Word[], filters: Filters): boolean {
  const isOfOneVendor = filters.vendors.length === 1 && activeChoices(filters).length === 1;
  return isPlainBrowsing(words, filters) || (words.length === 0 && isOfOneVendor);
}

/** Sorts the offers that pass the filters before the others. */
export function matchingFirst(product: ProductSummary, filters: Filters): ProductSummary {
  if (!hasOfferFilter(filters)) return product;
  const matching = product.offers.filter((offer) => fits(offer, filters));
  const others = product.offers.filter((offer) => !fits(offer, filters));
  return { ...product, offers: [...matching, ...others] };
}

function fits(offer: Offer, filters: Filters): boolean {
  const { vendors, inStock, prices } = filters;
  return (
    (vendors.length === 0 || vendors.includes(offer.vendor.id) || vendors.includes(offer.vendor.slug)) &&
    (!inStock || offer.availability === 'in_stock') &&
    (prices === null || prices.some((range) => isWithin(offer.price, range)))
  );
}

function isWithin(price: Offer['price'], { currency, low, high }: PriceRange): boolean {
  if (price?.currency !== currency) return false;
  const value = parse(price.amount);
  return value >= parse(low) && value <= parse(high);
}
