import { fromStored, type StoredFacets } from '../attributes/rules.ts';
import { activeChoices, type ParsedSearch } from '../rules.ts';
import type { Facets } from '../schema.ts';
import { attributeFacet } from './attribute-facet.ts';
import { type Bits, count, intersect, membersOf } from './bits.ts';
import type { Catalogue } from './catalogue.ts';
import { categoryFacet } from './category-facet.ts';
import { compareTexts } from './codes.ts';
import { amountOf, offerLength, priceAt } from './documents.ts';
import type { Filtering, ResolvedFilters } from './filtering.ts';

const shownVendors = 30;

export interface Counted {
  catalogue: Catalogue;
  filtering: Filtering;
  filters: ResolvedFilters;
  wanted: ParsedSearch;
  /** The result. */
  base: Bits;
}

/** Returns what each value of a filter would find if it were chosen too, instead of the present choice. */
export function facetsOf(counted: Counted): Facets {
  const { filters, wanted, base } = counted;
  const members = membersOf(base);
  const stored: StoredFacets = {
    categories: categoryFacet(counted, members),
    ...offerFacets(counted, members),
    kinds: kindFacet(counted, members.length),
    attributes: attributeFacet(counted, members),
    isFloor: false,
  };
  return fromStored(stored, filters.attributes, wanted.locale);
}

function kindFacet({ catalogue, filtering, filters, base }: Counted, total: number): Facets['kinds'] {
  const countIn = (bits: Bits) => {
    const services = bits.slice();
    intersect(services, catalogue.documents.services);
    const service = count(services);
    return { service, product: count(bits) - service };
  };
  const inBase =
    filters.kind === undefined ? countIn(base) : { product: 0, service: 0, [filters.kind]: total };
  const beside = filters.kind === undefined ? inBase : countIn(filtering.passing('kind'));
  return (['product', 'service'] as const)
    .map((kind) => ({ kind, count: kind === filters.kind ? inBase[kind] : beside[kind] }))
    .filter((value) => value.count > 0);
}

type OfferFacets = Pick<Facets, 'vendors' | 'inStock' | 'currencies'>;

/** Counts products by what is offered of them, in one walk, and in two more where vendors or prices are chosen. */
function offerFacets(counted: Counted, members: Int32Array): OfferFacets {
  const { catalogue, filtering, filters } = counted;
  const isOfVendors = activeChoices(filters).includes('vendors');
  const isOfPrice = filters.limits !== null;
  const tally = new OfferTally(counted);
  tally.walk(members, (chunk, at) => filtering.isOfferWanted(chunk, at), {
    inStock: true,
    vendors: true,
    prices: !isOfPrice,
  });
  if (isOfVendors) {
    tally.walk(
      membersOf(filtering.passing('vendors')),
      (chunk, at) =>
        !filters.vendorIndexes.has(chunk[at] ?? -1) && filtering.isOfferWanted(chunk, at, 'vendors'),
      { vendors: true },
    );
  }
  if (isOfPrice) {
    tally.walk(
      membersOf(filtering.passing('price')),
      (chunk, at) => filtering.isOfferWanted(chunk, at, 'price'),
      { prices: true },
    );
  }
  return {
    inStock: tally.inStock,
    vendors: vendorFacet(catalogue, filters, tally.vendors),
    currencies: tally.currencies(),
  };
}

class OfferTally {
  inStock = 0;
  readonly vendors: Int32Array;
  readonly #counted: Counted;
  /** The last product that was counted, by vendor and by currency, because each counts once. */
  readonly #lastOfVendor: Int32Array;
  readonly #priced: { products: number; last: number; low: number; high: number }[];

  constructor(counted: Counted) {
    const { tables, documents } = counted.catalogue;
    this.#counted = counted;
    this.vendors = new Int32Array(tables.vendorCount);
    this.#lastOfVendor = new Int32Array(tables.vendorCount).fill(-1);
    this.#priced = documents.currencies.map(() => ({
      products: 0,
      last: -1,
      low: Infinity,
      high: -Infinity,
    }));
  }

  walk(
    slots: Int32Array,
    isWanted: (chunk: Int32Array, at: number) => boolean,
    counts: { inStock?: boolean; vendors?: boolean; prices?: boolean },
  ): void {
    const { offers } = this.#counted.catalogue.documents;
    const hasFilter = activeChoices(this.#counted.filters).length > 0;
    this.#lastOfVendor.fill(-1);
    for (const slot of slots) {
      const chunk = offers.chunkOf(slot);
      const from = offers.fromOf(slot);
      const end = from + offers.lengthOf(slot);
      let isInStock = false;
      for (let at = from; at < end; at += offerLength) {
        if (hasFilter && !isWanted(chunk, at)) continue;
        isInStock ||= ((chunk[at + 1] ?? 0) & 1) === 1;
        if (counts.vendors) this.#countVendor(slot, chunk[at] ?? 0);
        if (counts.prices) this.#countPrice(slot, chunk, at);
      }
      if (counts.inStock && isInStock) this.inStock += 1;
    }
  }

  currencies(): Facets['currencies'] {
    const { currencies } = this.#counted.catalogue.documents;
    return this.#priced
      .map(({ products, low, high }, index) => ({
        currency: currencies[index] ?? '',
        count: products,
        min: amountOf(low),
        max: amountOf(high),
      }))
      .filter((value) => value.count > 0)
      .toSorted((a, b) => b.count - a.count || compareTexts(a.currency, b.currency));
  }

  #countVendor(slot: number, vendor: number): void {
    if (this.#lastOfVendor[vendor] === slot) return;
    this.#lastOfVendor[vendor] = slot;
    this.vendors[vendor] = (this.vendors[vendor] ?? 0) + 1;
  }

  #countPrice(slot: number, chunk: Int32Array, at: number): void {
    const price = priceAt(chunk, at);
    const priced = this.#priced[(chunk[at + 1] ?? 0) >>> 1];
    if (price < 0 || !priced) return;
    if (price < priced.low) priced.low = price;
    if (price > priced.high) priced.high = price;
    if (priced.last === slot || !this.#counted.filtering.isPriceWithin(chunk, at)) return;
    priced.last = slot;
    priced.products += 1;
  }
}

/** Returns the chosen vendors, then those with the most products. */
function vendorFacet(
  { tables }: Catalogue,
  { vendorIndexes }: ResolvedFilters,
  counts: Int32Array,
): Facets['vendors'] {
  const found: { index: number; count: number; isChosen: boolean; name: string }[] = [];
  for (const [index, number] of counts.entries()) {
    const vendor = number > 0 ? tables.vendors[index] : undefined;
    if (!vendor) continue;
    found.push({ index, count: number, isChosen: vendorIndexes.has(index), name: vendor.name });
  }
  return found
    .toSorted(
      (a, b) => Number(b.isChosen) - Number(a.isChosen) || b.count - a.count || compareTexts(a.name, b.name),
    )
    .slice(0, shownVendors)
    .map(({ index, count: number, name }) => ({
      id: String(tables.vendors[index]?.id),
      slug: tables.vendors[index]?.slug ?? '',
      name,
      count: number,
    }));
}
