import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import type { SearchResult, Suggestions } from '#server/search/schema.ts';
import { findFreePort } from '../../../scripts/pg.ts';
import { type Beside, start, startBeside, type TestService } from '../../harness.ts';
import { type SearchProcess, startSearchProcess } from '../../search-process.ts';
import { createWorld } from '../../world.ts';
import { shelve } from './shelf.ts';

let service: TestService;
let beside: Beside;
let searching: SearchProcess;

beforeAll(async () => {
  const port = await findFreePort();
  service = await start({ env: { SEARCH_URL: `http://127.0.0.1:${port}` }, searchTimeoutMs: 5_000 });
  await createWorld(service.ctx.db);
  await shelve(service.ctx.db, [{ name: 'Lantern of brass' }, { name: 'Lantern of tin' }]);
  beside = await startBeside(service);
  searching = await startSearchProcess(service.config.databaseUrl, port);
});
afterAll(async () => {
  await searching.end();
  await beside.end();
  await service.end();
});
// Past the pause after a failure.
beforeEach(() => service.clock.advance(6_000));

async function names(q: string, from: Pick<TestService, 'visitor'> = service): Promise<string[]> {
  const { status, body } = await from.visitor().get<SearchResult>(`/api/products?q=${encodeURIComponent(q)}`);
  expect(status).toBe(200);
  return body.items.map(({ name }) => name);
}

/** Returns how many searches and suggestions the process has answered. */
async function answers(): Promise<number> {
  return (
    (await searching.measure(String.raw`quoteline_search_index_requests_total\{answer="answered"\}`)) || 0
  );
}

/** Returns how often PostgreSQL answered instead, by reason. */
function fallbacks({ ctx }: Pick<TestService, 'ctx'> = service): Record<string, number> {
  const samples = ctx.search.metrics?.().flatMap((metric) => metric.samples) ?? [];
  return Object.fromEntries(samples.map(({ labels, value }) => [labels?.['kind'], value]));
}

async function rename(id: string, name: string): Promise<void> {
  const folded = name.toLowerCase();
  await service.ctx.db.execute(sql`
    update products set name = ${name}, name_folded = ${folded}, search_text = ${folded} where id = ${id}::bigint`);
}

describe('the search process', () => {
  test('answers the searches and suggestions of several services', async () => {
    const before = await answers();
    for (const from of [service, beside]) {
      expect(await names('lantern', from)).toEqual(['Lantern of tin', 'Lantern of brass']);
      const { body } = await from.visitor().get<Suggestions>('/api/suggestions?q=lant');
      expect(body.products.map(({ name }) => name)).toEqual(['Lantern of tin', 'Lantern of brass']);
    }
    expect(await answers()).toBe(before + 4);
  });

  test('finds at once what was committed before a search', async () => {
    const before = await answers();
    const [id = ''] = await shelve(service.ctx.db, [{ name: 'Torch' }]);
    for (let turn = 0; turn < 20; turn += 1) {
      await rename(id, `Torch${turn}`);
      expect(await names(`torch${turn}`)).toEqual([`Torch${turn}`]);
    }
    expect(await answers()).toBeGreaterThan(before);
  });

  test('shows no product once its only offer is withdrawn', async () => {
    const [id = ''] = await shelve(service.ctx.db, [{ name: 'Sconce' }]);
    expect(await names('sconce')).toEqual(['Sconce']);
    await service.ctx.db.transaction(async (tx) => {
      await tx.execute(sql`update offers set withdrawn_at = now() where product_id = ${id}::bigint`);
      await tx.execute(sql`update products set offered = false where id = ${id}::bigint`);
    });
    expect(await names('sconce')).toEqual([]);
    const { body } = await service.visitor().get<Suggestions>('/api/suggestions?q=sconce');
    expect(body.products).toEqual([]);
  });

  test('is replaced by PostgreSQL when it is killed, and used again when it is back', async () => {
    await searching.kill();
    expect(await names('lantern')).toHaveLength(2);
    const [id = ''] = await shelve(service.ctx.db, [{ name: 'Candle' }]);
    expect(await names('candle')).toEqual(['Candle']);
    expect(fallbacks()).toMatchObject({ failed: 1, paused: 1 });
    await searching.begin();
    await rename(id, 'Taper');
    await vi.waitFor(async () => {
      service.clock.advance(6_000);
      const before = await answers();
      expect(await names('taper')).toEqual(['Taper']);
      expect(await answers()).toBe(before + 1);
    }, 20_000);
  });

  test('is replaced by PostgreSQL while it hangs', async () => {
    searching.freeze();
    try {
      expect(await names('lantern')).toHaveLength(2);
    } finally {
      searching.thaw();
    }
    await vi.waitFor(async () => {
      service.clock.advance(6_000);
      const before = await answers();
      await names('lantern');
      expect(await answers()).toBe(before + 1);
    }, 20_000);
  });

  test('ends with 0 at SIGTERM', async () => {
    expect(await searching.end()).toBe(0);
    await searching.begin();
  });
});
