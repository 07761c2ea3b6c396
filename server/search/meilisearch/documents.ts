import type { Settings } from 'meilisearch';
import { fold, foldForIndex } from '#server/platform/fold.ts';

/** A product to be indexed. */
export interface IndexedProduct {
  id: number;
  /** Time of the last change, in microseconds since 1970. */
  changed: number;
  name: string;
  nameFolded: string;
  /** What vendors call it otherwise. */
  otherNames: string[];
  code: string;
  skus: string[];
  eans: string[];
  tags: string[];
  vendors: string[];
  categoryPath: string;
}

/** A document in Meilisearch. Only ids of its results are used. */
export interface ProductDocument {
  id: number;
  changed: number;
  code: string;
  skus: string[];
  eans: string[];
  nameFolded: string;
  name: string;
  tags: string[];
  vendors: string[];
  category: string;
}

export function documentOf(product: IndexedProduct): ProductDocument {
  const { id, changed, name, nameFolded, otherNames, code, skus, eans, tags, vendors, categoryPath } =
    product;
  return {
    id,
    changed,
    code: fold(code),
    skus: skus.map(fold),
    eans: eans.map(fold),
    nameFolded,
    name,
    // Vendors' names of the product weigh as tags do.
    tags: [...tags, ...otherNames].map(foldForIndex),
    vendors: vendors.map(foldForIndex),
    category: foldForIndex(categoryPath),
  };
}

const codes = ['code', 'eans', 'skus'];

/** No typo tolerance for codes, as another digit is another product. Sorting by `changed` and `id` finds the progress. */
export const settings = {
  searchableAttributes: ['code', 'skus', 'eans', 'nameFolded', 'name', 'tags', 'vendors', 'category'],
  sortableAttributes: ['changed', 'id'],
  typoTolerance: {
    enabled: true,
    minWordSizeForTypos: { oneTypo: 4, twoTypos: 8 },
    disableOnAttributes: codes,
  },
  // Shorter than our own timeout, because partial results are better than none.
  searchCutoffMs: 200,
} satisfies Settings;

/** Returns whether an index has our settings. Meilisearch returns sets in any order. */
export function isSameSettings(found: Settings): boolean {
  const inOrder = (list: readonly unknown[] | null | undefined) =>
    [...(list ?? [])].map(String).sort().join();
  const { enabled, minWordSizeForTypos, disableOnAttributes } = found.typoTolerance ?? {};
  const wanted = settings.typoTolerance;
  return (
    found.searchableAttributes?.join() === settings.searchableAttributes.join() &&
    inOrder(found.sortableAttributes) === inOrder(settings.sortableAttributes) &&
    enabled === wanted.enabled &&
    minWordSizeForTypos?.oneTypo === wanted.minWordSizeForTypos.oneTypo &&
    minWordSizeForTypos.twoTypos === wanted.minWordSizeForTypos.twoTypos &&
    inOrder(disableOnAttributes) === inOrder(codes) &&
    found.searchCutoffMs === settings.searchCutoffMs
  );
}
