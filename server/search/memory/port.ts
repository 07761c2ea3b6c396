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

export interface MemoryIndex {
  /** Replaces categories, vendors, attributes and rates. Takes some milliseconds; call it before `put` and after changes. */
  surround(surroundings: Surroundings): void;
  /** Adds values of attributes that `surround` didn't know. */
  addAttributeValues(values: readonly KnownValue[]): void;
  /** Adds products, or replaces those with the same ids. Takes some 50 µs for each: give it a few hundred at a time. */
  put(products: readonly IndexedProduct[]): void;
  /** Sorts what was put since, in turns that take seconds at a million products. After a first fill; else searches do it. */
  prepare(): Promise<void>;
  /** Removes products that are deleted or no longer offered. Unknown ids are ignored. */
  remove(ids: readonly number[]): void;
  /** Returns exactly what PostgreSQL's engine finds, but counts everything. Attributes needn't be resolved. */
  find(wanted: ParsedSearch): Found;
  suggest(typed: ParsedText): Suggested;
  sizes(): IndexSizes;
}
