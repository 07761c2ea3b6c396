import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { liveIndex, nextIndex } from '#server/search/meilisearch/client.ts';
import { indexProducts } from '#server/search/events.ts';
import { type Client, start, type TestService } from '../../harness.ts';
import { type FakeMeilisearch, startMeilisearch } from '../../simulators/meilisearch.ts';
import { createWorld, type World } from '../../world.ts';
import { aRecord, importFiles } from '../import/catalog-files.ts';
import { clear, shelve } from './shelf.ts';

let meili: FakeMeilisearch;
let service: TestService;
let visitor: Client;
let world: World;

beforeAll(async () => {
  meili = await startMeilisearch();
  service = await start({ env: { MEILI_URL: meili.url, MEILI_KEY: meili.key } });
  world = await createWorld(service.ctx.db);
  await shelve(service.ctx.db, [
    { name: 'Resistor 100Ω', code: 'RES-100' },
    { name: 'Решење за складиште', code: 'RSK-1', tags: ['полица'] },
  ]);
  visitor = service.visitor();
  await bringUpToDate();
});
afterAll(async () => {
  await service.end();
  await meili.down();
});
beforeEach(() => {
  meili.searches.length = 0;
});
afterEach(async () => {
  Object.assign(meili, { mood: 'well', failTask: null });
  // Past the rest that the engine takes after a failure.
  service.clock.advance(120_000);
});

async function bringUpToDate() {
  await service.ctx.jobs.enqueue(service.ctx.db, indexProducts, [{}]);
  await service.drain();
}

interface Shown {
  near: boolean;
  total: number;
  items: { id: string; name: string }[];
}
async function search(q: string, more = ''): Promise<Shown> {
  const { status, body } = await visitor.get<Shown>(`/api/products?q=${encodeURIComponent(q)}${more}`);
  expect(status).toBe(200);
  return body;
}
const names = (shown: Shown) => shown.items.map((item) => item.name);
async function suggested(q: string): Promise<string[]> {
  const { status, body } = await visitor.get<{ products: { name: string }[] }>(
    `/api/suggestions?q=${encodeURIComponent(q)}`,
  );
  expect(status).toBe(200);
  return body.products.map((product) => product.name);
}
const documents = () => [...(meili.indexes.get(liveIndex)?.documents.values() ?? [])];

/** Puts wares on the shelf as a writer of the catalogue does: changed after all others. */
async function putOnShelf(...wares: { name: string }[]): Promise<string[]> {
  const ids = await shelve(service.ctx.db, wares);
  await service.ctx.sql`
    update products set updated_at = (select max(updated_at) + interval '1 ms' from products)
    where id = any(${ids}::bigint[])`;
  return ids;
}

/** Letters so far apart that only Meilisearch finds them alike; PostgreSQL's grams don't. */
const far = 'rezistro';
/** Alike for both. */
const close = 'resitor';

describe('near misses', () => {
  test('are those of Meilisearch, as products of PostgreSQL', async () => {
    expect(await search(far)).toMatchObject({ near: true, total: 1, items: [{ name: 'Resistor 100Ω' }] });
    expect(meili.searches).toEqual([{ q: far, matchingStrategy: 'last' }]);
  });

  test('Meilisearch is not asked while something holds every word, nor for an empty text', async () => {
    expect((await search('resist')).near).toBe(false);
    await search('', '&vendor=kovo');
    await search('resist', '&vendor=kovo');
    expect(meili.searches).toEqual([]);
  });

  test('words are folded, and signs of its language are only text', async () => {
    await search('"Рсистро" -полица --x "');
    expect(meili.searches.map(({ q }) => q)).toEqual(['rsistro  polica x']);
  });

  test('codes forgive nothing', async () => {
    expect(names(await search('RES-101', '&perPage=100'))).not.toEqual(['Resistor 100Ω']);
    expect(meili.indexes.get(liveIndex)?.settings.typoTolerance?.disableOnAttributes).toContain('eans');
  });

  test('come in pages', async () => {
    const other = await putOnShelf({ name: 'Resistor 470Ω' });
    await bringUpToDate();
    const pages = await Promise.all([1, 2, 3].map((page) => search(far, `&perPage=1&page=${page}`)));
    expect(pages.map(({ near, total }) => ({ near, total }))).toEqual(
      Array(3).fill({ near: true, total: 2 }),
    );
    expect(pages.flatMap(names).sort()).toEqual(['Resistor 100Ω', 'Resistor 470Ω']);
    await clear(service.ctx.db, other);
  });

  test.each([
    ['vendor=brandt', 1],
    ['vendor=kovo', 0],
    ['category=electrical', 1],
    ['category=automation', 0],
    ['category=nowhere', 0],
    ['kind=service', 0],
    ['priceMin=9&priceMax=11', 1],
    ['priceMax=9', 0],
    ['currency=PLN', 0],
    ['inStock=true', 1],
  ])('keep to the filter %s', async (filter, total) => {
    expect((await search(close, `&${filter}`)).total).toBe(total);
  });
});

