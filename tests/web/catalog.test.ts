import { describe, expect, test } from 'vitest';
import {
  actionPath,
  apiQuery,
  filterCount,
  listingPath,
  readAmount,
  readListing,
  unfiltered,
} from '#lib/catalog/listing.ts';
import { leadOffer, usualOffers } from '#lib/catalog/offers.ts';

const read = (query: string) => readListing(new URLSearchParams(query));

describe('the address of a list', () => {
  test('is read and written alike', () => {
    const query =
      '?q=cable+5%25&category=a%2Fb&vendor=x&vendor=y&kind=service&inStock=true&currency=EUR&priceMin=1&sort=name&page=3';
    const listing = read(query);
    expect(listingPath('/search', listing, { page: listing.page })).toBe(`/search${query}`);
  });

  test('holds nothing that is not said', () => {
    expect(listingPath('/search', read('q=&category=&inStock=&sort=relevance&page=1'))).toBe('/search');
  });

  test.each(['page=0', 'page=x', 'page=1.5', 'page=1000000', 'sort=cheapest', 'kind=gift', 'currency=euro'])(
    'what makes no sense counts as not said: %s',
    (query) => {
      expect(listingPath('/search', read(query))).toBe('/search');
    },
  );

  test('begins at its first page after any change', () => {
    expect(listingPath('/search', read('q=a&page=7'), { inStock: true })).toBe('/search?q=a&inStock=true');
  });

  test('without filters keeps words and order', () => {
    const listing = read('q=a&vendor=x&priceMax=5&currency=EUR&sort=name');
    expect(filterCount(listing)).toBe(2);
    expect(listingPath('/c/b', listing, unfiltered)).toBe('/c/b?q=a&sort=name');
  });

  test('a form posts to the same list', () => {
    expect(actionPath('?q=a&page=2', 'add')).toBe('?q=a&page=2&/add');
    expect(actionPath('?q=a&/add', 'add')).toBe('?q=a&/add');
    expect(actionPath('', 'add')).toBe('?/add');
  });
});

describe('amounts', () => {
  test.each([
    ['12.5', '12.5'],
    ['12,5', '12.5'],
    ['1 250,25', '1250.25'],
    ['1.250,25', null],
    ['-1', null],
    ['1e3', null],
    ['1.23456', null],
    ['x', null],
  ])('%s is %s', (typed, amount) => {
    expect(readAmount(typed)).toBe(amount);
  });

  test('a wrong one is not asked for', () => {
    expect(apiQuery(read('priceMin=x&priceMax=5'), {})).toMatchObject({ priceMin: undefined, priceMax: '5' });
  });

  test('what a page decides goes before what its address says', () => {
    const query = apiQuery(read('category=other&vendor=other'), { category: 'own', vendor: 'me' });
    expect(query).toMatchObject({ category: 'own', vendor: ['me'] });
  });
});

describe('offers', () => {
  const offer = (
    id: string,
    vendor: string,
    terms: Partial<{ minimum: number; packSize: number; reachable: boolean }>,
  ) => ({
    id,
    sku: id,
    vendor: { id: vendor, name: vendor, slug: vendor, rating: null },
    reachable: true,
    price: null,
    unit: 'piece',
    minimum: 1,
    packSize: 1,
    availability: 'in_stock' as const,
    stock: 1,
    leadTimeDays: null,
    ...terms,
  });

  test('the first that can be asked leads', () => {
    const offers = [offer('1', 'a', { reachable: false }), offer('2', 'b', {})];
    expect(leadOffer(offers)?.id).toBe('2');
    expect(leadOffer(offers.slice(0, 1))?.id).toBe('1');
  });

  test('ticked are those who sell the quantity it starts with, each partner once', () => {
    const offers = [
      offer('1', 'a', { minimum: 10, packSize: 5 }),
      offer('2', 'a', { minimum: 10, packSize: 5 }),
      offer('3', 'b', {}),
      offer('4', 'c', { minimum: 50 }),
      offer('5', 'd', { packSize: 4 }),
      offer('6', 'e', { reachable: false }),
    ];
    expect(usualOffers(offers)).toEqual(['1', '3']);
  });

  test('nobody is ticked where nobody can be asked', () => {
    expect(usualOffers([offer('1', 'a', { reachable: false })])).toEqual([]);
  });
});
