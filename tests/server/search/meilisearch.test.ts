import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { readConfig } from '#server/platform/config.ts';
import { liveIndex } from '#server/search/meilisearch/client.ts';
import { meilisearch } from '#server/search/meilisearch/engine.ts';
import { startBeside, type TestService } from '../../harness.ts';
import type { FakeMeilisearch } from '../../simulators/meilisearch.ts';
import { names, setUpMeilisearch, type MeilisearchSetup } from './meilisearch-setup.ts';
import { clear } from './shelf.ts';

let setup: MeilisearchSetup;
let meili: FakeMeilisearch;
let service: TestService;

beforeAll(async () => {
  setup = await setUpMeilisearch();
  ({ meili, service } = setup);
  setup.calm();
});
afterEach(() => setup.calm());
afterAll(() => setup.close());

/** Typos that only Meilisearch forgives, not PostgreSQL's trigrams. */
const far = 'rezistro';
/** A typo that both forgive. */
const close = 'resitor';

describe('near misses', () => {
  test('near misses come from Meilisearch, their products from PostgreSQL', async () => {
    expect(await setup.search(far)).toMatchObject({
      near: true,
      total: 1,
      items: [{ name: 'Resistor 100Ω' }],
    });
    expect(meili.searches).toEqual([{ q: far, matchingStrategy: 'last' }]);
  });

  test('Meilisearch is not asked when a product holds every word or the text is empty', async () => {
    expect((await setup.search('resist')).near).toBe(false);
    await setup.search('', '&vendor=kovo');
    await setup.search('resist', '&vendor=kovo');
    expect(meili.searches).toEqual([]);
  });

  test("words are folded, and Meilisearch's operators are plain text", async () => {
    await setup.search('"Рсистро" -полица --x "');
    expect(meili.searches.map(({ q }) => q)).toEqual(['rsistro  polica x']);
  });

  test('typos in codes are not forgiven', async () => {
    const { clock, log } = service.ctx;
    const guesser = meilisearch({ meiliUrl: meili.url, meiliKey: meili.key }, clock, log, 30_000);
    expect(await guesser.nearMisses('4047623402725')).toHaveLength(1);
    expect(await guesser.nearMisses('4047623402752')).toEqual([]);
  });

  test('near misses come in pages', async () => {
    const other = await setup.putOnShelf({ name: 'Resistor 470Ω' });
    await setup.bringUpToDate();
    const pages = await Promise.all([1, 2, 3].map((page) => setup.search(far, `&perPage=1&page=${page}`)));
    expect(pages.map(({ near, total }) => ({ near, total }))).toEqual(
      Array(3).fill({ near: true, total: 2 }),
    );
    expect(pages.flatMap(names).sort()).toEqual(['Resistor 100Ω', 'Resistor 470Ω']);
    await clear(service.ctx.db, other);
  });

  describe('near misses with filters', () => {
    let other: string[];
    beforeAll(async () => {
      other = await setup.putOnShelf({
        name: 'Resistor service',
        kind: 'service',
        categoryPath: 'Automation > Drives > Motors > Servo motors',
        offers: [{ vendor: 'wisla', price: '20', currency: 'PLN', stock: 0 }],
      });
      await setup.bringUpToDate();
    });
    afterAll(() => clear(service.ctx.db, other));

    test.each([
      ['vendor=brandt', ['Resistor 100Ω']],
      ['vendor=wisla', ['Resistor service']],
      ['vendor=kovo', []],
      ['category=electrical', ['Resistor 100Ω']],
      ['category=automation/drives', ['Resistor service']],
      ['category=auto', []],
      ['kind=product', ['Resistor 100Ω']],
      ['kind=service', ['Resistor service']],
      ['priceMin=5', ['Resistor 100Ω']],
      ['priceMax=5&vendor=wisla', ['Resistor service']],
      ['priceMax=20&currency=PLN', ['Resistor service']],
      ['inStock=true', ['Resistor 100Ω']],
      ['inStock=true&vendor=wisla', []],
    ])('near misses respect the filter %s', async (filter, expected) => {
      const shown = await setup.search(close, `&${filter}`);
      expect(names(shown)).toEqual(expected);
      expect(shown.total).toBe(expected.length);
      expect(meili.searches).toHaveLength(1);
    });
  });
});

describe('suggestions', () => {
  test('suggestions forgive typos', async () => {
    expect(await setup.suggested('rsist')).toEqual(['Resistor 100Ω']);
    expect(meili.searches).toEqual([{ q: 'rsist', matchingStrategy: 'all' }]);
  });

  test('suggestions list codes first, then names that hold the words, then the rest', async () => {
    expect((await setup.suggested('re')).slice(0, 1)).toEqual(['Resistor 100Ω']);
    expect(await setup.suggested('sistor')).toEqual(['Resistor 100Ω']);
  });
});

