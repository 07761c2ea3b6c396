import { fold, foldForIndex, shortGrams } from '#server/platform/fold.ts';

/** What a product is found by. Names and codes as shown; the category as its path "A > B > C > D". */
export interface Searchable {
  name: string;
  code: string;
  skus: readonly string[];
  eans: readonly string[];
  tags: readonly string[];
  vendorNames: readonly string[];
  categoryPath: string;
}

/** The texts of `products` that search reads, and the product's rows of `product_codes`. */
export interface SearchTexts {
  nameFolded: string;
  searchText: string;
  codes: string[];
}

/** All columns of `products` that search reads. The short grams follow from the text, so the text tells a change. */
export interface SearchFields extends SearchTexts {
  shortGrams: number[];
}

/**
 * Returns everything search needs of a product. Every writer of a product, its offers or a vendor's name writes these.
 */
export function searchFields(product: Searchable): SearchFields {
  const texts = searchTexts(product);
  return { ...texts, shortGrams: shortGrams(texts.searchText) };
}

/** The same without the short grams, which take longer than all the rest: enough to see whether anything changed. */
export function searchTexts(product: Searchable): SearchTexts {
  const codes = [product.code, ...product.skus, ...product.eans];
  const vendorNames = [...new Set(product.vendorNames)];
  const parts = [product.name, ...new Set(codes), ...product.tags, ...vendorNames, product.categoryPath];
  return {
    nameFolded: foldForIndex(product.name),
    searchText: foldForIndex(parts.join(' ')),
    codes: [...new Set(codes.map(fold))].filter(Boolean),
  };
}
