import { expect } from 'vitest';
import { indexProducts } from '#server/search/events.ts';
import { liveIndex } from '#server/search/meilisearch/client.ts';
import { start, stillClock, type TestService } from '../../harness.ts';
import { type FakeMeilisearch, startMeilisearch } from '../../simulators/meilisearch.ts';
import type { IndexDocument } from '../../simulators/meilisearch-matching.ts';
import { createWorld, type World } from '../../world.ts';
import { shelve, type Ware } from './shelf.ts';

/** A service with a fake Meilisearch, whose index holds the cast's products and two more. */
export interface MeilisearchSetup {
  meili: FakeMeilisearch;
  service: TestService;
  world: World;
  search(q: string, more?: string): Promise<Shown>;
  /** Returns the names of the suggested products. */
  suggested(q: string): Promise<string[]>;
  /** Returns the documents of the live index. */
  documents(): IndexDocument[];
  /** Runs the job that keeps the index current. */
  bringUpToDate(): Promise<void>;
  /** Adds products as an import does, with the newest time of change. */
  putOnShelf(...wares: Ware[]): Promise<string[]>;
  /** Ends all failures, and the pause that the engine makes after one. */
  calm(): void;
  close(): Promise<void>;
}

export interface Shown {
  near: boolean;
  total: number;
  items: { id: string; name: string }[];
}

export const names = (shown: Shown): string[] => shown.items.map((item) => item.name);

export async function setUpMeilisearch(): Promise<MeilisearchSetup> {
  const meili = await startMeilisearch();
  const service = await start({
    env: { MEILI_URL: meili.url, MEILI_KEY: meili.key },
    clock: stillClock(),
    // A slow machine must not make searches time out.
    searchTimeoutMs: 30_000,
  });
  const { db, sql, jobs } = service.ctx;
  const world = await createWorld(db);
  const visitor = service.visitor();
  const get = async <T>(path: string): Promise<T> => {
    const { status, body } = await visitor.get<T>(path);
    expect(status).toBe(200);
    return body;
  };
  const setup: MeilisearchSetup = {
    meili,
    service,
    world,
    search: (q, more = '') => get<Shown>(`/api/products?q=${encodeURIComponent(q)}${more}`),
    async suggested(q) {
      const path = `/api/suggestions?q=${encodeURIComponent(q)}`;
      return (await get<{ products: { name: string }[] }>(path)).products.map(({ name }) => name);
    },
    documents: () => [...(meili.indexes.get(liveIndex)?.documents.values() ?? [])],
    async bringUpToDate() {
      await jobs.enqueue(db, indexProducts, [{}]);
      await service.drain();
    },
    async putOnShelf(...wares) {
      const ids = await shelve(db, wares);
      await sql`
        update products set updated_at = (select max(updated_at) + interval '1 ms' from products)
        where id = any(${ids}::bigint[])`;
      return ids;
    },
    calm() {
      Object.assign(meili, { mood: 'well', failTask: null });
      meili.searches.length = 0;
      service.clock.advance(120_000);
    },
    async close() {
      await service.end();
      await meili.down();
    },
  };
  await setup.putOnShelf(
    { name: 'Resistor 100Ω', code: 'RES-100', eans: ['4047623402725'] },
    { name: 'Решење за складиште', code: 'RSK-1', tags: ['полица'] },
  );
  await setup.bringUpToDate();
  return setup;
}