describe('statements', () => {
  test.each([
    ['resist', 2],
    [far, 3],
    [close, 3],
    ['nothing like it', 3],
    ['qqqqqqqq', 3],
  ])('a search for %s takes at most %i statements', async (q, most) => {
    // So that what is kept from before the last change of the catalogue isn't compared.
    await setup.search(q);
    expect(await service.countStatements(() => setup.search(q))).toBeLessThanOrEqual(most);
    expect(await service.countStatements(() => setup.suggested(q))).toBe(1);
  });

  test('a search without a match takes no more statements while Meilisearch fails', async () => {
    meili.mood = 'broken';
    expect(await service.countStatements(() => setup.search(close))).toBeLessThanOrEqual(3);
  });
});

describe('a failing Meilisearch', () => {
  const asPostgres = async () => {
    expect(await setup.search(close)).toMatchObject({ near: true, items: [{ name: 'Resistor 100Ω' }] });
    service.clock.advance(120_000);
    expect(await setup.suggested('resist')).toEqual(['Resistor 100Ω']);
    expect(names(await setup.search('resistor'))).toEqual(['Resistor 100Ω']);
  };

  test.each(['broken', 'talking nonsense'] as const)(
    'PostgreSQL answers while Meilisearch is %s',
    async (mood) => {
      meili.mood = mood;
      expect((await setup.search(far)).near).toBe(false);
      service.clock.advance(120_000);
      await asPostgres();
    },
  );

  test('Meilisearch is used again when it is back', async () => {
    await meili.down();
    await asPostgres();
    await meili.up();
    service.clock.advance(120_000);
    expect(names(await setup.search(far))).toEqual(['Resistor 100Ω']);
  });

  test('a slow Meilisearch is waited for once, for 300 ms', async () => {
    const hasty = await startBeside(service);
    const visitor = hasty.visitor();
    const isNear = async (q: string) => (await visitor.get(`/api/products?q=${q}`)).body.near as boolean;
    meili.mood = 'slow';
    const before = meili.asked;
    const began = performance.now();
    expect(await isNear(close)).toBe(true);
    expect(performance.now() - began).toBeGreaterThan(290);
    expect(await isNear(close)).toBe(true);
    expect(meili.asked - before).toBe(1);
    meili.mood = 'well';
    expect(await isNear(far)).toBe(false);
    expect(meili.asked - before).toBe(1);
    // On a busy machine, another answer may be late.
    await expect
      .poll(() => {
        service.clock.advance(5_001);
        return isNear(far);
      })
      .toBe(true);
    await hasty.end();
  });

  test('PostgreSQL answers when Meilisearch rejects the key', async () => {
    const { key } = meili;
    meili.key = 'another';
    await asPostgres();
    meili.key = key;
  });

  test('PostgreSQL answers when the index is missing', async () => {
    const index = meili.indexes.get(liveIndex);
    meili.indexes.delete(liveIndex);
    await asPostgres();
    if (index) meili.indexes.set(liveIndex, index);
  });

  test('failures are logged once a minute, without the key', async () => {
    const lines: unknown[] = [];
    const { warn } = service.ctx.log;
    service.ctx.log.warn = (...line: unknown[]) => void lines.push(line);
    meili.mood = 'broken';
    for (let seconds = 0; seconds < 120; seconds += 6) {
      await setup.search(close);
      service.clock.advance(6_000);
    }
    service.ctx.log.warn = warn;
    expect(lines).toHaveLength(2);
    expect(JSON.stringify(lines)).not.toContain(meili.key);
  });
});

describe("guesses that PostgreSQL doesn't confirm", () => {
  test('deleted products and malformed ids are left out', async () => {
    const [gone = ''] = await setup.putOnShelf({ name: 'Resistor of yesterday' });
    await setup.bringUpToDate();
    await clear(service.ctx.db, [gone]);
    const { documents: held } = meili.indexes.get(liveIndex) ?? {};
    held?.set(7e15, { id: 7e15, nameFolded: 'resistor' }).set(-1, { id: -1, nameFolded: 'resistor' });
    const odd = { id: '1); drop table products' as unknown as number, nameFolded: 'resistor' };
    held?.set(odd.id, odd);
    expect(names(await setup.search(far))).toEqual(['Resistor 100Ω']);
    expect(await setup.suggested('rsisto')).toEqual(['Resistor 100Ω']);
    expect(await service.countStatements(() => setup.search(far))).toBe(3);
  });

  test('PostgreSQL answers when it confirms none of the guesses', async () => {
    const index = meili.indexes.get(liveIndex);
    const ghosts = new Map([[4e9, { id: 4e9, nameFolded: 'resistor' }]]);
    if (index) meili.indexes.set(liveIndex, { ...index, documents: ghosts });
    await setup.search(close);
    expect(await service.countStatements(() => setup.search(close))).toBe(3);
    expect(names(await setup.search(close))).toEqual(['Resistor 100Ω']);
    if (index) meili.indexes.set(liveIndex, index);
  });
});

test('a malformed MEILI_URL is rejected at start', () => {
  const env = { MEILI_URL: 'localhost:7700' };
  expect(() => readConfig(env, 'demo')).toThrow('MEILI_URL');
});
