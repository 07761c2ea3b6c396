import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { importCatalog } from '#server/catalog/import/service.ts';
import * as rates from '#server/rates/service.ts';
import type { MemoryIndex } from '#server/search/memory/port.ts';
import { postgresEngine } from '#server/search/postgres.ts';
import { parseSearch, parseText } from '#server/search/rules.ts';
import type { SearchEngine } from '#server/search/port.ts';
import type { SearchQuery } from '#server/search/schema.ts';
import { followMergedProducts } from '#server/solutions/service.ts';
import { start, type TestService } from '../../harness.ts';
import { filledIndex } from './filled-index.ts';

/* The index in memory against PostgreSQL, on the demo catalogue, where PostgreSQL counts everything. */

let service: TestService;
let index: MemoryIndex;
let engine: SearchEngine;
let scale: rates.Scale | null;

beforeAll(async () => {
  service = await start();
  const { db, clock } = service.ctx;
  const directory = join(import.meta.dirname, '../../../db/seed/catalog');
  await importCatalog(service.ctx, directory, { onProductsMerged: followMergedProducts });
  index = await filledIndex(db);
  engine = postgresEngine(db, clock);
  scale = await rates.scaleIn(service.ctx, 'EUR');
}, 120_000);
afterAll(() => service.end());

const texts = [
  '',
  'a',
  'e',
  'm8',
  '5',
  '-',
  '/',
  'cable',
  'cab',
  'abl',
  'sensor',
  'cable sensor',
  'steel',
  'stainless steel',
  'steel bolt m8',
  'motor 24 v',
  '24v',
  'usb-c',
  'ip67',
  '1/2"',
  'đ',
  'kabl',
  'вентил',
  'pump (steel)',
  'service on site',
  'valve brass dn',
  'bearing',
  'contorller',
  'valvee bras',
  'snesor',
  'bering hosing',
  'hydrualic',
  'zzzqqq',
  'cable zzzqqq',
];
const filters: Partial<SearchQuery>[] = [
  {},
  { kind: 'service' },
  { inStock: true },
  { priceMin: '5', priceMax: '80' },
  { priceMax: '40', inStock: true },
  { sort: 'name' },
  { sort: 'price_asc' },
  { sort: 'price_desc', inStock: true },
];

async function same(query: Partial<SearchQuery>): Promise<void> {
  const whole: SearchQuery = { q: '', sort: 'relevance', page: 1, perPage: 20, ...query };
  const prices =
    scale && (query.priceMin ?? query.priceMax) !== undefined
      ? rates.rangesWithin(scale, query.priceMin, query.priceMax)
      : null;
  const wanted = parseSearch(whole, 5_000, prices, 'sr');
  const found = index.find(wanted);
  const truth = await engine.find(wanted);
  expect(found, JSON.stringify(query)).toEqual(truth);
}

describe('the index in memory and PostgreSQL find the same', () => {
  test.each(texts)('for the text "%s" with filters, orders and pages', async (q) => {
    for (const filter of filters) {
      for (const page of [1, 2, 5]) await same({ q, page, ...filter });
    }
  });

  test.each(texts)('for the text "%s" in categories, of vendors and by attributes', async (q) => {
    const { facets } = index.find(parseSearch({ q, sort: 'relevance', page: 1, perPage: 1 }));
    for (const category of [facets.categories.at(0), facets.categories.at(-1)]) {
      if (!category) continue;
      await same({ q, category: category.slugPath });
      const inside = index.find(
        parseSearch({ q, category: category.id, sort: 'relevance', page: 1, perPage: 1 }),
      ).facets;
      await same({ q, category: category.id, page: 2, sort: 'price_asc' });
      for (const vendor of inside.vendors.slice(0, 2)) {
        await same({ q, category: category.id, vendor: vendor.slug });
        await same({ q, vendor: vendor.id, inStock: true, sort: 'price_desc' });
        await same({ q, vendor: [vendor.id, 'nobody'], priceMin: '10', sort: 'price_asc', page: 2 });
      }
      for (const { key, values, range } of inside.attributes.slice(0, 3)) {
        const value = values[0]?.value ?? '';
        await same({ q, category: category.id, [`attr.${key}`]: value });
        await same({
          q,
          kind: 'product',
          [`attr.${key.toUpperCase()}`]: [value, 'x'],
        });
        if (range) await same({ q, [`attr.${key}.min`]: String(range.min), inStock: true });
      }
    }
  });

  test('for whole codes, their beginnings and their parts', async () => {
    const rows = await service.ctx.sql<{ code: string }[]>`
      select code from product_codes order by md5(code) limit 40`;
    for (const { code } of rows) {
      for (const q of [code, code.slice(0, 4), code.slice(1, 6), code.replaceAll(/[^a-z0-9]/g, '')])
        await same({ q });
    }
  });

  test.each([...texts.filter(Boolean), 'val', 'br', 'usb', 'pla', 'm1', '6', 'st bo', 'bolts', 'pumps'])(
    'as suggestions for "%s"',
    async (q) => {
      const typed = parseText(q, 'sr');
      if (typed.words.length === 0) return;
      expect(index.suggest(typed)).toEqual(await engine.suggest(typed));
    },
  );
});