describe('suggestions', () => {
  test('forgive typos', async () => {
    expect(await suggested('rsist')).toEqual(['Resistor 100Ω']);
    expect(meili.searches).toEqual([{ q: 'rsist', matchingStrategy: 'all' }]);
  });

  test('begin with codes, then what holds the words, then the rest', async () => {
    expect((await suggested('re')).slice(0, 1)).toEqual(['Resistor 100Ω']);
    expect(await suggested('sistor')).toEqual(['Resistor 100Ω']);
  });
});

describe('statements', () => {
  test.each([far, close, 'resist', 'nothing like it', 'qqqqqqqq'])('at most two for %s', async (q) => {
    expect(await service.countStatements(() => search(q))).toBeLessThanOrEqual(2);
    expect(await service.countStatements(() => suggested(q))).toBe(1);
  });

  test('at most two while Meilisearch fails, or offers nothing that exists', async () => {
    meili.mood = 'broken';
    expect(await service.countStatements(() => search(close))).toBeLessThanOrEqual(2);
  });
});

describe("Meilisearch fails: PostgreSQL's answer in the same request", () => {
  const asPostgres = async () => {
    expect(await search(close)).toMatchObject({ near: true, items: [{ name: 'Resistor 100Ω' }] });
    service.clock.advance(120_000);
    expect(await suggested('resist')).toEqual(['Resistor 100Ω']);
    expect(names(await search('resistor'))).toEqual(['Resistor 100Ω']);
  };

  test.each(['broken', 'talking nonsense'] as const)('%s', async (mood) => {
    meili.mood = mood;
    expect((await search(far)).near).toBe(false);
    service.clock.advance(120_000);
    await asPostgres();
  });

  test('down, and used again when it is back', async () => {
    await meili.down();
    await asPostgres();
    await meili.up();
    service.clock.advance(120_000);
    expect(names(await search(far))).toEqual(['Resistor 100Ω']);
  });

  test('slow: waited for 300 ms, and not again at once', async () => {
    meili.mood = 'slow';
    const timed = async () => {
      const from = performance.now();
      await search(close);
      return performance.now() - from;
    };
    expect(await timed()).toBeGreaterThan(290);
    expect(await timed()).toBeLessThan(290);
    meili.mood = 'well';
    expect((await search(far)).near).toBe(false);
    service.clock.advance(5_001);
    expect((await search(far)).near).toBe(true);
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
      await search(close);
      service.clock.advance(6_000);
    }
    service.ctx.log.warn = warn;
    expect(lines).toHaveLength(2);
    expect(JSON.stringify(lines)).not.toContain(meili.key);
  });
});

describe('only what PostgreSQL holds is shown', () => {
  test('products that are gone, and ids that are none', async () => {
    const [gone = ''] = await putOnShelf({ name: 'Resistor of yesterday' });
    await bringUpToDate();
    await clear(service.ctx.db, [gone]);
    const { documents: held } = meili.indexes.get(liveIndex) ?? {};
    held?.set(7e15, { id: 7e15, nameFolded: 'resistor' }).set(-1, { id: -1, nameFolded: 'resistor' });
    const odd = { id: '1); drop table products' as unknown as number, nameFolded: 'resistor' };
    held?.set(odd.id, odd);
    expect(names(await search(far))).toEqual(['Resistor 100Ω']);
    expect(await suggested('rsisto')).toEqual(['Resistor 100Ω']);
    expect(await service.countStatements(() => search(far))).toBe(2);
  });

  test('when nothing is left of the guess, PostgreSQL answers', async () => {
    const index = meili.indexes.get(liveIndex);
    const ghosts = new Map([[4e9, { id: 4e9, nameFolded: 'resistor' }]]);
    if (index) meili.indexes.set(liveIndex, { ...index, documents: ghosts });
    expect(await service.countStatements(() => search(close))).toBe(2);
    expect(names(await search(close))).toEqual(['Resistor 100Ω']);
    if (index) meili.indexes.set(liveIndex, index);
  });
});

