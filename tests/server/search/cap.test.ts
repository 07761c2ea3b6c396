import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { SearchQuery } from '#server/search/schema.ts';
import { search } from '#server/search/service.ts';
import { start, type TestService } from '../../harness.ts';
import { createWorld } from '../../world.ts';
import { shelve } from './shelf.ts';

const cap = 10;
let service: TestService;
const ids: Record<'exact' | 'begun' | 'named', string> = { exact: '', begun: '', named: '' };

beforeAll(async () => {
  service = await start();
  await createWorld(service.ctx.db);
  // Thirty products that come first in any scan and have the word only as a tag, then those that must not be cut off.
  const crowd = Array.from({ length: 30 }, (_, i) => ({
    name: `Aaa ${String(i).padStart(2, '0')}`,
    tags: ['zx81'],
    offers: [{ vendor: 'brandt', price: `${100 - i}` }],
  }));
  const [named = '', begun = '', exact = ''] = (
    await shelve(service.ctx.db, [
      ...crowd,
      { name: 'Zzz zx81 holder' },
      { name: 'Zzz begun', code: 'ZX81-B' },
      { name: 'Zzz exact', code: 'ZX81', offers: [{ vendor: 'sever', price: '1', currency: 'EUR' }] },
    ])
  ).slice(-3);
  Object.assign(ids, { named, begun, exact });
});
afterAll(() => service.end());

function find(query: Partial<SearchQuery>) {
  return search(service.ctx, { q: 'zx81', sort: 'relevance', page: 1, perPage: 5, ...query }, { cap });
}

describe('results beyond the cap', () => {
  test('the total beyond the cap is marked as a lower bound', async () => {
    expect(await find({})).toMatchObject({ total: cap, totalIsFloor: true, facets: { isFloor: true } });
  });

  test('exact codes, beginnings of codes and names still come first', async () => {
    const { items } = await find({});
    expect(items.slice(0, 3).map((item) => item.id)).toEqual([ids.exact, ids.begun, ids.named]);
  });

  test('pages are disjoint and end at the cap', async () => {
    const pages = await Promise.all([1, 2, 3].map((page) => find({ page })));
    expect(pages.map((page) => page.items.length)).toEqual([5, 5, 0]);
    expect(new Set(pages.flatMap((page) => page.items.map((item) => item.id))).size).toBe(cap);
  });

  test('the cheapest products come first, page after page', async () => {
    const pages = await Promise.all([1, 2, 3, 4, 5, 6, 7].map((page) => find({ page, sort: 'price_asc' })));
    const prices = pages.flatMap((page) => page.items.map((item) => Number(item.offers[0]?.price?.amount)));
    expect(prices).toHaveLength(33);
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
    expect(result).toMatchObject({ total: 34, totalIsFloor: false });
    expect(result.items).toHaveLength(14);
    expect(result.facets.categories.find((one) => one.slugPath === 'electrical/wiring')?.count).toBe(34);
  });
});
