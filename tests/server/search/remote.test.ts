import { once } from 'node:events';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
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
  let held = Promise.resolve();
  let askedForReadiness = () => {};
  const isImporting = vi.fn(() => Promise.resolve(false));
  const index: MemoryIndex = createMemoryIndex();
  const server = searchServer('silent', () => ({
    index: () => index,
    version: () => ({ all: 0, small: 0 }),
    lagMs: () => 0,
    isImporting,
    readiness: async () => {
      askedForReadiness();
      await held;
      if (readiness instanceof Error) throw readiness;
      return readiness;
    },
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
  /** Holds up searches until `release`. */
  function hold() {
    const { promise, resolve: release } = Promise.withResolvers<void>();
    const arrived = new Promise<void>((resolve) => (askedForReadiness = resolve));
    held = promise;
    return { release, arrived };
  }
  const set = (value: Readiness | Error) => (readiness = value);
  return { engine, clock, warnings, set, hold, index, isImporting, port, server };
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

  test('asks PostgreSQL for a search that the process fails at, and the process for all others', async () => {
    const { engine, index, warnings } = await engineBeforePostgres();
    vi.spyOn(index, 'find').mockImplementationOnce(() => {
      throw new Error('a fault');
    });
    await expect(engine.find(wanted)).rejects.toThrow('PostgreSQL was asked');
    expect(await engine.find(wanted)).toMatchObject({ total: 0 });
    expect(kinds(engine)).toEqual({ failed: 1 });
    expect(warnings).toEqual([{ reason: '500 of the search process' }]);
  });

  test('takes its answer also where it does not find out whether an import runs', async () => {
    const { engine, isImporting } = await engineBeforePostgres();
    isImporting.mockRejectedValueOnce(new Error('no database'));
    expect(await engine.find(wanted)).toMatchObject({ total: 0 });
    expect(kinds(engine)).toEqual({});
  });

  test('counts the five seconds from when the process failed, not from when it was asked', async () => {
    const { engine, hold, server, clock } = await engineBeforePostgres();
    const { arrived, release } = hold();
    const failing = expect(engine.find(wanted)).rejects.toThrow('PostgreSQL was asked');
    await arrived;
    clock.advance(6_000);
    server.app.server.closeAllConnections();
    await failing;
    release();
    await expect(engine.find(wanted)).rejects.toThrow('PostgreSQL was asked');
    expect(kinds(engine)).toEqual({ failed: 1, paused: 1 });
  });
});

describe('the search process', () => {
  test('computes nothing for a service that has hung up', async () => {
    const { engine, hold, index, port, server } = await engineBeforePostgres();
    const find = vi.spyOn(index, 'find');
    const { arrived, release } = hold();
    const connected = once(server.app.server, 'connection');
    const socket = connect(port, '127.0.0.1');
    const [received] = (await connected) as [Socket];
    const body = JSON.stringify(wanted);
    socket.write(
      `POST /find HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n${body}`,
    );
    await arrived;
    const closed = once(received, 'close');
    socket.destroy();
    await closed;
    release();
    await engine.find({ ...wanted, page: 2 });
    expect(find.mock.calls.map(([{ page }]) => page)).toEqual([2]);
  });
});