describe('the index is kept current', () => {
  test('it holds what products are found by', async () => {
    const cable = documents().find((document) => String(document.id) === world.products.cable);
    expect(cable).toMatchObject({
      code: 'cab-5',
      name: 'Upravljački kabl 5×0.75 mm²',
      nameFolded: 'upravljacki kabl 5×0.75 mm²',
      vendors: ['brandt industrietechnik', 'wisla automatyka'],
      category: 'electrical > wiring > cable > control cable',
    });
    expect(cable?.skus).toEqual(['bi-c5', 'wa-c5']);
  });

  test('after an import, with what changed only', async () => {
    const files = (name: string) => ({
      vendors: ['acme,Acme'],
      products: [
        aRecord({ sku: 'A-1', name: 'Screwdriver', ean: '4047623402725' }),
        aRecord({ sku: 'A-2', name }),
      ],
    });
    await bringUpToDate();
    await importFiles(service, files('Hammer'));
    let before = meili.documentsTaken;
    await bringUpToDate();
    expect(meili.documentsTaken - before).toBe(2);
    expect(await suggested('scrwedri')).toEqual(['Screwdriver']);

    await importFiles(service, files('Mallet'));
    before = meili.documentsTaken;
    await bringUpToDate();
    expect(meili.documentsTaken - before).toBe(1);
    expect(await suggested('malelt')).toEqual(['Mallet']);

    before = meili.documentsTaken;
    await bringUpToDate();
    expect(meili.documentsTaken - before).toBe(0);
  });

  test('nothing is read while an import is at work', async () => {
    await putOnShelf({ name: 'Half of an import' });
    const before = meili.documentsTaken;
    const sql = await service.ctx.sql.reserve();
    await sql`select pg_advisory_lock(${0x51_0e_20})`;
    await bringUpToDate();
    expect(meili.documentsTaken).toBe(before);
    await sql`select pg_advisory_unlock(${0x51_0e_20})`;
    sql.release();
    await bringUpToDate();
    expect(meili.documentsTaken).toBe(before + 1);
  });

  test('a failed task is no success: the job fails, and what was lacking comes later', async () => {
    await putOnShelf({ name: 'Pushed in vain' });
    meili.failTask = { type: 'documentAdditionOrUpdate', code: 'no_space_left_on_device' };
    await expect(bringUpToDate()).rejects.toThrow('no_space_left_on_device');
    expect(documents().map(({ name }) => name)).not.toContain('Pushed in vain');
    meili.failTask = null;
    await service.drain({ includeLater: true });
    expect(documents().map(({ name }) => name)).toContain('Pushed in vain');
  });

  test('a job fails while it is down, and is retried', async () => {
    await meili.down();
    await expect(bringUpToDate()).rejects.toThrow();
    await meili.up();
    expect(await service.drain({ includeLater: true })).toBe(1);
  });

  test('there is never a second job', async () => {
    for (let i = 0; i < 3; i += 1) await service.ctx.jobs.enqueue(service.ctx.db, indexProducts, [{}]);
    expect(await service.drain()).toBe(1);
  });
});

describe('the index is built anew', () => {
  const isWhole = async () => {
    const [count] = await service.ctx.sql<{ n: number }[]>`select count(*)::int as n from products`;
    expect(documents()).toHaveLength(count?.n ?? 0);
    expect(meili.indexes.has(nextIndex)).toBe(false);
    expect(names(await search(far))).toEqual(['Resistor 100Ω']);
  };

  test.each([
    ['it is lost', () => meili.indexes.delete(liveIndex)],
    ['it is emptied', () => meili.indexes.get(liveIndex)?.documents.clear()],
    [
      'it has other settings',
      () => Object.assign(meili.indexes.get(liveIndex)?.settings ?? {}, { searchableAttributes: ['name'] }),
    ],
  ])('when %s', async (_, damage) => {
    damage();
    await bringUpToDate();
    await isWhole();
  });

  test('when it holds products that are gone', async () => {
    const [gone = ''] = await putOnShelf({ name: 'Merged away' });
    await bringUpToDate();
    await clear(service.ctx.db, [gone]);
    await putOnShelf({ name: 'What it was merged into' });
    await bringUpToDate();
    await isWhole();
  });

  test('the one in use serves until the new one is whole, which goes on after a failure', async () => {
    const index = meili.indexes.get(liveIndex);
    Object.assign(index?.settings ?? {}, { searchCutoffMs: 1 });
    meili.failTask = { type: 'indexSwap', code: 'internal' };
    await expect(bringUpToDate()).rejects.toThrow('indexSwap failed');
    expect(meili.indexes.get(liveIndex)).toBe(index);
    expect(names(await search(far))).toEqual(['Resistor 100Ω']);
    meili.failTask = null;
    const before = meili.documentsTaken;
    await service.drain({ includeLater: true });
    expect(meili.documentsTaken).toBe(before);
    await isWhole();
  });
});

test('a worker looks at once, without being told', async () => {
  meili.indexes.clear();
  await service.ctx.jobs.work();
  await expect.poll(() => documents().length, { timeout: 10_000 }).toBeGreaterThan(0);
  await expect.poll(() => meili.indexes.has(nextIndex), { timeout: 10_000 }).toBe(false);
  await expect
    .poll(async () => {
      const [row] = await service.ctx.sql<{ n: number }[]>`
        select count(*)::int as n from pgboss.job where name = 'index-products' and state in ('created', 'active')`;
      return row?.n;
    })
    .toBe(0);
});
