import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { SearchResult } from '#server/search/schema.ts';
import { type Client, start, type TestService } from '../../harness.ts';
import { createWorld } from '../../world.ts';
import { engineOf, filledIndex } from './filled-index.ts';
import { shelve, type Ware } from './shelf.ts';

const motors = 'Automation > Drives > Motors > Servo motors';
const sensors = 'Automation > Sensing > Proximity > Inductive sensors';

/** Forty products of three vendors, three categories and two kinds, with prices in two currencies. */
const wares: Ware[] = Array.from({ length: 40 }, (_, i) => ({
  name: `Widget ${String(i).padStart(2, '0')} ${i % 2 ? 'blue' : 'red'}`,
  kind: i % 5 === 0 ? 'service' : 'product',
  attributes: [
    ['Colour', i % 2 ? 'blue' : 'red'],
    ['Length', `${(i % 6) + 1} mm`],
  ],
  categoryPath: [sensors, motors, undefined][i % 3] ?? 'Electrical > Wiring > Cable > Control cable',
  offers: [
    { vendor: 'brandt', price: i % 7 === 0 ? null : `${i + 1}.25`, stock: i % 4 === 0 ? 0 : 3 },
    ...(i % 2 ? [{ vendor: 'sever', price: `${(i + 1) * 100}`, currency: 'RSD', stock: null }] : []),
    ...(i % 6 === 0 ? [{ vendor: 'wisla', price: `${40 - i}.5`, currency: 'EUR', stock: 9 }] : []),
  ],
}));

