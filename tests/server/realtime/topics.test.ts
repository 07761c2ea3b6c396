import { randomUUID } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import { sql } from 'drizzle-orm';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { buildApp } from '#server/app.ts';
import * as leases from '#server/presence/leases.ts';
import type { Request } from '#server/requests/schema.ts';
import * as presence from '#server/presence/service.ts';
import { start, type TestService } from '../../harness.ts';
import { createWorld, type World } from '../../world.ts';
import { agentId, logIn, loggedIn, statusOf } from '../presence/staff.ts';
import { openPage, type Page } from './page.ts';

let service: TestService;
let second: Pick<TestService, 'url' | 'config'> & { close(): Promise<void> };
let world: World;
let milan: number;
let sensor: string;
const pages: Page[] = [];

/** Starts another process of the service on the same database. */
async function startSecondProcess() {
  const other = await buildApp(service.config, { clock: service.clock });
  await other.app.listen({ port: 0, host: '127.0.0.1' });
  const url = `http://127.0.0.1:${(other.app.server.address() as AddressInfo).port}`;
  return { url, config: service.config, close: () => other.close() };
}

beforeAll(async () => {
  service = await start({ leaveJobs: true });
  world = await createWorld(service.ctx.db);
  milan = await agentId(service.ctx.db, world, 'milan');
  sensor = `product:${world.products.sensor}`;
  second = await startSecondProcess();
});
afterAll(async () => {
  await second.close();
  await service.end();
});
beforeEach(async () => {
  await service.ctx.db.execute(sql`delete from agent_leases`);
  await service.ctx.db.execute(sql`delete from agent_presence`);
  await leases.open(service.ctx, { connectionId: randomUUID(), agentId: milan });
});
afterEach(async () => {
  for (const page of pages.splice(0)) {
    page.close();
    await page.closed;
  }
});

async function open(...given: Parameters<typeof openPage>): Promise<Page> {
  const page = await openPage(...given);
  pages.push(page);
  return page;
}

const declare = (status: 'available' | 'away' | 'offline') =>
  presence.declare(service.ctx, milan, { status });
type ShownAgents = { agents: { name: string; status: string }[] };
const shows = (status: string) => (frame: { state?: ShownAgents }) =>
  frame.state?.agents.find(({ name }) => name === 'Milan Petrović')?.status === status;

describe('the topic of a product', () => {
  test('the product topic holds the agents of all offers, updates on change, and never a number or an address', async () => {
    const page = await open(service);
    page.watch(sensor);
    const first = await page.until(sensor);
    const { agents } = first.state as ShownAgents;
    expect(agents.map(({ name, status }) => `${name} ${status}`).sort()).toEqual([
      'Agnieszka Nowak offline',
      'Katrin Vogel offline',
      'Milan Petrović offline',
    ]);
    expect(Object.keys(first.state.agents[0]).sort()).toEqual(
      ['id', 'kind', 'languages', 'name', 'since', 'status', 'vendorId', 'worksFrom'].sort(),
    );
    await declare('available');
    const next = await page.until(sensor, shows('available'));
    expect(next.version).toBeGreaterThan(first.version ?? 0);
    expect(next.state.agents).toHaveLength(3);
    await declare('away');
    await page.until(sensor, shows('away'));
    await declare('offline');
    await page.until(sensor, shows('offline'));
    expect(JSON.stringify(page.frames)).not.toMatch(/\+\d{6}|@|phone/);
  });

  test('two processes on one database send the same state', async () => {
    const [here, there] = [await open(service), await open(second)];
    for (const page of [here, there]) {
      page.watch(sensor);
      await page.until(sensor, shows('offline'));
    }
    for (const status of ['available', 'away', 'available'] as const) {
      await declare(status);
      const frames = await Promise.all([
        here.until(sensor, shows(status)),
        there.until(sensor, shows(status)),
      ]);
      expect(frames[0].state).toEqual(frames[1].state);
    }
  });

  test('unknown products and topics are refused with their name', async () => {
    const page = await open(service);
    const expected = {
      'product:999999': 'not_found',
      'product:0': 'not_found',
      'product:x': 'not_found',
      'product:': 'invalid',
      'vendor:1': 'invalid',
      constructor: 'invalid',
      '': 'invalid',
    };
    for (const [topic, code] of Object.entries(expected)) {
      page.watch(topic);
      expect((await page.until(topic, ({ type }) => type === 'refused')).code, topic).toBe(code);
    }
    page.say({ type: 'ping' });
    expect(await page.until('pong')).toEqual({ type: 'pong' });
  });

  test('nothing is sent after unwatching', async () => {
    const page = await open(service);
    const other = await open(service);
    for (const one of [page, other]) one.watch(sensor);
    await Promise.all([page.until(sensor), other.until(sensor)]);
    page.say({ type: 'unwatch', topic: sensor });
    page.say({ type: 'ping' });
    await page.until('pong');
    await declare('available');
    await other.until(sensor, shows('available'));
    expect(page.about(sensor)).toHaveLength(1);
  });
});

