import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { SearchQuery } from '#server/search/schema.ts';
import { search } from '#server/search/service.ts';
import { start, type TestService } from '../../harness.ts';
import { createWorld } from '../../world.ts';
import { shelve } from './shelf.ts';

const cap = 10;
/** Up to this many are counted and ranked. */
const reach = 50;
let service: TestService;
const ids: Record<'exact' | 'begun' | 'named', string> = { exact: '', begun: '', named: '' };

beforeAll(async () => {
  service = await start();
  await createWorld(service.ctx.db);
  // Products that come first in any scan and have the word only as a tag, then those that must not be cut off.
  const tagged = times(57, (i) => ({
    name: `Aaa ${String(i).padStart(2, '0')}`,
    tags: ['zx81'],
    offers: [{ vendor: 'brandt', price: `${100 - i}` }],
  }));
  const some = times(25, (i) => ({ name: `Aaa ${'long '.repeat(25 - i)}zx82` }));
  const many = times(60, (i) => ({ name: `Aaa ${'long '.repeat(60 - i)}szx83` }));
  const [named = '', begun = '', exact = ''] = (
    await shelve(service.ctx.db, [
      ...tagged,
      ...some,
      { name: 'Bbb szx82s' },
      ...many,
      { name: 'Zzz zx83 of medium length' },
      { name: 'Zzz zx81 holder' },
      { name: 'Zzz begun', code: 'ZX81-B' },
      { name: 'Zzz exact', code: 'ZX81', offers: [{ vendor: 'sever', price: '1', currency: 'EUR' }] },
    ])
  ).slice(-3);
  Object.assign(ids, { named, begun, exact });
});
afterAll(() => service.end());

const times = <T>(count: number, make: (index: number) => T): T[] =>
  Array.from({ length: count }, (_, i) => make(i));

function find(query: Partial<SearchQuery>) {
  return search(service.ctx, { q: 'zx81', sort: 'relevance', page: 1, perPage: 5, ...query }, { cap });
}

describe('results beyond the cap', () => {
  test('the total is exact beyond the cap, and a lower bound where matches are too many to rank', async () => {
    expect(await find({ q: 'zx82' })).toMatchObject({
      total: 26,
      totalIsFloor: false,
      facets: { isFloor: true },
    });
    expect(await find({})).toMatchObject({ total: reach, totalIsFloor: true, facets: { isFloor: true } });
  });

  test('exact codes, beginnings of codes and names still come first', async () => {
    const { items } = await find({});
    expect(items.slice(0, 3).map((item) => item.id)).toEqual([ids.exact, ids.begun, ids.named]);
  });

  test.each([
    ['zx81', reach],
    ['zx82', 26],
    ['zx83', reach],
  ])('pages of %s are disjoint, and the last page of the total exists', async (q, total) => {
    const last = Math.ceil(total / 5);
    const pages = await Promise.all(times(last + 1, (i) => find({ q, page: i + 1 })));
    expect(pages.map((page) => page.items.length)).toEqual([...times(last - 1, () => 5), total % 5 || 5, 0]);
    expect(new Set(pages.flatMap((page) => page.items.map((item) => item.id))).size).toBe(total);
  });

  test.each([['zx82'], ['zx83']])('whole words come before parts, then shorter names, of %s', async (q) => {
    const pages = await Promise.all(times(10, (i) => find({ q, page: i + 1 })));
    const names = pages.flatMap((page) => page.items.map((item) => item.name));
    const isPart = (name: string) => name.includes(`s${q}`);
    expect(names).toEqual(
      names.toSorted((a, b) => Number(isPart(a)) - Number(isPart(b)) || a.length - b.length),
    );
    expect([isPart(names[0] ?? ''), isPart(names.at(-1) ?? '')]).toEqual([false, true]);
  });

  test('the last page of the whole catalogue, of a category and of a vendor exists in every order', async () => {
    for (const filter of [{}, { category: 'electrical' }, { vendor: 'brandt' }]) {
      for (const sort of ['relevance', 'name', 'price_asc', 'price_desc'] as const) {
        const query = { q: '', sort, ...filter };
        const { total, totalIsFloor } = await find(query);
        expect([total > reach, totalIsFloor]).toEqual([true, false]);
        const { items } = await find({ ...query, page: Math.ceil(total / 5) });
        expect(items).toHaveLength(total % 5 || 5);
      }
    }
  });

  test('the cheapest products come first, page after page', async () => {
    const pages = await Promise.all([1, 2, 3, 4, 5, 6, 7].map((page) => find({ page, sort: 'price_asc' })));
    const prices = pages.flatMap((page) => page.items.map((item) => Number(item.offers[0]?.price?.amount)));
    expect(prices).toHaveLength(35);
    expect(prices).toEqual(prices.toSorted((a, b) => a - b));
  });

  test('a filter that leaves fewer than the cap counts exactly', async () => {
    const result = await find({ vendor: 'sever' });
    expect(result).toMatchObject({ total: 1, totalIsFloor: false });
    // The facet also counts the other vendors, whose products exceed the cap.
    expect(result.facets.isFloor).toBe(true);
    expect(result.facets.vendors[0]).toMatchObject({ slug: 'sever', count: 1 });
  });

  test('browsing without words uses the counts that the catalogue maintains', async () => {
    const result = await find({ q: '', category: 'electrical', perPage: 20, page: 2 });
    expect(result).toMatchObject({ total: 148, totalIsFloor: false });
    expect(result.items).toHaveLength(20);
    expect(result.facets.categories.find((one) => one.slugPath === 'electrical/wiring')?.count).toBe(148);
  });
});
