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

/** The columns of `products` that search reads, and the product's rows of `product_codes`. */
export interface SearchFields {
  nameFolded: string;
  searchText: string;
  shortGrams: number[];
  codes: string[];
}

/** Everything search needs of a product. Whoever writes a product, its offers or a vendor's name writes these. */
export function searchFields(product: Searchable): SearchFields {
  const codes = [product.code, ...product.skus, ...product.eans];
  const vendorNames = [...new Set(product.vendorNames)];
  const parts = [product.name, ...new Set(codes), ...product.tags, ...vendorNames, product.categoryPath];
  const searchText = foldForIndex(parts.join(' '));
  return {
    nameFolded: foldForIndex(product.name),
    searchText,
    shortGrams: shortGrams(searchText),
    codes: [...new Set(codes.map(fold))].filter(Boolean),
  };
}
