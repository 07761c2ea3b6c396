import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { afterAll, beforeAll, expect, test } from 'vitest';
import WebSocket from 'ws';
import { connect } from '#db/client.ts';
import { addAccount } from '#server/accounts/service.ts';
import type { ProductAgents } from '#server/presence/schema.ts';
import { findFreePort } from '../../scripts/pg.ts';
import { createClient } from '../harness.ts';
import { type MailSink, startMailSink } from '../mail-sink.ts';
import { pageOf } from '../server/realtime/page.ts';
import { type PrimaryAndStandby, startWithStandby } from '../standby.ts';
import { createWorld, type World } from '../world.ts';
import { environment, withoutLimits } from './environment.ts';
import { letBuy } from './many/buyers.ts';
import { type Balancer, switchOver } from './many/haproxy.ts';
import { serve, stop } from './site.ts';

const milan = { email: 'milan@sever.example', password: 'a long enough password' };

let both: PrimaryAndStandby;
let database: Balancer;
let mail: MailSink;
let world: World;
let service: ChildProcess;
let worker: ChildProcess;
let url: string;

beforeAll(async () => {
  both = await startWithStandby();
  await both.synchronise();
  const connection = connect(both.primary.url);
  world = await createWorld(connection.db);
  await addAccount(connection.db, {
    ...{ ...milan, name: 'Milan Petrović', role: 'agent', locale: 'en' },
    ...{ vendorId: Number(world.vendors.sever), agentId: Number(world.agents.milan) },
  });
  await connection.close();
  database = await switchOver(both.primary.url, both.standby.url);
  mail = await startMailSink();
  url = `http://localhost:${await findFreePort()}`;
  const address = new URL(both.primary.url);
  address.port = String(database.port);
  const env = {
    ...environment({ url, databaseUrl: address.href, mail }),
    ...withoutLimits,
    DATABASE_READ_URL: both.standby.url,
    ...{ LOG_LEVEL: 'silent', WORKER: 'off' },
  };
  service = await serve('serve', env, url);
  worker = spawn(process.execPath, ['scripts/worker.ts'], { env, stdio: ['ignore', 'ignore', 'inherit'] });
});
afterAll(async () => {
  for (const one of [service, worker]) await stop(one, 'SIGKILL');
  await mail.close();
  await database.end();
  await both.end();
});

test('no acknowledged request is lost when the database is killed under load and its replica promoted', async () => {
  const buyers = letBuy(url, world.products.sensor);
  await buyers.more();
  process.kill(both.primary.pid, 'SIGKILL');
  await both.primary.ended;
  const before = buyers.sent.length;
  // Sessions of a standby that isn't promoted yet are of no use to anybody.
  await expect.poll(() => [...buyers.refused]).toEqual([503]);
  await both.sql.standby`select pg_promote()`;
  await buyers.more();
  await buyers.end();
  expect([...buyers.refused]).toEqual([503]);

  expect(before).toBeGreaterThan(8);
  const ids = buyers.sent.map(({ id }) => id);
  const { standby } = both.sql;
  const kept = await standby<{ id: string }[]>`select id from requests where id in ${standby(ids)}`;
  expect(kept.length).toBe(ids.length);
  expect(new Set(ids).size).toBe(ids.length);
  // One request each: what was repeated was not done twice.
  const [all] = await standby`select count(*)::int as count from requests`;
  expect(all).toEqual({ count: ids.length });
});

test('after the promotion every mail is sent, and pages hear of changes', async () => {
  const { standby } = both.sql;
  const waiting = async () => (await standby`select from deliveries where status <> 'sent'`).length;
  await expect.poll(waiting, { timeout: 120_000 }).toBe(0);
  const owed = await standby<{ id: string }[]>`select message_id as id from deliveries`;
  const received = new Set(mail.received.map(({ messageId }) => messageId));
  expect(owed.filter(({ id }) => !received.has(id))).toEqual([]);

  const ws = new WebSocket(`${url.replace('http', 'ws')}/ws`, { origin: url });
  await once(ws, 'open');
  const page = pageOf(ws);
  const sensor = `product:${world.products.sensor}`;
  page.watch(sensor);
  const isAvailable = ({ state }: { state?: ProductAgents }) =>
    state?.agents.find(({ id }) => id === world.agents.milan)?.status === 'available';
  await page.until(sensor, (frame) => frame.state !== undefined && !isAvailable(frame));
  const agent = createClient(url, url);
  await agent.post('/api/account/login', milan);
  const until = new Date(Date.now() + 3_600_000).toISOString();
  expect((await agent.put('/api/agent/status', { status: 'available', until })).status).toBe(200);
  await page.until(sensor, isAvailable);
  page.close();
  // What was the replica is the database now.
  expect((await createClient(url, url).get('/metrics')).body).toMatch(/^quoteline_replica_used 0$/m);
});
