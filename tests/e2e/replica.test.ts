import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildApp, type Service } from '#server/app.ts';
import { readConfig } from '#server/platform/config.ts';
import { type Client, createClient } from '../harness.ts';
import { type PrimaryAndStandby, startWithStandby } from '../standby.ts';
import { proxyTo, type TcpProxy } from '../tcp-proxy.ts';
import { createWorld, type World } from '../world.ts';
import { letVisit } from './many/visitors.ts';

let both: PrimaryAndStandby;
let world: World;
/** Reads from a replica however far behind it is. */
let patient: Process;
/** Reads from one that is at most a second behind. */
let strict: Process;
/** The way of `strict` to the replica. */
let way: TcpProxy;

beforeAll(async () => {
  both = await startWithStandby();
  patient = await startProcess({ DATABASE_READ_LAG_SECONDS: '86400' });
  world = await createWorld(patient.service.ctx.db);
  await both.catchUp();
  way = await proxyTo(both.standby.url);
  strict = await startProcess({ DATABASE_READ_LAG_SECONDS: '1', DATABASE_READ_URL: way.url });
});
afterAll(async () => {
  await patient.service.close();
  await strict.service.close();
  await way.close();
  await both.end();
});

interface Process {
  service: Service;
  url: string;
  /** Returns a new browser, in which nobody has written anything. */
  browse(): Client;
}

const publicUrl = 'http://quoteline.test';

async function startProcess(env: Record<string, string>): Promise<Process> {
  const config = readConfig(
    {
      DATABASE_URL: both.primary.url,
      DATABASE_READ_URL: both.standby.url,
      SMTP_URL: 'smtp://127.0.0.1:25',
      MAIL_FROM: 'Quoteline <quoteline@quoteline.example>',
      SECRET_KEY: 'a key for tests only, of more than 32 bytes',
      PUBLIC_URL: publicUrl,
      LOG_LEVEL: 'silent',
      ...env,
    },
    'production',
  );
  const service = await buildApp(config);
  await service.app.listen({ port: 0, host: '127.0.0.1' });
  const url = `http://127.0.0.1:${(service.app.server.address() as AddressInfo).port}`;
  return { service, url, browse: () => createClient(url, publicUrl) };
}

const inUse = ({ service }: Process) => expect.poll(() => service.ctx.replica?.isClose());
const rename = (name: string) =>
  both.sql.primary`update products set name = ${name} where id = ${world.products.sensor}`;
const pauseReplay = () => both.sql.standby`select pg_wal_replay_pause()`;
const resumeReplay = () => both.sql.standby`select pg_wal_replay_resume()`;

const asked = () =>
  [
    ['GET', `/api/products/${world.products.sensor}`],
    ['GET', '/api/products?q=sensor'],
    ['GET', '/api/categories'],
    ['GET', '/api/suggestions?q=sen'],
    ['GET', '/api/vendors'],
    ['GET', '/api/exchange-rates'],
  ] as const;

/** Returns what a visitor reads as the product's name in its details, in a search and side by side with another. */
async function namesFor(visitor: Client): Promise<unknown[]> {
  const { sensor, motor } = world.products;
  const paths = [
    `/api/products/${sensor}`,
    '/api/products?q=6ES-100',
    `/api/product-comparisons?products=${sensor},${motor}`,
  ];
  const answers = await Promise.all(paths.map((path) => visitor.get(path)));
  return answers.map(({ body }) => body.name ?? body.items[0].name);
}

test('a visitor whom no cookie names reads from the replica, one who has written something from the database', async () => {
  await inUse(patient).toBe(true);
  const [name] = await namesFor(patient.browse());
  await pauseReplay();
  await rename('Sensor with a new name');
  const writer = patient.browse();
  await writer.post('/api/solutions/current/lines', { productId: world.products.motor, quantity: 1 });
  expect(await namesFor(writer)).toEqual(Array(3).fill('Sensor with a new name'));
  expect(await namesFor(patient.browse())).toEqual(Array(3).fill(name));
  await resumeReplay();
  await expect.poll(() => namesFor(patient.browse())).toEqual(Array(3).fill('Sensor with a new name'));
});

test('what the replica does not know yet is answered by the database', async () => {
  await inUse(patient).toBe(true);
  await pauseReplay();
  const [added] = await both.sql.primary<{ id: string }[]>`
    insert into products (category_id, kind, name, code, name_folded, search_text)
    select category_id, kind, 'Sensor of today', 'NEW-1', '', '' from products
    where id = ${world.products.sensor} returning id::text`;
  expect((await patient.browse().get(`/api/products/${added!.id}`)).body).toMatchObject({
    name: 'Sensor of today',
  });
  await resumeReplay();
});

test('a replica that is too far behind is not read from until it has caught up', async () => {
  const metrics = async () => (await strict.browse().get('/metrics')).body;
  await inUse(strict).toBe(true);
  await pauseReplay();
  await rename('Sensor that the replica lacks');
  await inUse(strict).toBe(false);
  expect(await namesFor(strict.browse())).toEqual(Array(3).fill('Sensor that the replica lacks'));
  expect(await metrics()).toMatch(/^quoteline_replica_used 0$/m);
  await resumeReplay();
  await inUse(strict).toBe(true);
  await expect.poll(metrics).toMatch(/^quoteline_replica_used 1$/m);
});

test('no request fails while the replica is killed, away and back', async () => {
  await inUse(patient).toBe(true);
  const visitors = letVisit(patient.url, asked());
  await visitors.more();
  const startAgain = await both.killStandby();
  await visitors.more();
  await inUse(patient).toBe(false);
  await visitors.more();
  await startAgain();
  await inUse(patient).toBe(true);
  await visitors.more();
  await visitors.end();
  expect(visitors.failed).toEqual([]);
});

test('no request fails while the replica takes connections and answers nothing', async () => {
  await inUse(strict).toBe(true);
  way.silence();
  const visitors = letVisit(strict.url, asked());
  await visitors.more();
  await inUse(strict).toBe(false);
  await way.open();
  await inUse(strict).toBe(true);
  await visitors.more();
  await visitors.end();
  expect(visitors.failed).toEqual([]);
});
