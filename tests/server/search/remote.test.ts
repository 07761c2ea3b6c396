import type { AddressInfo } from 'node:net';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { MemoryIndex } from '#server/search/memory/port.ts';
import type { SearchEngine } from '#server/search/port.ts';
import { askSearchProcess } from '#server/search/remote.ts';
import { parseSearch } from '#server/search/rules.ts';
import { createMemoryIndex } from '#server/search/memory/memory-index.ts';
import type { Readiness } from '#server/search/serving/follower.ts';
import { searchServer } from '#server/search/serving/http.ts';
import { stillClock } from '../../harness.ts';

const wanted = parseSearch({ q: 'lamp', sort: 'relevance', page: 1, perPage: 20 });

/** Returns an engine that asks a server of an empty index, whose readiness can be set, else says that PostgreSQL was asked. */
async function engineBeforePostgres() {
  let readiness: Readiness | Error = 'current';
  const index: MemoryIndex = createMemoryIndex();
  const server = searchServer('silent', () => ({
    index: () => index,
    version: () => 0,
    isImporting: () => Promise.resolve(false),
    readiness: () => (readiness instanceof Error ? Promise.reject(readiness) : Promise.resolve(readiness)),
    figures: () => ({ products: 0, bytes: 0, waiting: 0, lagSeconds: 0, buildSeconds: 0 }),
    stop: () => Promise.resolve(),
  }));
  await server.app.listen({ port: 0, host: '127.0.0.1' });
  onTestFinished(() => server.close());
  const { port } = server.app.server.address() as AddressInfo;
  const asked: string[] = [];
  const warnings: object[] = [];
  const log = { warn: (fields: object) => void warnings.push(fields) } as never;
  const clock = stillClock();
  const postgres: SearchEngine = {
    find: () => {
      asked.push('find');
      return Promise.reject(new Error('PostgreSQL was asked'));
    },
    suggest: () => Promise.reject(new Error('PostgreSQL was asked')),
  };
  const engine = askSearchProcess(`http://127.0.0.1:${port}`, { clock, log, timeoutMs: 30_000 }).orElse(
    postgres,
  );
  return { engine, clock, warnings, set: (value: Readiness | Error) => (readiness = value), server };
}

const kinds = (engine: SearchEngine) =>
  Object.fromEntries(
    engine
      .metrics?.()
      .flatMap(({ samples }) => samples.map(({ labels, value }) => [labels?.['kind'], value])) ?? [],
  );

describe('a service that asks the search process', () => {
  test('takes its answer while it has all that was committed, or all but what an import writes', async () => {
    const { engine, set } = await engineBeforePostgres();
    for (const readiness of ['current', 'importing'] as const) {
      set(readiness);
      expect(await engine.find(wanted)).toMatchObject({ ids: [], total: 0, near: false });
    }
    expect(kinds(engine)).toEqual({});
  });

  test('asks PostgreSQL while the process can not answer, and the process the next time', async () => {
    const { engine, set, warnings } = await engineBeforePostgres();
    for (const readiness of ['behind', 'building', new Error('no database')] as const) {
      set(readiness);
      await expect(engine.find(wanted)).rejects.toThrow('PostgreSQL was asked');
    }
    set('current');
    expect(await engine.find(wanted)).toMatchObject({ total: 0 });
    expect(kinds(engine)).toEqual({ behind: 1, building: 1, no_database: 1 });
    expect(warnings).toHaveLength(1);
  });

  test('asks only PostgreSQL for five seconds after the process did not answer, and warns once a minute', async () => {
    const { engine, server, clock, warnings } = await engineBeforePostgres();
    await server.close();
    for (const seconds of [0, 4, 2, 60]) {
      clock.advance(seconds * 1_000);
      await expect(engine.find(wanted)).rejects.toThrow('PostgreSQL was asked');
    }
    expect(kinds(engine)).toEqual({ failed: 3, paused: 1 });
    expect(warnings).toHaveLength(2);
  });
});
