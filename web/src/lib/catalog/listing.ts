import { sortOrders } from '#server/common/enums/catalog.ts';
import type { operations } from '#lib/api/schema.d.ts';
import { queryString } from '#lib/api/query.ts';

export type SortOrder = (typeof sortOrders)[number];

/** The query of a list of products, from its URL. */
export type Listing = {
  q: string;
  /** A slug path; only where the page itself isn't a category. */
  category: string;
  vendors: string[];
  kind: '' | 'product' | 'service';
  inStock: boolean;
  currency: string;
  /** As typed, so that a wrong entry stays in its field. */
  priceMin: string;
  priceMax: string;
  sort: SortOrder;
  page: number;
};

/** Pages have this many rows. */
export const perPage = 20;

type SearchQuery = NonNullable<operations['searchProducts']['parameters']['query']>;

/** Fields that some pages set themselves. */
export type Fixed = { category?: string; vendor?: string };

const lastPage = 100_000;

/** Reads the URL leniently: invalid parameters are ignored, so that old links keep working. */
export function readListing(parameters: URLSearchParams): Listing {
  const text = (name: string) => parameters.get(name)?.trim() ?? '';
  const kind = text('kind');
  const sort = text('sort');
  const page = Number(text('page'));
  return {
    q: text('q'),
    category: text('category'),
    vendors: parameters.getAll('vendor').filter(Boolean).slice(0, 50),
    kind: kind === 'product' || kind === 'service' ? kind : '',
    inStock: text('inStock') === 'true',
    currency: /^[A-Z]{3}$/.test(text('currency')) ? text('currency') : '',
    priceMin: text('priceMin'),
    priceMax: text('priceMax'),
    sort: sortOrders.find((order) => order === sort) ?? 'relevance',
    page: Number.isInteger(page) && page >= 1 && page <= lastPage ? page : 1,
  };
}

/** Returns "1250.5" for "1 250,5" and "1250.5"; null for other texts. */
export function readAmount(typed: string): string | null {
  const amount = typed.replace(/\s/g, '').replace(',', '.');
  return /^\d{1,12}(\.\d{1,4})?$/.test(amount) ? amount : null;
}

/** Returns the query for the service. A malformed amount is left out, and the page says so. */
export function apiQuery(listing: Listing, fixed: Fixed): SearchQuery {
  const { vendors, category, kind, priceMin, priceMax, inStock, ...rest } = listing;
  return {
    ...rest,
    category: fixed.category ?? category,
    vendor: fixed.vendor === undefined ? vendors : [fixed.vendor],
    kind: kind || undefined,
    inStock: inStock || undefined,
    priceMin: readAmount(priceMin) ?? undefined,
    priceMax: readAmount(priceMax) ?? undefined,
    perPage,
  };
}

/**
 * Returns the URL of the same list with some parameters changed; a change of any but the page returns to the first
 * page.
 */
export function listingPath(path: string, listing: Listing, change: Partial<Listing> = {}): string {
  const next = { ...listing, page: 1, ...change };
  return (
    path +
    queryString({
      q: next.q,
      category: next.category,
      vendor: next.vendors,
      kind: next.kind,
      inStock: next.inStock || undefined,
      currency: next.currency,
      priceMin: next.priceMin,
      priceMax: next.priceMax,
      sort: next.sort === 'relevance' ? undefined : next.sort,
      page: next.page === 1 ? undefined : next.page,
    })
  );
}

/** Clears all filters, but keeps the entered words and the order. */
export const unfiltered = {
  category: '',
  vendors: [],
  kind: '',
  inStock: false,
  currency: '',
  priceMin: '',
  priceMax: '',
} as const satisfies Partial<Listing>;

export function filterCount(listing: Listing): number {
  const { category, vendors, kind, inStock, currency, priceMin, priceMax } = listing;
  const single = [category, kind, inStock, currency || priceMin || priceMax].filter(Boolean).length;
  return vendors.length + single;
}

/** Returns a URL's query without the name of a form action. */
export function withoutAction(search: string): URLSearchParams {
  const query = new URLSearchParams(search);
  for (const name of [...query.keys()]) if (name.startsWith('/')) query.delete(name);
  return query;
}

/** Returns where a form posts to so that its refusal shows the same list. */
export function actionPath(search: string, action: string): string {
  const query = withoutAction(search);
  return `?${query.size ? `${query}&` : ''}/${action}`;
}
