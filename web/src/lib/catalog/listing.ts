import { sortOrders } from '#server/common/enums/catalog.ts';
import type { operations } from '#lib/api/schema.d.ts';
import { queryString } from '#lib/api/query.ts';

export type SortOrder = (typeof sortOrders)[number];

/** What is chosen of one attribute: any of its values, or a range, as typed. */
export type AttributeChoice = { key: string; values: string[]; min: string; max: string; unit: string };

/** The query of a list of products, from its URL. */
export type Listing = {
  q: string;
  /** A slug path; only where the page itself isn't a category. */
  category: string;
  vendors: string[];
  kind: '' | 'product' | 'service';
  inStock: boolean;
  /** Of the amounts; empty: the visitor's. */
  currency: string;
  /** As typed, so that a wrong entry stays in its field. */
  priceMin: string;
  priceMax: string;
  attributes: AttributeChoice[];
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
    attributes: readAttributes(parameters),
    sort: sortOrders.find((order) => order === sort) ?? 'relevance',
    page: Number.isInteger(page) && page >= 1 && page <= lastPage ? page : 1,
  };
}

const mostAttributes = 20;

function readAttributes(parameters: URLSearchParams): AttributeChoice[] {
  const found = new Map<string, AttributeChoice>();
  for (const [name, value] of parameters) {
    const [, key, part] = /^attr\.(.+?)(?:\.(min|max|unit))?$/su.exec(name) ?? [];
    if (key === undefined || value.trim() === '') continue;
    const choice = found.get(key) ?? { key, values: [], min: '', max: '', unit: '' };
    found.set(key, choice);
    if (part === 'min' || part === 'max' || part === 'unit') choice[part] = value.trim();
    else if (!choice.values.includes(value)) choice.values.push(value);
  }
  return [...found.values()].filter(isChosen).slice(0, mostAttributes);
}

const isChosen = ({ values, min, max }: AttributeChoice) => values.length > 0 || min !== '' || max !== '';

/** Returns the parameters of the attributes, with the numbers as `read` returns them. */
function attributeQuery(
  attributes: readonly AttributeChoice[],
  read: (typed: string) => string | undefined,
): Record<string, string | string[] | undefined> {
  return Object.fromEntries(
    attributes.flatMap(({ key, values, min, max, unit }) => [
      [`attr.${key}`, values],
      [`attr.${key}.min`, read(min)],
      [`attr.${key}.max`, read(max)],
      [`attr.${key}.unit`, min || max ? unit : undefined],
    ]),
  );
}

/** Returns the attributes with another choice of one. */
export function withAttribute(
  attributes: readonly AttributeChoice[],
  key: string,
  change: Partial<AttributeChoice>,
): AttributeChoice[] {
  return attributes.map((one) => (one.key === key ? { ...one, ...change } : one)).filter(isChosen);
}

/** Returns "-2.5" for "-2,5"; null for what is no number. */
export function readNumber(typed: string): string | null {
  const number = typed.replace(/\s/g, '').replace(',', '.').replace(/^[−–]/u, '-');
  return /^-?\d{1,12}(\.\d{1,9})?$/.test(number) ? number : null;
}

/** The bounds of prices as the service takes them; null for what is no amount. */
export type Prices = Record<'priceMin' | 'priceMax', string | null>;

/** Returns the query for the service. A malformed amount is left out, and the page says so. */
export function apiQuery(listing: Listing, fixed: Fixed, prices: Prices): SearchQuery {
  const { vendors, category, kind, inStock, currency, attributes, q, sort, page } = listing;
  return {
    ...{ q, sort, page },
    ...attributeQuery(attributes, (typed) => readNumber(typed) ?? undefined),
    category: fixed.category ?? category,
    vendor: fixed.vendor === undefined ? vendors : [fixed.vendor],
    kind: kind || undefined,
    inStock: inStock || undefined,
    currency: currency || undefined,
    priceMin: prices.priceMin ?? undefined,
    priceMax: prices.priceMax ?? undefined,
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
      ...attributeQuery(next.attributes, (typed) => typed || undefined),
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
  attributes: [] as AttributeChoice[],
} as const satisfies Partial<Listing>;

export function filterCount(listing: Listing): number {
  const { category, vendors, kind, inStock, priceMin, priceMax, attributes } = listing;
  const single = [category, kind, inStock, priceMin || priceMax].filter(Boolean).length;
  const chosen = attributes.map(({ values, min, max }) => values.length + (min || max ? 1 : 0));
  return vendors.length + single + chosen.reduce((sum, count) => sum + count, 0);
}
