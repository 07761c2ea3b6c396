import { asLatin, fold, foldForIndex, shortGrams } from '#server/platform/fold.ts';

/** The searchable texts of a product. `categoryPath`: "A > B > C > D", in all languages. */
export interface Searchable {
  name: string;
  /** What vendors call it otherwise. */
  otherNames?: readonly string[];
  code: string;
  /** Vendors' codes of it. */
  skus: readonly string[];
  eans: readonly string[];
  tags: readonly string[];
  vendorNames: readonly string[];
  categoryPath: string;
}

/** The search columns of `products`, and the codes for `product_codes`. */
export interface SearchTexts {
  nameFolded: string;
  searchText: string;
  codes: string[];
}

/** All search columns of `products`. The short grams are derived from `searchText`. */
export interface SearchFields extends SearchTexts {
  shortGrams: number[];
}

/** Returns a product's search columns. All code that changes products, offers or vendors' names must write them. */
export function searchFields(product: Searchable): SearchFields {
  const texts = searchTexts(product);
  return { ...texts, shortGrams: shortGrams(texts.searchText) };
}

/** Returns the search columns without the slow short grams, enough to detect changes. */
export function searchTexts(product: Searchable): SearchTexts {
  const codes = [product.code, ...product.skus, ...product.eans];
  const vendorNames = [...new Set(product.vendorNames)];
  const names = [...new Set([product.name, ...(product.otherNames ?? [])])];
  const parts = [...names, ...new Set(codes), ...product.tags, ...vendorNames, product.categoryPath];
  return {
    nameFolded: foldForIndex(names.join(' ')),
    searchText: foldForIndex(parts.join(' ')),
    codes: [...new Set(codes.flatMap((code) => [fold(code), fold(asLatin(code) ?? code)]))].filter(Boolean),
  };
}
