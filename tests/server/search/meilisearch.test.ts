import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { readConfig } from '#server/platform/config.ts';
import { liveIndex } from '#server/search/meilisearch/client.ts';
import { startBeside, type TestService } from '../../harness.ts';
import type { FakeMeilisearch } from '../../simulators/meilisearch.ts';
import { names, openStand, type Stand } from './meilisearch-stand.ts';
import { clear } from './shelf.ts';

let stand: Stand;
let meili: FakeMeilisearch;
let service: TestService;

beforeAll(async () => {
  stand = await openStand();
  ({ meili, service } = stand);
  stand.calm();
});
afterEach(() => stand.calm());
afterAll(() => stand.close());

/** Letters so far apart that only Meilisearch finds them alike; PostgreSQL's grams don't. */
const far = 'rezistro';
/** Alike for both. */
const close = 'resitor';

describe('near misses', () => {
  test('are those of Meilisearch, as products of PostgreSQL', async () => {
    expect(await stand.search(far)).toMatchObject({
      near: true,
      total: 1,
      items: [{ name: 'Resistor 100Ω' }],
    });
    expect(meili.searches).toEqual([{ q: far, matchingStrategy: 'last' }]);
  });

  test('Meilisearch is not asked while something holds every word, nor for an empty text', async () => {
    expect((await stand.search('resist')).near).toBe(false);
    await stand.search('', '&vendor=kovo');
    await stand.search('resist', '&vendor=kovo');
    expect(meili.searches).toEqual([]);
  });

  test('words are folded, and signs of its language are only text', async () => {
    await stand.search('"Рсистро" -полица --x "');
    expect(meili.searches.map(({ q }) => q)).toEqual(['rsistro  polica x']);
  });

  test('codes forgive nothing', async () => {
    expect(await service.ctx.search.nearMisses('4047623402725')).toHaveLength(1);
    expect(await service.ctx.search.nearMisses('4047623402752')).toEqual([]);
  });

  test('come in pages', async () => {
    const other = await stand.putOnShelf({ name: 'Resistor 470Ω' });
    await stand.bringUpToDate();
    const pages = await Promise.all([1, 2, 3].map((page) => stand.search(far, `&perPage=1&page=${page}`)));
    expect(pages.map(({ near, total }) => ({ near, total }))).toEqual(
      Array(3).fill({ near: true, total: 2 }),
    );
    expect(pages.flatMap(names).sort()).toEqual(['Resistor 100Ω', 'Resistor 470Ω']);
    await clear(service.ctx.db, other);
  });

  describe('keep to the filters, as they are in PostgreSQL', () => {
    let other: string[];
    beforeAll(async () => {
      other = await stand.putOnShelf({
        name: 'Resistor service',
        kind: 'service',
        categoryPath: 'Automation > Drives > Motors > Servo motors',
        offers: [{ vendor: 'wisla', price: '20', currency: 'PLN', stock: 0 }],
      });
      await stand.bringUpToDate();
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
      ['priceMax=10', ['Resistor 100Ω']],
      ['priceMin=15&vendor=wisla', ['Resistor service']],
      ['currency=PLN', ['Resistor service']],
      ['inStock=true', ['Resistor 100Ω']],
      ['inStock=true&vendor=wisla', []],
    ])('%s', async (filter, expected) => {
      const shown = await stand.search(close, `&${filter}`);
      expect(names(shown)).toEqual(expected);
      expect(shown.total).toBe(expected.length);
      expect(meili.searches).toHaveLength(expected.length);
    });
  });
});

describe('suggestions', () => {
  test('forgive typos', async () => {
    expect(await stand.suggested('rsist')).toEqual(['Resistor 100Ω']);
    expect(meili.searches).toEqual([{ q: 'rsist', matchingStrategy: 'all' }]);
  });

  test('begin with codes, then what holds the words, then the rest', async () => {
    expect((await stand.suggested('re')).slice(0, 1)).toEqual(['Resistor 100Ω']);
    expect(await stand.suggested('sistor')).toEqual(['Resistor 100Ω']);
  });
});

