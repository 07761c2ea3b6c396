import { describe, expect, test } from 'vitest';
import { actionPath } from '#lib/catalog/actionPath.ts';
import {
  apiQuery,
  filterCount,
  listingPath,
  readListing,
  unfiltered,
  withAttribute,
} from '#lib/catalog/listing.ts';
import { pricesOf } from '#lib/catalog/prices.ts';
import { leadOffer, usualOffers } from '#lib/catalog/offers.ts';

const none = { priceMin: null, priceMax: null };
const read = (query: string) => readListing(new URLSearchParams(query));

describe('the URL of a list', () => {
  test('the URL of a list is written as it is read', () => {
    const query =
      '?q=cable+5%25&category=a%2Fb&vendor=x&vendor=y&kind=service&inStock=true&currency=EUR&priceMin=1&sort=name&page=3';
    const listing = read(query);
    expect(listingPath('/search', listing, { page: listing.page })).toBe(`/search${query}`);
  });

  test('the URL of a list omits defaults', () => {
    expect(listingPath('/search', read('q=&category=&inStock=&sort=relevance&page=1'))).toBe('/search');
  });

  test.each(['page=0', 'page=x', 'page=1.5', 'page=1000000', 'sort=cheapest', 'kind=gift', 'currency=euro'])(
    'an invalid parameter is ignored: %s',
    (query) => {
      expect(listingPath('/search', read(query))).toBe('/search');
    },
  );

  test('any change of the filters returns to the first page', () => {
    expect(listingPath('/search', read('q=a&page=7'), { inStock: true })).toBe('/search?q=a&inStock=true');
  });

  test('clearing the filters keeps words and order', () => {
    const listing = read('q=a&vendor=x&priceMax=5&currency=EUR&sort=name');
    expect(filterCount(listing)).toBe(2);
    expect(listingPath('/c/b', listing, unfiltered)).toBe('/c/b?q=a&sort=name');
  });

  test('a form submits to the same list', () => {
    expect(actionPath('?q=a&page=2', 'add')).toBe('?q=a&page=2&/add');
    expect(actionPath('?q=a&/add', 'add')).toBe('?q=a&/add');
    expect(actionPath('', 'add')).toBe('?/add');
  });
});

describe('attributes in the URL of a list', () => {
  const query =
    '?attr.Output=NPN&attr.Output=PNP&attr.Length.min=2%2C5&attr.Length.unit=mm&attr.No.+of+poles=3';

  test('chosen attributes are written as they are read', () => {
    const listing = read(query);
    expect(listing.attributes).toEqual([
      { key: 'Output', values: ['NPN', 'PNP'], min: '', max: '', unit: '' },
      { key: 'Length', values: [], min: '2,5', max: '', unit: 'mm' },
      { key: 'No. of poles', values: ['3'], min: '', max: '', unit: '' },
    ]);
    expect(listingPath('/search', listing)).toBe(`/search${query}`);
    expect(filterCount(listing)).toBe(4);
  });

  test('empty fields of a form without scripts choose nothing', () => {
    expect(read('attr.Length.min=&attr.Length.max=&attr.Length.unit=mm').attributes).toEqual([]);
  });

  test('numbers are sent as the service reads them, others not at all', () => {
    expect(apiQuery(read(query), {}, none)).toMatchObject({
      'attr.Length.min': '2.5',
      'attr.Length.unit': 'mm',
    });
    expect(apiQuery(read('attr.T.min=long&attr.T.max=−4'), {}, none)).toMatchObject({
      'attr.T.min': undefined,
      'attr.T.max': '-4',
    });
  });

  test('each value is removed on its own', () => {
    const { attributes } = read(query);
    const without = withAttribute(attributes, 'Output', { values: ['PNP'] });
    expect(without[0]?.values).toEqual(['PNP']);
    expect(withAttribute(attributes, 'Length', { min: '' }).map(({ key }) => key)).toEqual([
      'Output',
      'No. of poles',
    ]);
  });
});

describe('amounts', () => {
  test.each([
    ['en', '12.5', '12.5'],
    ['en', '12,5', '12.5'],
    ['en', '1 250,25', '1250.25'],
    ['en', '1.250,25', '1250.25'],
    ['en', '12.500', '12.5'],
    ['sr', '12.500', '12500'],
    ['sr', '12,500', '12.5'],
    ['en', '12,500', '12500'],
    ['en', '€12', '12'],
    ['en', '$12', null],
    ['en', '-1', null],
    ['en', '1e3', null],
    ['en', 'x', null],
  ] as const)('in %s, the bound %s of prices in euro is read as %s', (locale, priceMin, amount) => {
    expect(pricesOf({ priceMin, priceMax: '', currency: 'EUR' }, locale).priceMin).toBe(amount);
  });

  test('an invalid amount is not sent to the service', () => {
    expect(apiQuery(read(''), {}, { priceMin: null, priceMax: '5' })).toMatchObject({
      priceMin: undefined,
      priceMax: '5',
    });
  });

  test("a page's fixed filters override its URL", () => {
    const query = apiQuery(read('category=other&vendor=other'), { category: 'own', vendor: 'me' }, none);
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

  test('the first offer that can be asked is preselected', () => {
    const offers = [offer('1', 'a', { reachable: false }), offer('2', 'b', {})];
    expect(leadOffer(offers)?.id).toBe('2');
    expect(leadOffer(offers.slice(0, 1))?.id).toBe('1');
  });

  test('offers that sell the starting quantity are ticked, each partner once', () => {
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

  test('no offer is ticked when none can be asked', () => {
    expect(usualOffers([offer('1', 'a', { reachable: false })])).toEqual([]);
  });
});
