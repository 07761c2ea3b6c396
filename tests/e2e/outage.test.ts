import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { connect, type Database } from '#db/client.ts';
import { findFreePort } from '../../scripts/pg.ts';
import { cloneTemplate } from '../harness.ts';
import { proxyTo, type TcpProxy } from '../tcp-proxy.ts';
import { createWorld, type World } from '../world.ts';
import { environment } from './environment.ts';
import { stop, untilReady } from './site.ts';

/** The service in production, whose way to the database is broken again and again. */
let database: Awaited<ReturnType<typeof cloneTemplate>>;
let beside: Database;
let world: World;
let way: TcpProxy;
let url: string;
let service: ChildProcess;
let output = '';

beforeAll(async () => {
  database = await cloneTemplate();
  beside = connect(database.url, { pool: 1 });
  world = await createWorld(beside.db);
  way = await proxyTo(database.url);
  url = `http://localhost:${await findFreePort()}`;
});
afterAll(async () => {
  await stop(service, 'SIGKILL');
  await way.close();
  await beside.close();
  await database.drop();
});

const ask = (path: string) =>
  fetch(url + path, { headers: { accept: 'text/html', 'accept-language': 'en' } });

function start(): void {
  service = spawn(process.execPath, ['scripts/serve.ts'], {
    cwd: join(import.meta.dirname, '../..'),
    env: { ...environment({ url, databaseUrl: way.url }), LOG_LEVEL: 'error' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  for (const stream of [service.stdout, service.stderr])
    stream?.on('data', (some: Buffer) => (output += some.toString()));
}

test('a process that starts while the database is away waits for it', async () => {
  await way.close();
  start();
  await expect
    .poll(() => output)
    .toMatch(/^Waiting for the database at 127\.0\.0\.1:\d+, at most 60 s: .*ECONNREFUSED/m);
  await way.open();
  await untilReady(service, url);
  expect((await ask('/search?q=sensor')).status).toBe(200);
});

test.each([
  ['migrates', 'drizzle.__drizzle_migrations'],
  ['prepares its job queue', 'pgboss.version'],
])('a process that %s while the database restarts waits for it', async (_doing, table) => {
  await stop(service, 'SIGKILL');
  output = '';
  const waiting = () =>
    beside.db.execute(sql`
      select from pg_locks where relation = ${table}::regclass and not granted`);
  await beside.sql.begin(async (holding) => {
    await holding.unsafe(`lock table ${table} in access exclusive mode`);
    start();
    await expect.poll(async () => (await waiting()).length).toBeGreaterThan(0);
    await way.close();
    await expect.poll(() => output).toContain('Waiting for the database');
  });
  await way.open();
  await untilReady(service, url);
});

test('a page that needs the database says with 503 that it is not available right now', async () => {
  output = '';
  await way.close();
  for (const path of ['/search?q=sensor', `/p/${world.products.sensor}`, '/f/' + 'f'.repeat(54)]) {
    const answer = await ask(path);
    expect([path, answer.status, answer.headers.get('retry-after')]).toEqual([path, 503, '5']);
    expect(await answer.text()).toContain('Not available right now');
  }
  await way.open();
  await expect.poll(async () => (await ask('/search?q=sensor')).status).toBe(200);
  const longest = output.split('\n').reduce((length, line) => Math.max(length, line.length), 0);
  expect(output).toContain('the database is away');
  expect(longest).toBeLessThan(800);
});

test('a process lives on and serves although its connections are killed again and again under load', async () => {
  let isOver = false;
  const statuses = new Set<number>();
  const loads = Array.from({ length: 4 }, async () => {
    while (!isOver) {
      const line = { productId: world.products.sensor, quantity: 1 };
      const [page, added] = await Promise.all([
        ask('/search?q=sensor'),
        fetch(`${url}/api/solutions/current/lines`, {
          method: 'POST',
          headers: { 'content-type': 'application/json', origin: url },
          body: JSON.stringify(line),
        }),
      ]);
      for (const { status } of [page, added]) statuses.add(status);
      await Promise.all([page.text(), added.text()]);
    }
  });
  for (let round = 0; round < 15; round += 1) {
    await beside.db.execute(sql`
      select pg_terminate_backend(pid) from pg_stat_activity
      where datname = current_database() and pid <> pg_backend_pid()`);
    await expect.poll(async () => (await ask('/readyz')).status).toBe(200);
  }
  isOver = true;
  await Promise.all(loads);
  expect(service.exitCode).toBeNull();
  expect([...statuses].filter((status) => ![200, 201, 503].includes(status))).toEqual([]);
  expect((await ask('/search?q=sensor')).status).toBe(200);
});
