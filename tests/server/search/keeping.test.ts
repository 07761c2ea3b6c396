import { sql } from 'drizzle-orm';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { forgetCatalogChanges } from '#server/catalog/queries.ts';
import type { SearchQuery, SearchResult } from '#server/search/schema.ts';
import { search } from '#server/search/service.ts';
import { start, type TestService } from '../../harness.ts';
import { createWorld } from '../../world.ts';
import { shelve, type Ware } from './shelf.ts';

const statements: string[] = [];
const service: TestService = await start({ onStatement: (text) => statements.push(text) });
await createWorld(service.ctx.db);
afterAll(() => service.end());

const lamps = (count: number, from = 0): Ware[] =>
  Array.from({ length: count }, (_, i) => ({ name: `Lamp ${'long '.repeat(i + from)}` }));

function find(query: Partial<SearchQuery>, cap?: number): Promise<SearchResult> {
  const wanted = { q: 'lamp', sort: 'relevance', page: 1, perPage: 5, ...query } as const;
  return search(service.ctx, wanted, cap === undefined ? {} : { cap });
}

const countings = () => statements.filter((text) => text.includes('vendor_facet')).length;

async function emptyShelf(): Promise<void> {
  const ofLamps = sql`product_id in (select id from products where name_folded like 'lamp%')`;
  await service.ctx.db.execute(sql`delete from offers where ${ofLamps}`);
  await service.ctx.db.execute(sql`delete from product_codes where ${ofLamps}`);
  await service.ctx.db.execute(sql`delete from products where name_folded like 'lamp%'`);
}

beforeEach(async () => {
  // Past the time for which answers are kept whatever changes.
  service.clock.advance(31_000);
  await emptyShelf();
  await shelve(service.ctx.db, lamps(12));
  statements.length = 0;
});

describe('a search that was made before', () => {
  test('another page and another order bring the same facets without counting again', async () => {
    const first = await find({});
    const second = await find({ page: 2 });
    const byName = await find({ sort: 'name' });
    const codes = [...first.items, ...second.items].map(({ code }) => code);
    expect(new Set(codes).size).toBe(10);
    expect(byName.items).toHaveLength(5);
    for (const again of [second, byName]) {
      expect(again).toMatchObject({ total: 12, totalIsFloor: false, near: false, facets: first.facets });
    }
    expect(countings()).toBe(1);
  });

  test('another filter, language or text counts by itself', async () => {
    await find({});
    await find({ kind: 'product' });
    await find({ q: 'lam' });
    await search(service.ctx, { q: 'lamp', sort: 'relevance', page: 1, perPage: 5 }, { locale: 'sr' });
    expect(countings()).toBe(4);
  });

  test('the same search by many callers at once is made once', async () => {
    const found = await Promise.all(Array.from({ length: 6 }, () => find({})));
    expect(new Set(found.map(({ total }) => total))).toEqual(new Set([12]));
    expect(countings()).toBe(1);
  });

  test('a product that came or went since counts at once', async () => {
    await find({});
    await shelve(service.ctx.db, lamps(1, 12));
    expect(await find({ page: 2 })).toMatchObject({ total: 13, facets: { inStock: 13 } });
    await service.ctx.db.execute(sql`update offers set stock = 0`);
    expect(await find({})).toMatchObject({ total: 13, facets: { inStock: 0 } });
    await emptyShelf();
    expect(await find({})).toMatchObject({ total: 0, items: [] });
  });

  test('a change that is committed after a later one counts', async () => {
    const held = service.ctx.db.transaction(async (tx) => {
      await shelve(tx, lamps(1, 12));
      await service.ctx.db.execute(sql`insert into catalog_changes default values`);
      expect(await find({})).toMatchObject({ total: 12 });
    });
    await held;
    expect(await find({})).toMatchObject({ total: 13 });
  });

  test('forgetting the notes of old changes brings no former state back', async () => {
    const { db } = service.ctx;
    await db.execute(sql`update catalog_changes set at = now() - interval '2 hours'`);
    await forgetCatalogChanges(db);
    await find({});
    await shelve(db, lamps(1, 12));
    // Notes stay while a transaction runs that began before, also in another database of the server.
    await expect
      .poll(async () => {
        await db.execute(sql`insert into catalog_changes default values`);
        await db.execute(sql`update catalog_changes set at = now() - interval '2 hours'`);
        await forgetCatalogChanges(db);
        const [left] = await db.execute(sql`select count(*)::int as count from catalog_changes`);
        return left;
      })
      .toEqual({ count: 1 });
    expect(await find({})).toMatchObject({ total: 13 });
  });
});

describe('a search with more matches than the cap', () => {
  const cap = 10;

  test('its answers may be 30 seconds old, and no older', async () => {
    await find({}, cap);
    await shelve(service.ctx.db, lamps(1, 12));
    service.clock.advance(29_000);
    expect(await find({}, cap)).toMatchObject({ total: 12 });
    service.clock.advance(2_000);
    expect(await find({}, cap)).toMatchObject({ total: 13 });
  });

  test('a page of it that was shown before takes no search', async () => {
    const first = await find({}, cap);
    statements.length = 0;
    expect((await find({}, cap)).items).toEqual(first.items);
    expect(statements.filter((text) => text.includes('candidates'))).toEqual([]);
  });

  test('products deleted since are left out', async () => {
    const first = await find({}, cap);
    await emptyShelf();
    expect(first.items).toHaveLength(5);
    expect((await find({}, cap)).items).toEqual([]);
  });
});
