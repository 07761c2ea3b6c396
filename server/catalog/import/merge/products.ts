import { searchTexts } from '#server/catalog/indexing.ts';
import { parse } from '#server/common/money.ts';
import type { PlannedRecord } from '../staging/queries.ts';

/** The product's own description, independent of offers. */
export interface Description {
  categoryId: number;
  kind: 'product' | 'service';
  name: string;
  code: string;
  description: string;
  tags: string[];
  eans: string[];
  attributes: [string, string][];
  image: string | null;
}

/** The offer fields that feed search text and sort price. */
export interface OfferFacts {
  sku: string;
  vendorName: string;
  /** What the vendor calls the product, and the vendor's code of it; null: as all do. */
  name: string | null;
  code: string | null;
  /** Further numbers by which the vendor knows it. */
  otherCodes: string[];
  price: string | null;
  currency: string;
  stock: number | null;
}

/** A row of `products` with its codes. Its short grams are derived from `searchText`. */
export interface ProductRow extends Description {
  id: number;
  nameFolded: string;
  searchText: string;
  sortPrice: string | null;
  inStock: boolean;
  offered: boolean;
  codes: string[];
}

/** Units of the currency for 1 euro, as decimal strings with up to eight decimals. */
export type Rates = ReadonlyMap<string, string>;

/**
 * Returns a product's row, derived from its description and its live offers. `categoryPath`: of its category in all
 * languages.
 */
export function productRow(
  id: number,
  description: Description,
  offers: readonly OfferFacts[],
  { categoryPath, rates }: { categoryPath: (id: number) => string; rates: Rates },
): ProductRow {
  return {
    id,
    ...description,
    ...searchTexts({
      ...description,
      categoryPath: categoryPath(description.categoryId),
      skus: offers.flatMap(({ sku, code, otherCodes }) => [
        sku,
        ...(code === null ? [] : [code]),
        ...otherCodes,
      ]),
      otherNames: offers.flatMap(({ name }) => name ?? []),
      vendorNames: offers.map((offer) => offer.vendorName),
    }),
    sortPrice: sortPrice(offers, rates),
    inStock: offers.some((offer) => offer.stock !== null && offer.stock > 0),
    offered: offers.length > 0,
  };
}

/**
 * Merges the records of one product, oldest offer first: the first decides, others fill in missing fields and add EANs
 * and tags. Their own names and codes stay with their offers.
 */
export function mergeRecords(records: readonly PlannedRecord[]): Description {
  const all = records.map(({ record }) => record);
  const [first] = all;
  if (!first) throw new Error('a product has at least one record');
  return {
    categoryId: first.categoryId,
    kind: first.kind,
    name: first.name,
    code: all.find(({ model }) => model !== null)?.model ?? first.sku,
    description: all.find(({ description }) => description !== '')?.description ?? '',
    tags: [...new Set(all.flatMap(({ tags }) => tags))],
    eans: [...new Set(all.flatMap(({ eans }) => eans))],
    attributes: all.find(({ attributes }) => attributes.length > 0)?.attributes ?? [],
    image: all.find(({ image }) => image !== null)?.image ?? null,
  };
}

const rateScale = 8;
const sortScale = 8;

/** Returns the lowest price in euro with eight decimals, for sorting only. A price without a rate doesn't count. */
function sortPrice(offers: readonly OfferFacts[], rates: Rates): string | null {
  const inEuro = offers.flatMap((offer) => {
    const rate = rateOf(offer.currency, rates);
    return offer.price === null || rate === null ? [] : (parse(offer.price) * 10n ** 12n) / rate;
  });
  const [first, ...rest] = inEuro;
  if (first === undefined) return null;
  const lowest = rest.reduce((least, price) => (price < least ? price : least), first);
  const digits = lowest.toString().padStart(sortScale + 1, '0');
  return `${digits.slice(0, -sortScale)}.${digits.slice(-sortScale)}`;
}

function rateOf(currency: string, rates: Rates): bigint | null {
  const rate = currency === 'EUR' ? '1' : rates.get(currency);
  if (rate === undefined) return null;
  const [whole = '1', fraction = ''] = rate.split('.');
  return BigInt(whole + fraction.slice(0, rateScale).padEnd(rateScale, '0'));
}