describe('statements', () => {
  test.each([far, close, 'resist', 'nothing like it', 'qqqqqqqq'])('at most two for %s', async (q) => {
    expect(await service.countStatements(() => stand.search(q))).toBeLessThanOrEqual(2);
    expect(await service.countStatements(() => stand.suggested(q))).toBe(1);
  });

  test('at most two while Meilisearch fails', async () => {
    meili.mood = 'broken';
    expect(await service.countStatements(() => stand.search(close))).toBeLessThanOrEqual(2);
  });
});

describe("Meilisearch fails: PostgreSQL's answer in the same request", () => {
  const asPostgres = async () => {
    expect(await stand.search(close)).toMatchObject({ near: true, items: [{ name: 'Resistor 100Ω' }] });
    service.clock.advance(120_000);
    expect(await stand.suggested('resist')).toEqual(['Resistor 100Ω']);
    expect(names(await stand.search('resistor'))).toEqual(['Resistor 100Ω']);
  };

  test.each(['broken', 'talking nonsense'] as const)('%s', async (mood) => {
    meili.mood = mood;
    expect((await stand.search(far)).near).toBe(false);
    service.clock.advance(120_000);
    await asPostgres();
  });

  test('down, and used again when it is back', async () => {
    await meili.down();
    await asPostgres();
    await meili.up();
    service.clock.advance(120_000);
    expect(names(await stand.search(far))).toEqual(['Resistor 100Ω']);
  });

  test('slow: waited for 300 ms, and not again at once', async () => {
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
    // On a busy machine one answer more may be late.
    await expect
      .poll(() => {
        service.clock.advance(5_001);
        return isNear(far);
      })
      .toBe(true);
    await hasty.end();
  });

  test('the key is refused', async () => {
    const { key } = meili;
    meili.key = 'another';
    await asPostgres();
    meili.key = key;
  });

  test('the index is missing', async () => {
    const index = meili.indexes.get(liveIndex);
    meili.indexes.delete(liveIndex);
    await asPostgres();
    if (index) meili.indexes.set(liveIndex, index);
  });

  test('logged once a minute, without the key', async () => {
    const lines: unknown[] = [];
    const { warn } = service.ctx.log;
    service.ctx.log.warn = (...line: unknown[]) => void lines.push(line);
    meili.mood = 'broken';
    for (let seconds = 0; seconds < 120; seconds += 6) {
      await stand.search(close);
      service.clock.advance(6_000);
    }
    service.ctx.log.warn = warn;
    expect(lines).toHaveLength(2);
    expect(JSON.stringify(lines)).not.toContain(meili.key);
  });
});

describe('only what PostgreSQL holds is shown', () => {
  test('products that are gone, and ids that are none', async () => {
    const [gone = ''] = await stand.putOnShelf({ name: 'Resistor of yesterday' });
    await stand.bringUpToDate();
    await clear(service.ctx.db, [gone]);
    const { documents: held } = meili.indexes.get(liveIndex) ?? {};
    held?.set(7e15, { id: 7e15, nameFolded: 'resistor' }).set(-1, { id: -1, nameFolded: 'resistor' });
    const odd = { id: '1); drop table products' as unknown as number, nameFolded: 'resistor' };
    held?.set(odd.id, odd);
    expect(names(await stand.search(far))).toEqual(['Resistor 100Ω']);
    expect(await stand.suggested('rsisto')).toEqual(['Resistor 100Ω']);
    expect(await service.countStatements(() => stand.search(far))).toBe(2);
  });

  test('when nothing is left of the guess, PostgreSQL answers', async () => {
    const index = meili.indexes.get(liveIndex);
    const ghosts = new Map([[4e9, { id: 4e9, nameFolded: 'resistor' }]]);
    if (index) meili.indexes.set(liveIndex, { ...index, documents: ghosts });
    expect(await service.countStatements(() => stand.search(close))).toBe(2);
    expect(names(await stand.search(close))).toEqual(['Resistor 100Ω']);
    if (index) meili.indexes.set(liveIndex, index);
  });
});

test('an address that is none is refused at the start', () => {
  const env = { MEILI_URL: 'localhost:7700' };
  expect(() => readConfig(env, 'demo')).toThrow('MEILI_URL');
});
