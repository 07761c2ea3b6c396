import { fromStored, type StoredFacets } from '../attributes/rules.ts';
import type { ParsedSearch } from '../rules.ts';
import type { Facets } from '../schema.ts';
import { attributeFacet } from './attribute-facet.ts';
import { type Bits, count, intersect, membersOf } from './bits.ts';
import type { Catalogue } from './catalogue.ts';
import { categoryFacet } from './category-facet.ts';
import { compareTexts } from './codes.ts';
import { OfferTally } from './offer-tally.ts';
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
    const services = catalogue.scratch.copyOf(bits);
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
  const tally = new OfferTally(catalogue, filtering);
  const isOfPrice = filters.limits !== null;
  tally.walk(members, { inStock: true, vendors: true, prices: !isOfPrice });
  if (filters.vendors.length > 0) {
    tally.walk(membersOf(filtering.passing('vendors')), { vendors: true, without: 'vendors' });
  }
  if (isOfPrice) tally.walk(membersOf(filtering.passing('price')), { prices: true, without: 'price' });
  return {
    inStock: tally.inStock,
    vendors: vendorFacet(catalogue, filters, tally.vendors),
    currencies: tally.currencies(),
  };
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
