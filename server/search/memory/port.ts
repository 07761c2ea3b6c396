import type { productKinds } from '#server/common/enums/catalog.ts';
import type { Locale } from '#server/common/locales.ts';
import type { KnownValue } from '../attributes/rules.ts';
import type { Found, Suggested } from '../port.ts';
import type { ParsedSearch, ParsedText } from '../rules.ts';

/*
 * An index in memory of everything that searches read, so that they take a few milliseconds at a million products. It is
 * derived: PostgreSQL stays the truth. It knows neither database nor network; `queries.ts` reads what it is filled with.
 */

/** An offered product as it is indexed. */
export interface IndexedProduct {
  id: number;
  name: string;
  code: string;
  /** `products.name_folded` and `products.search_text`. */
  nameFolded: string;
  searchText: string;
  /** All of `product_codes`, folded. */
  codes: string[];
  categoryId: number;
  kind: (typeof productKinds)[number];
  tags: string[];
  /** Ids of attribute values. */
  attributeIds: number[];
  /** In euro; null: no price. */
  sortPrice: number | null;
  /** Live ones. */
  offers: IndexedOffer[];
}

export interface IndexedOffer {
  vendorId: number;
  /** A decimal string with up to four decimals; null: on request. */
  price: string | null;
  currency: string;
  stock: number | null;
}

export interface IndexedCategory {
  id: number;
  parentId: number | null;
  level: number;
  name: string;
  path: string;
  slugPath: string;
  /** Ids from the root down to this category, included. */
  lineage: number[];
  names: { [language: string]: string };
  paths: { [language: string]: string };
  namesFolded: string;
}

export interface IndexedVendor {
  id: number;
  slug: string;
  name: string;
  nameFolded: string;
}

export interface AttributeTranslation {
  kind: 'name' | 'value';
  word: string;
  language: Locale;
  translation: string;
}

/** What products refer to. Products of unknown categories or vendors aren't found by them until they are given. */
export interface Surroundings {
  categories: IndexedCategory[];
  vendors: IndexedVendor[];
  attributeValues: KnownValue[];
  attributeTranslations: AttributeTranslation[];
  /** The newest rate of each currency: its units for one euro. */
  rates: ReadonlyMap<string, number>;
}

export interface IndexSizes {
  products: number;
  /** Different words, and codes that are several. */
  texts: number;
  /** Places of words in products. */
  postings: number;
  /** Bytes of arrays, without what is kept of wide searches. */
  bytes: number;
  keptBytes: number;
}

/** What an answer may lack. */
export interface Freshness {
  /** Whether it may lack what was put for imports within the last 30 seconds. */
  mayLag: boolean;
  /** It has all that was committed until then, in ms of `performance.now()`. Finding lowers it to what it used. */
  completeUntil: number;
}

export interface MemoryIndex {
  /** Replaces categories, vendors, attributes and rates. Takes some milliseconds; call it before `put` and after changes. */
  surround(surroundings: Surroundings): void;
  /** Adds values of attributes that `surround` didn't know. */
  addAttributeValues(values: readonly KnownValue[]): void;
  /**
   * Adds products, or replaces those with the same ids. Takes some 50 µs for each: give it a few hundred at a time.
   * `isOfMany`: answers may lag behind it.
   */
  put(products: readonly IndexedProduct[], isOfMany?: boolean): void;
  /**
   * Sorts what was put since, so that the next search needn't. Takes milliseconds after some hundred products, and after a
   * first fill with a million of them turns of seconds.
   */
  prepare(): Promise<void>;
  /** Returns whether much of it belongs to no product any more: only a new index is free of that. */
  isWasteful(): boolean;
  /** Removes products that are deleted or no longer offered. Unknown ids are ignored. */
  remove(ids: readonly number[], isOfMany?: boolean): void;
  /**
   * Returns exactly what PostgreSQL's engine finds, but counts everything. Attributes needn't be resolved. Without
   * `freshness`, it lacks nothing that was put.
   */
  find(wanted: ParsedSearch, freshness?: Freshness): Found;
  suggest(typed: ParsedText): Suggested;
  sizes(): IndexSizes;
}