describe('the topics of a buyer', () => {
  test('a request and a solution are sent to their buyer alone, and again when they change', async () => {
    const buyer = service.visitor();
    const line = { productId: world.products.sensor, quantity: 2 };
    await buyer.post('/api/solutions/current/lines', line);
    const solution = (await buyer.get('/api/solutions/current')).body;
    const topic = `solution:${solution.id}`;
    const own = await open(service, buyer);
    own.watch(topic);
    expect((await own.until(topic)).state).toEqual((await buyer.get(`/api/solutions/${solution.id}`)).body);
    await buyer.post('/api/solutions/current/lines', { productId: world.products.motor, quantity: 1 });
    await own.until(topic, ({ state }) => state.lines.length === 2);

    const contact = { name: 'Jana', email: 'jana@morava.example' };
    const body = { solutionId: solution.id, kind: 'quote', contact };
    const sent = (await buyer.post('/api/requests', body, { 'idempotency-key': 'k' })).body;
    const request = `request:${sent.id}`;
    own.watch(request);
    expect((await own.until(request)).state).toEqual((await buyer.get(`/api/requests/${sent.id}`)).body);

    const stranger = service.visitor();
    await stranger.get('/api/solutions/current');
    for (const browser of [stranger, service.visitor()]) {
      const page = await open(service, browser);
      for (const name of [topic, request]) {
        page.watch(name);
        expect(await page.until(name)).toEqual({ type: 'refused', topic: name, code: 'not_found' });
      }
    }
  });

  test('the holder of the link of a request learns that it changed, and nothing else', async () => {
    const buyer = service.visitor();
    await buyer.post('/api/solutions/current/lines', { productId: world.products.motor, quantity: 1 });
    const { id } = (await buyer.get('/api/solutions/current')).body;
    const contact = { name: 'Jana', email: 'jana3@morava.example' };
    const body = { solutionId: id, kind: 'quote', contact };
    const sent = (await buyer.post('/api/requests', body, { 'idempotency-key': 'k3' })).body;
    const token = service.ctx.links.issue('follow', sent.id, 1);
    const page = await open(second, service.visitor());
    const topic = `follow:${token}`;
    page.watch(topic);
    const before = await page.until(topic);
    expect(Object.keys(before.state)).toEqual(['mark']);
    const text = { text: 'Is it in stock?' };
    await buyer.post(`/api/enquiries/${sent.enquiries[0].id}/messages`, text);
    await page.until(topic, ({ state }) => state.mark !== before.state.mark);
    const wrong = `follow:${token.slice(0, -8)}xxxxxxxx`;
    page.watch(wrong);
    expect(await page.until(wrong)).toMatchObject({ type: 'refused', code: 'not_found' });
  });

  test('the holder of the link of an answer learns that the link has ended', async () => {
    const buyer = service.visitor();
    await buyer.post('/api/solutions/current/lines', { productId: world.products.motor, quantity: 1 });
    const { id } = (await buyer.get('/api/solutions/current')).body;
    const contact = { name: 'Jana', email: 'jana4@morava.example' };
    const body = { solutionId: id, kind: 'quote', contact };
    const sent = (await buyer.post('/api/requests', body, { 'idempotency-key': 'k4' })).body;
    const [enquiry] = (await buyer.get<Request>(`/api/requests/${sent.id}`)).body.enquiries;
    const delivery = enquiry?.deliveries[0]?.id ?? '';
    const [link] = await service.ctx.sql<{ version: number }[]>`
      select d.link_version + e.link_version as version
      from deliveries d join enquiries e on e.id = d.subject_id where d.id = ${delivery}`;
    const page = await open(second, service.outsider());
    const topic = `answer:${service.ctx.links.issue('answer', delivery, link?.version ?? 0)}`;
    page.watch(topic);
    expect(Object.keys((await page.until(topic)).state)).toEqual(['mark']);
    await buyer.delete(`/api/enquiries/${enquiry?.id}/links/${delivery}`);
    await page.closed;
    const again = await open(second, service.outsider());
    again.watch(topic);
    expect(await again.until(topic)).toMatchObject({ type: 'refused', code: 'not_found' });
  });

  test('an answer reaches the page of its request', async () => {
    const buyer = service.visitor();
    await buyer.post('/api/solutions/current/lines', { productId: world.products.motor, quantity: 1 });
    const { id } = (await buyer.get('/api/solutions/current')).body;
    const contact = { name: 'Jana', email: 'jana2@morava.example' };
    const body = { solutionId: id, kind: 'quote', contact };
    const sent = (await buyer.post('/api/requests', body, { 'idempotency-key': 'k2' })).body;
    await service.drain();
    const page = await open(second, buyer);
    const topic = `request:${sent.id}`;
    page.watch(topic);
    await page.until(topic);
    const link = service.mail
      .to(world.mail.sever)
      .filter(({ raw }) => raw.includes(sent.number))
      .flatMap(({ links }) => links)
      .findLast((url) => url.includes('/e/'));
    const at = `/api/enquiry-links/${link?.split('/').at(-1)}`;
    const enquiry = (await service.outsider().get(at)).body;
    const answer = await service.outsider().post(`${at}/answer`, {
      currency: 'RSD',
      validUntil: new Date(Date.now() + 30 * 864e5).toISOString().slice(0, 10),
      lines: enquiry.lines.map((line: { id: string }) => ({
        lineId: line.id,
        decision: 'offer',
        unitPrice: { amount: '50000.00', currency: 'RSD' },
        leadTimeDays: 3,
      })),
    });
    expect(answer.status).toBe(201);
    await page.until(topic, ({ state }) => state.enquiries[0].quotes.length === 1);
  });

  test('the desk topic refuses guests and other roles than agent', async () => {
    const nobody = await open(service);
    nobody.watch('agent');
    expect((await nobody.until('agent')).code).toBe('login_required');
    for (const role of ['buyer', 'staff'] as const) {
      const account = { email: `${role}@morava.example`, name: role, role, locale: 'en' };
      const page = await open(service, await logIn(service, { ...account, vendorId: null, agentId: null }));
      page.watch('agent');
      expect((await page.until('agent')).code).toBe('forbidden');
    }
  });
});

describe('an agent with an open desk', () => {
  test('an agent stays available while a page is open in any process; closing the last one ends the lease', async () => {
    await service.ctx.db.execute(sql`delete from agent_leases`);
    const browser = await loggedIn(service, world, 'milan');
    const watcher = await open(service);
    watcher.watch(sensor);
    await watcher.until(sensor, shows('offline'));
    const [here, there] = [await open(service, browser), await open(second, browser)];
    for (const page of [here, there]) {
      page.watch('agent');
      await page.until('agent', ({ type }) => type === 'state');
    }
    await browser.put('/api/agent/status', { status: 'available' });
    await watcher.until(sensor, shows('available'));
    await here.until('agent', ({ state }) => state.me.status === 'available');
    await there.until('agent', ({ state }) => state.me.status === 'available');

    here.close();
    await here.closed;
    const live = async () =>
      (
        await service.ctx.db.execute<{ live: number }>(
          sql`select count(*)::int as live from agent_leases
            where expires_at > ${service.clock.now().toISOString()}::timestamptz`,
        )
      )[0]?.live;
    await expect.poll(live).toBe(1);
    expect(await statusOf(service, milan)).toBe('available');
    there.close();
    await there.closed;
    await expect.poll(live).toBe(0);
  });
});
