import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { afterAll, beforeAll, expect, test } from 'vitest';
import WebSocket from 'ws';
import type { ProductAgents } from '#server/presence/schema.ts';
import { createClient } from '../harness.ts';
import { pageOf, type Page } from '../server/realtime/page.ts';
import { type ManySite, milan, openManySite, requestsPerHour } from './many/site.ts';
import { letVisit } from './many/visitors.ts';
import { stop } from './site.ts';

let site: ManySite;
beforeAll(async () => {
  site = await openManySite();
});
afterAll(() => site.end());

/** Returns a path at the one or the other service itself, past the balancer. */
const at = (index: number, path: string) => `http://127.0.0.1:${site.ports[index % 2]}${path}`;

/** Returns a browser that names the service with each path. */
const browse = () => createClient('', site.url);

async function openPage(index: number, cookies = new Map<string, string>()): Promise<Page> {
  const ws = new WebSocket(at(index, '/ws').replace('http', 'ws'), {
    origin: site.url,
    headers: { cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; ') },
  });
  await once(ws, 'open');
  return pageOf(ws);
}

async function logIn(index: number) {
  const browser = browse();
  expect((await browser.post(at(index, '/api/account/login'), milan)).status).toBe(200);
  return browser;
}

const key = () => ({ 'idempotency-key': randomUUID() });

const addLine = (browser: ReturnType<typeof browse>, index: number) =>
  browser.post(at(index, '/api/solutions/current/lines'), {
    productId: site.world.products.sensor,
    quantity: 2,
  });

test('an account logged in at one service is logged in at the other, and logged out at both', async () => {
  const browser = await logIn(0);
  expect((await browser.get(at(1, '/api/account/me'))).body).toMatchObject({ name: 'Milan Petrović' });
  const elsewhere = createClient('', site.url);
  for (const [name, value] of browser.cookies) elsewhere.cookies.set(name, value);
  await browser.post(at(1, '/api/account/logout'));
  expect((await elsewhere.get(at(0, '/api/account/me'))).status).toBe(401);
});

test('requests sent by turns have one limit, and two workers mail each enquiry once', async () => {
  const statuses: number[] = [];
  for (let turn = 0; turn < requestsPerHour + 3; turn += 1) {
    const browser = browse();
    await addLine(browser, turn);
    await addLine(browser, turn + 1);
    const { body: solution } = await browser.get(at(turn, '/api/solutions/current'));
    expect(solution.lines).toMatchObject([{ quantity: 4 }]);
    const contact = { name: `Buyer ${turn}`, email: `buyer-${turn}@buyer.example` };
    const request = { solutionId: solution.id, kind: 'quote', contact };
    statuses.push((await browser.post(at(turn + 1, '/api/requests'), request, key())).status);
  }
  expect(statuses).toEqual([...Array.from({ length: requestsPerHour }, () => 201), 429, 429, 429]);
  const waiting = async () => {
    const [row] = await site.db.execute<{ count: number }>(
      "select count(*)::int as count from deliveries where status in ('queued', 'waiting')",
    );
    return row?.count;
  };
  await expect.poll(waiting).toBe(0);
  const [owed] = await site.db.execute<{ count: number }>('select count(*)::int as count from deliveries');
  const sent = site.mail.received.map(({ messageId }) => messageId);
  expect(sent.length).toBe(owed?.count);
  expect(new Set(sent).size).toBe(sent.length);
  expect(sent.length).toBeGreaterThanOrEqual(2 * requestsPerHour);
});

test('a call between two services ends once, and the pages of both see each state of it', async () => {
  const { world, simulator } = site;
  const quick = { kind: 'human', ringsAfter: 0.2, answersAfter: 1 } as const;
  simulator.personas.set(world.phones.milan, { ...quick, presses: [{ digits: '1', after: 1 }] });
  const phone = '+12025550123';
  const presses = [{ digits: '1', after: 1 }];
  simulator.personas.set(phone, { ...quick, presses, hangsUpAfterTalking: 3 });

  const agent = await logIn(0);
  const desk = await openPage(0, agent.cookies);
  desk.watch('agent');
  await desk.until('agent', ({ type }) => type === 'state');
  const visitor = await openPage(1);
  const sensor = `product:${world.products.sensor}`;
  visitor.watch(sensor);
  const statusOfMilan = ({ state }: { state?: ProductAgents }) =>
    state?.agents.find(({ id }) => id === world.agents.milan)?.status;
  await visitor.until(sensor, (frame) => statusOfMilan(frame) !== 'available');
  const until = new Date(Date.now() + 3_600_000).toISOString();
  await agent.put(at(0, '/api/agent/status'), { status: 'available', until });
  await visitor.until(sensor, (frame) => statusOfMilan(frame) === 'available');

  const buyer = browse();
  const asked = { offerId: world.offers.sensorSever, kind: 'sales', phone, agentId: world.agents.milan };
  const { status, body: call } = await buyer.post(at(1, '/api/calls'), asked, key());
  expect(status).toBe(201);
  await visitor.until(sensor, (frame) => statusOfMilan(frame) === 'busy');
  const states = async () =>
    Promise.all(
      [0, 1].map(async (index) => (await buyer.get(at(index, `/api/calls/${call.id}`))).body.status),
    );
  await expect.poll(states, { timeout: 60_000 }).toEqual(['ended', 'ended']);
  const events = await site.db.execute<{ closings: number }>(
    `select count(*)::int as closings from call_events where call_id = '${call.id}' and to_state = 'closed'`,
  );
  expect(events[0]).toEqual({ closings: 1 });
  desk.close();
  visitor.close();
});

const asked = () =>
  [
    ['GET', '/'],
    ['GET', '/api/products?q=sensor'],
    ['POST', '/api/solutions/current/lines', { productId: site.world.products.sensor, quantity: 1 }],
    ['GET', '/search?q=sensor'],
    ['GET', '/api/solutions/current'],
    ['GET', '/solution'],
  ] as const;

test('a killed service fails only what it was asked, and a new one takes its place', async () => {
  const visitors = letVisit(site.url, asked());
  const page = await openPage(1);
  await visitors.more();
  await stop(site.services[0], 'SIGKILL');
  // Until then its port was open.
  const died = performance.now();
  await visitors.more();
  site.services[0] = await site.startService(site.ports[0]);
  await visitors.more();
  await visitors.end();
  expect(visitors.failed.filter(({ sentAt }) => sentAt > died)).toEqual([]);
  const sensor = `product:${site.world.products.sensor}`;
  page.watch(sensor);
  await page.until(sensor, ({ type }) => type === 'state');
  page.close();
});

test('no request fails while both services are replaced one after the other', async () => {
  const visitors = letVisit(site.url, asked());
  await visitors.more();
  const exits: unknown[] = [];
  for (const [place, port] of site.ports.entries()) {
    const old = site.services[place]!;
    const page = await openPage(place);
    const ended = once(old, 'exit');
    old.kill('SIGTERM');
    // Before the port closes, the balancer is told to choose another.
    await expect.poll(async () => (await fetch(at(place, '/readyz'))).status).toBe(503);
    exits.push((await ended)[0], await page.closed);
    await visitors.more();
    site.services[place] = await site.startService(port);
    await visitors.more();
  }
  await visitors.end();
  expect(visitors.failed).toEqual([]);
  // Each ended by itself, and told its pages to reconnect.
  expect(exits).toEqual([0, 1012, 0, 1012]);
});
