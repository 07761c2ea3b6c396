import { expect } from 'vitest';
import { indexProducts } from '#server/search/events.ts';
import { liveIndex } from '#server/search/meilisearch/client.ts';
import { start, stillClock, type TestService } from '../../harness.ts';
import { type FakeMeilisearch, startMeilisearch } from '../../simulators/meilisearch.ts';
import type { IndexDocument } from '../../simulators/meilisearch-matching.ts';
import { createWorld, type World } from '../../world.ts';
import { shelve, type Ware } from './shelf.ts';

/** The service with a Meilisearch beside it, whose index holds the named cast's products and two more. */
export interface Stand {
  meili: FakeMeilisearch;
  service: TestService;
  world: World;
  search(q: string, more?: string): Promise<Shown>;
  /** Names of the suggested products. */
  suggested(q: string): Promise<string[]>;
  /** What the index in use holds. */
  documents(): IndexDocument[];
  /** Runs the job that keeps the index current. */
  bringUpToDate(): Promise<void>;
  /** Puts wares on the shelf as a writer of the catalogue does: changed after all others. */
  putOnShelf(...wares: Ware[]): Promise<string[]>;
  /** Lets all be well, and the rest pass that the engine takes after a failure. */
  calm(): void;
  close(): Promise<void>;
}

export interface Shown {
  near: boolean;
  total: number;
  items: { id: string; name: string }[];
}

export const names = (shown: Shown): string[] => shown.items.map((item) => item.name);

export async function openStand(): Promise<Stand> {
  const meili = await startMeilisearch();
  const service = await start({
    env: { MEILI_URL: meili.url, MEILI_KEY: meili.key },
    clock: stillClock(),
    // However slow the machine is, only what a test makes fail does.
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
  const stand: Stand = {
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
  await stand.putOnShelf(
    { name: 'Resistor 100Ω', code: 'RES-100', eans: ['4047623402725'] },
    { name: 'Решење за складиште', code: 'RSK-1', tags: ['полица'] },
  );
  await stand.bringUpToDate();
  return stand;
}
