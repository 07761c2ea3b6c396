import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { indexProducts } from '#server/search/events.ts';
import { searchMetrics } from '#server/search/metrics.ts';
import { liveIndex, nextIndex } from '#server/search/meilisearch/client.ts';
import type { TestService } from '../../harness.ts';
import type { FakeMeilisearch } from '../../simulators/meilisearch.ts';
import { aRecord, importFiles } from '../import/catalog-files.ts';
import { names, setUpMeilisearch, type MeilisearchSetup } from './meilisearch-setup.ts';

let setup: MeilisearchSetup;
let meili: FakeMeilisearch;
let service: TestService;

beforeAll(async () => {
  setup = await setUpMeilisearch();
  ({ meili, service } = setup);
});
afterEach(() => setup.calm());
afterAll(() => setup.close());

/** Two typos, which only Meilisearch forgives. */
const far = 'rezistro';

describe('keeping the index current', () => {
  test('the index holds every text that products are found by', async () => {
    const cable = setup.documents().find((document) => String(document.id) === setup.world.products.cable);
    expect(cable).toMatchObject({
      code: 'cab-5',
      name: 'Upravljački kabl 5×0.75 mm²',
      nameFolded: 'upravljacki kabl 5×0.75 mm2',
      vendors: ['brandt industrietechnik', 'wisla automatyka'],
      category: 'electrical > wiring > cable > control cable',
    });
    expect(cable?.skus).toEqual(['bi-c5', 'wa-c5']);
  });

  test('the index gets only the changes of an import', async () => {
    const files = (name: string) => ({
      vendors: ['acme,Acme'],
      products: [
        aRecord({ sku: 'A-1', name: 'Screwdriver', ean: '4047623402725' }),
        aRecord({ sku: 'A-2', name }),
      ],
    });
    meili.indexes.delete(liveIndex);
    await setup.bringUpToDate();
    await importFiles(service, files('Hammer'));
    let before = meili.documentsTaken;
    await setup.bringUpToDate();
    expect(meili.documentsTaken - before).toBe(2);
    expect((await setup.suggested('scrwedri'))[0]).toBe('Screwdriver');

    await importFiles(service, files('Mallet'));
    before = meili.documentsTaken;
    await setup.bringUpToDate();
    expect(meili.documentsTaken - before).toBe(1);
    expect(await setup.suggested('malelt')).toEqual(['Mallet']);

    before = meili.documentsTaken;
    await setup.bringUpToDate();
    expect(meili.documentsTaken - before).toBe(0);
  });

  test('indexing reads nothing while an import runs', async () => {
    await setup.putOnShelf({ name: 'Half of an import' });
    const before = meili.documentsTaken;
    const sql = await service.ctx.sql.reserve();
    await sql`select pg_advisory_lock(${0x51_0e_20})`;
    await setup.bringUpToDate();
    expect(meili.documentsTaken).toBe(before);
    await sql`select pg_advisory_unlock(${0x51_0e_20})`;
    sql.release();
    await setup.bringUpToDate();
    expect(meili.documentsTaken).toBe(before + 1);
  });

  test('a failed Meilisearch task fails the job, and the next job makes up for it', async () => {
    await setup.putOnShelf({ name: 'Pushed in vain' });
    meili.failTask = { type: 'documentAdditionOrUpdate', code: 'no_space_left_on_device' };
    await expect(setup.bringUpToDate()).rejects.toThrow('no_space_left_on_device');
    expect(setup.documents().map(({ name }) => name)).not.toContain('Pushed in vain');
    meili.failTask = null;
    await service.drain({ includeLater: true });
    expect(setup.documents().map(({ name }) => name)).toContain('Pushed in vain');
  });

  test('a job fails while Meilisearch is down and is retried', async () => {
    await meili.down();
    await expect(setup.bringUpToDate()).rejects.toThrow();
    await meili.up();
    expect(await service.drain({ includeLater: true })).toBe(1);
  });

  test('the metrics show for how long the oldest change waits to be indexed, and whether Meilisearch answers', async () => {
    const figures = async () => {
      const text = await (await fetch(`${service.url}/metrics`)).text();
      return text.split('\n').filter((line) => line.startsWith('quoteline_meilisearch_'));
    };
    await setup.bringUpToDate();
    expect(await figures()).toEqual(['quoteline_meilisearch_up 1', 'quoteline_meilisearch_lag_seconds 0']);

    const [first] = await setup.putOnShelf({ name: 'Waits longer' });
    await setup.putOnShelf({ name: 'Waits too' });
    const [row] = await service.ctx.sql<
      { at: Date }[]
    >`select updated_at as at from products where id = ${first ?? ''}`;
    service.clock.set(new Date((row?.at.getTime() ?? 0) + 90_000));
    expect(await figures()).toContain('quoteline_meilisearch_lag_seconds 90');
    await setup.bringUpToDate();
    expect(await figures()).toContain('quoteline_meilisearch_lag_seconds 0');

    meili.mood = 'broken';
    expect(await figures()).toEqual(['quoteline_meilisearch_up 0']);
  });

  test('the metrics do not take an error of the database for one of Meilisearch', async () => {
    const db = new Proxy(service.ctx.db, {
      get: () => () => Promise.reject(new Error('no database')),
    });
    await expect(searchMetrics({ ...service.ctx, db })).rejects.toThrow('no database');
  });

  test('there is never a second indexing job', async () => {
    for (let i = 0; i < 3; i += 1) await service.ctx.jobs.enqueue(service.ctx.db, indexProducts, [{}]);
    expect(await service.drain()).toBe(1);
  });
});