describe.each(['PostgreSQL', 'the index in memory'])('a search engine: %s', (engine) => {
  let service: TestService;
  let visitor: Client;

  beforeAll(async () => {
    service = await start();
    await createWorld(service.ctx.db);
    await shelve(service.ctx.db, wares);
    if (engine === 'the index in memory') service.ctx.search = engineOf(await filledIndex(service.ctx.db));
    visitor = service.visitor();
  });
  afterAll(() => service.end());

  async function search(query: string): Promise<SearchResult> {
    const { status, body } = await visitor.get<SearchResult>(`/api/products?${query}`);
    expect(status).toBe(200);
    return body;
  }
  const names = (result: SearchResult) => result.items.map((item) => item.name);

  describe('facets', () => {
    const starts = [
      '',
      'q=widget',
      'q=widget red',
      'q=widget&category=automation',
      'q=widget&category=automation/sensing/proximity/inductive-sensors',
      'q=widget&vendor=sever',
      'q=widget&vendor=sever&vendor=wisla',
      'q=widget&kind=service',
      'q=widget&inStock=true',
      'q=widget&currency=EUR&priceMin=10&priceMax=20.5',
      'q=widget&priceMin=30',
      'q=widget&attr.Colour=red',
      'q=widget&attr.Colour=red&attr.Length=2 mm&attr.Length=3 mm&vendor=brandt',
      'q=widget&category=automation&attr.Length.min=2&attr.Length.max=4&attr.colour=blue',
      'q=widget&category=automation&vendor=wisla&kind=product&inStock=true&currency=EUR&priceMax=35',
    ];
    const asChosen = (start: string, name: string, value: string) => {
      const params = new URLSearchParams(start);
      for (const given of [...params.keys()]) {
        if (given === name || given.toLowerCase().startsWith(`${name.toLowerCase()}.`)) params.delete(given);
        if (name.startsWith('attr.') && given.toLowerCase() === name.toLowerCase()) params.delete(given);
      }
      params.append(name, value);
      return params.toString();
    };

    test.each(starts)('each facet of "%s" counts what a search with its value finds', async (start) => {
      const { facets, totalIsFloor } = await search(start);
      expect(totalIsFloor || facets.isFloor).toBe(false);
      const choices = [
        ...facets.categories.map((value) => ['category', value.slugPath, value.count] as const),
        ...facets.categories.map((value) => ['category', value.id, value.count] as const),
        ...facets.vendors.map((value) => ['vendor', value.slug, value.count] as const),
        ...facets.kinds.map((value) => ['kind', value.kind, value.count] as const),
        ['inStock', 'true', facets.inStock] as const,
        ...facets.attributes.flatMap(({ key, values }) =>
          values.map(({ value, count }) => [`attr.${key}`, value, count] as const),
        ),
      ];
      for (const [name, value, count] of choices) {
        // Several vendors widen a search, so the count is that of one vendor alone.
        expect([name, value, (await search(asChosen(start, name, value))).total]).toEqual([
          name,
          value,
          count,
        ]);
      }
    });

    test('facets still show the alternatives to a chosen value', async () => {
      const { facets } = await search('q=widget&vendor=sever&category=automation/sensing');
      expect(facets.vendors.map((vendor) => vendor.slug)).toEqual(['sever', 'brandt', 'wisla']);
      expect(facets.categories.map((category) => category.slugPath)).toEqual(
        expect.arrayContaining([
          'automation',
          'automation/sensing',
          'automation/drives',
          'automation/sensing/proximity',
        ]),
      );
    });

    test('the price range of a facet is exactly that of the offers', async () => {
      const { facets } = await search('q=widget');
      expect(facets.currencies).toEqual([
        { currency: 'EUR', count: expect.any(Number), min: '2.25', max: '40.50' },
        { currency: 'RSD', count: 20, min: '200.00', max: '4000.00' },
      ]);
    });
  });

  describe('filters', () => {
    test('one offer must satisfy all offer filters', async () => {
      // 4 and 8 are out of stock at brandt; wisla has 12, 24, 36 which brandt lacks.
      const result = await search('q=widget&vendor=brandt&inStock=true&perPage=100');
      expect(names(result)).not.toContain('Widget 12 red');
      expect((await search('q=widget&vendor=wisla&inStock=true&perPage=100')).total).toBe(7);
    });

    test('a product shows all offers, matching ones first', async () => {
      const [item] = (await search('q=widget 06&vendor=wisla')).items;
      expect(item?.offers.map((offer) => offer.vendor.slug)).toEqual(['wisla', 'brandt']);
      const [unfiltered] = (await search('q=widget 06')).items;
      expect(unfiltered?.offers.map((offer) => offer.vendor.slug)).toEqual(['brandt', 'wisla']);
    });

    test('a price filter compares what prices are in its currency, never bare numbers', async () => {
      // 1,000 RSD are 8.53 EUR and 35.75 PLN; 10.25 EUR are 1,201.30 RSD.
      for (const [query, found] of [
        ['q=widget 09&vendor=sever&currency=EUR&priceMax=8.53', 1],
        ['q=widget 09&vendor=sever&currency=EUR&priceMax=8.52', 0],
        ['q=widget 09&vendor=sever&currency=EUR&priceMin=8.54', 0],
        ['q=widget 09&vendor=sever&currency=RSD&priceMin=1000&priceMax=1000', 1],
        ['q=widget 09&vendor=brandt&currency=RSD&priceMin=1201.30&priceMax=1201.30', 1],
        ['q=widget 09&vendor=brandt&currency=RSD&priceMax=1201', 0],
        // Without a currency limits are in euro.
        ['q=widget 09&vendor=sever&priceMax=8.53', 1],
        ['q=widget 09&vendor=sever&priceMin=900', 0],
        // A currency without a rate holds nothing to compare.
        ['q=widget 09&currency=CHF&priceMin=0', 0],
      ] as const) {
        expect([query, (await search(query)).total]).toEqual([query, found]);
      }
    });

    test('what passes a price filter is what is shown to be within it', async () => {
      const all = (await search('q=widget&currency=PLN&perPage=100')).items;
      for (const [low, high] of [
        [9, 60.5],
        [7.25, 7.26],
        [100, 1000],
      ] as const) {
        const isWithin = ({ offers }: SearchResult['items'][number]) =>
          offers.some(
            ({ price }) => price?.about && +price.about.amount >= low && +price.about.amount <= high,
          );
        const found = await search(`q=widget&currency=PLN&priceMin=${low}&priceMax=${high}&perPage=100`);
        expect(new Set(names(found))).toEqual(new Set(all.filter(isWithin).map(({ name }) => name)));
      }
    });

    test('price bounds are inclusive and exact', async () => {
      expect(names(await search('q=widget blue&currency=EUR&priceMin=2.25&priceMax=2.25'))).toEqual([
        'Widget 01 blue',
      ]);
      expect((await search('q=widget blue&currency=EUR&priceMin=2.2501&priceMax=2.26')).total).toBe(0);
    });

    test('a category filter includes everything below the category', async () => {
      const result = await search('category=automation&perPage=100');
      expect(result.category).toMatchObject({ name: 'Automation', breadcrumbs: [{ name: 'Automation' }] });
      expect(result.total).toBe(27 + 4);
      expect(new Set(result.items.map((item) => item.category.path))).toEqual(new Set([sensors, motors]));
    });

    test('an unknown filter value finds nothing', async () => {
      for (const query of [
        'category=nowhere',
        'vendor=nobody',
        'category=999999',
        'vendor=99999999999999999999',
      ]) {
        expect(await search(query)).toMatchObject({ total: 0, items: [], near: false });
      }
    });

    test.each([
      'sort=cheapest',
      'kind=gift',
      'priceMin=1e3',
      'priceMin=-1',
      'priceMax=1,5',
      'perPage=101',
      'perPage=0',
      'page=0',
      'page=x',
      'currency=euro',
    ])('the query %s is refused', async (query) => {
      expect((await visitor.get(`/api/products?${query}`)).status).toBe(422);
    });
  });

  describe('order and pages', () => {
    test('sorting by price uses the matching offers, unpriced ones last', async () => {
      const prices = async (query: string) =>
        (await search(query)).items.map((item) => Number(item.offers[0]?.price?.about?.amount ?? Infinity));
      for (const query of ['q=widget&vendor=brandt', 'q=widget&vendor=wisla', 'q=widget&currency=RSD']) {
        const ascending = await prices(`${query}&sort=price_asc&perPage=100`);
        expect(ascending).toEqual(ascending.toSorted((a, b) => a - b));
        const descending = (await prices(`${query}&sort=price_desc&perPage=100`)).filter(Number.isFinite);
        expect(descending).toEqual(descending.toSorted((a, b) => b - a));
      }
      expect((await prices('q=widget&vendor=brandt&sort=price_desc&perPage=100')).at(-1)).toBe(Infinity);
    });

    test('pages are disjoint and complete in every order', async () => {
      for (const sort of ['relevance', 'name', 'price_asc', 'price_desc']) {
        const pages = await Promise.all(
          [1, 2, 3, 4, 5, 6].map((page) => search(`q=widget&sort=${sort}&perPage=8&page=${page}`)),
        );
        expect(pages.map((page) => page.items.length)).toEqual([8, 8, 8, 8, 8, 0]);
        expect(new Set(pages.flatMap(names)).size).toBe(40);
        expect(new Set(pages.map((page) => page.total))).toEqual(new Set([40]));
      }
    });

    test('sorting by name ignores relevance', async () => {
      const found = names(await search('q=widget&sort=name&perPage=100'));
      expect(found).toEqual(found.toSorted());
      const listed = names(await search('perPage=100'));
      expect(listed).toHaveLength(45);
    });
  });

  if (engine !== 'PostgreSQL') return;
  test.each([
    [2, ''],
    [2, 'q=widget'],
    [2, 'q=widget&category=automation&vendor=sever&inStock=true'],
    [3, 'q=widget&attr.Colour=red&attr.Length.min=3'],
    [3, 'q=widget&currency=RSD'],
    [3, 'q=wigdet'],
    [3, 'q=qqqqzzzz'],
  ])('a search takes at most %i statements (%s)', async (most, query) => {
    expect(await service.countStatements(() => search(query))).toBeLessThanOrEqual(most);
  });
});
