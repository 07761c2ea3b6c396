import { fold, foldForIndex } from '#server/platform/fold.ts';

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

/**
 * The single characters and pairs of neighbours in each word of a folded text, as numbers, ascending. They index what
 * trigrams can't: entered words of one or two characters, or of signs only. Two pairs may share a number, so a
 * match is looked at again.
 */
export function shortGrams(folded: string): number[] {
  const grams = new Set<number>();
  for (const word of folded.split(' ')) {
    const letters = [...word];
    for (const [index, letter] of letters.entries()) {
      const single = letter.codePointAt(0) ?? 0;
      const next = letters[index + 1]?.codePointAt(0);
      grams.add(single & 0x7fff);
      if (next !== undefined) grams.add((single * 181 + next) & 0x7fff);
    }
  }
  return [...grams].sort((a, b) => a - b);
}