describe('rebuilding the index', () => {
  const isWhole = async () => {
    const [count] = await service.ctx.sql<{ n: number }[]>`select count(*)::int as n from products`;
    expect(setup.documents()).toHaveLength(count?.n ?? 0);
    expect(meili.indexes.has(nextIndex)).toBe(false);
    expect(names(await setup.search(far))).toEqual(['Resistor 100Ω']);
  };

  test.each([
    ['it is lost', () => meili.indexes.delete(liveIndex)],
    ['it is emptied', () => meili.indexes.get(liveIndex)?.documents.clear()],
    [
      'it has other settings',
      () => Object.assign(meili.indexes.get(liveIndex)?.settings ?? {}, { searchableAttributes: ['name'] }),
    ],
  ])('the index is rebuilt when %s', async (_, damage) => {
    damage();
    await setup.bringUpToDate();
    await isWhole();
  });

  test('the index is rebuilt when it holds products that an import merged', async () => {
    const records = (product: string | undefined) => ({
      vendors: ['joiner,Joiner'],
      products: ['J-1', 'J-2'].map((sku) =>
        aRecord({ sku, vendor: 'joiner', name: `Joined ${sku}`, product }),
      ),
    });
    await importFiles(service, records(undefined));
    await setup.bringUpToDate();
    await isWhole();
    const before = setup.documents().length;
    await importFiles(service, records('one'));
    await setup.bringUpToDate();
    expect(setup.documents()).toHaveLength(before - 1);
    await isWhole();
  });

  test('the old index serves until the new one is complete, and a failed rebuild resumes', async () => {
    const index = meili.indexes.get(liveIndex);
    Object.assign(index?.settings ?? {}, { searchCutoffMs: 1 });
    meili.failTask = { type: 'indexSwap', code: 'internal' };
    await expect(setup.bringUpToDate()).rejects.toThrow('indexSwap failed');
    expect(meili.indexes.get(liveIndex)).toBe(index);
    expect(names(await setup.search(far))).toEqual(['Resistor 100Ω']);
    meili.failTask = null;
    const before = meili.documentsTaken;
    await service.drain({ includeLater: true });
    expect(meili.documentsTaken).toBe(before);
    await isWhole();
  });
});

test('a worker checks the index at its start', async () => {
  meili.indexes.clear();
  await service.ctx.jobs.work();
  await expect.poll(() => setup.documents().length).toBeGreaterThan(0);
  await expect.poll(() => meili.indexes.has(nextIndex)).toBe(false);
  await expect
    .poll(async () => {
      const [row] = await service.ctx.sql<{ n: number }[]>`
        select count(*)::int as n from pgboss.job where name = 'index-products' and state in ('created', 'active')`;
      return row?.n;
    })
    .toBe(0);
});
