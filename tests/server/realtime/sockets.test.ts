import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { sql } from 'drizzle-orm';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { buildApp, type Service } from '#server/app.ts';
import * as presence from '#server/presence/service.ts';
import { start, stillClock, type TestService } from '../../harness.ts';
import { createWorld, type World } from '../../world.ts';
import { agentId, loggedIn, logIn } from '../presence/staff.ts';
import { tryToOpen, openPage, type Page } from './page.ts';
import { setUpSockets, type SocketSetup } from './socket-setup.ts';

let service: TestService;
let world: World;
/** The same service with seconds so short that a minute takes 1.5 s. */
let hasty: Service & { url: string; config: TestService['config'] };
let setup: SocketSetup;
const pages: Page[] = [];

beforeAll(async () => {
  service = await start({ clock: stillClock() });
  world = await createWorld(service.ctx.db);
  const other = await buildApp(service.config, { clock: service.clock, socketSecondMs: 25 });
  await other.app.listen({ port: 0, host: '127.0.0.1' });
  const { port } = other.app.server.address() as AddressInfo;
  hasty = { ...other, url: `http://127.0.0.1:${port}`, config: service.config };
  setup = await setUpSockets(service, { socketsPerAddress: 5 });
});
afterAll(async () => {
  await setup.close();
  await hasty.close();
  await service.end();
});
afterEach(async () => {
  for (const page of pages.splice(0)) {
    page.ws.terminate();
    await page.closed;
  }
});

async function open(...given: Parameters<typeof openPage>): Promise<Page> {
  const page = await openPage(...given);
  pages.push(page);
  return page;
}
const cookies = new Map<string, string>();

describe('opening a socket', () => {
  test.each([
    ['none', undefined],
    ['null', 'null'],
    ['a foreign one', 'https://evil.example'],
    ['our host with another scheme', 'https://quoteline.test'],
    ['our host with another port', 'http://quoteline.test:8080'],
    ['a host that begins like ours', 'http://quoteline.test.evil.example'],
    ['the URL at which the service listens', 'the address'],
  ])('a handshake with origin %s is refused', async (_, given) => {
    const origin = given === 'the address' ? service.url : given;
    expect(await tryToOpen({ url: service.url, origin, cookies })).toMatchObject({ status: 403 });
  });

  test('the number of sockets per IP address is limited, and closing one makes room', async () => {
    const own = { url: setup.url, config: setup.config };
    const five = await Promise.all([1, 2, 3, 4, 5].map(() => open(own)));
    const sixth = await tryToOpen({ url: setup.url, origin: setup.config.publicUrl, cookies });
    expect(sixth).toEqual({ status: 429, retryAfter: '60' });
    // Refused attempts don't count towards the handshakes that others may make.
    const attempts = Array.from({ length: 900 }, () =>
      tryToOpen({ url: setup.url, origin: setup.config.publicUrl, cookies }),
    );
    const answers = new Set((await Promise.all(attempts)).map((one) => 'status' in one && one.status));
    expect([...answers]).toEqual([429]);
    five[0]?.close();
    await five[0]?.closed;
    await expect
      .poll(() => tryToOpen({ url: setup.url, origin: setup.config.publicUrl, cookies }))
      .toHaveProperty('ws');
  });

  test('only /ws upgrades to a socket; other paths answer as usual', async () => {
    const ask = (path: string, upgrade: string) =>
      new Promise<number>((resolve, reject) => {
        const headers = { connection: 'Upgrade', upgrade, origin: service.config.publicUrl };
        const request = http.get(`${service.url}${path}`, { headers });
        request.on('response', (response) => resolve(response.resume().statusCode ?? 0));
        request.on('upgrade', () => reject(new Error('upgraded')));
        request.on('error', reject);
      });
    expect(await ask('/livez', 'websocket')).toBe(200);
    expect(await ask('/livez', 'h2c')).toBe(200);
    expect(await ask('/ws', 'h2c')).toBe(404);
    expect(await ask('/ws/more', 'websocket')).toBe(404);
    expect((await service.visitor().get('/ws')).status).toBe(404);
  });
});

describe('frames from a page', () => {
  test('an unknown frame is answered and does no harm', async () => {
    const page = await open(service);
    const strange = ['', '{', 'null', '[]', '7', '{"type":"watch"}', '{"type":"watch","topic":7}'];
    strange.push(
      '{"type":"hello","topic":"product:1"}',
      '{"type":"watch","topic":"product:1","version":"1"}',
    );
    strange.push(JSON.stringify({ type: 'watch', topic: 'x'.repeat(101) }));
    for (const text of strange) page.say(text);
    page.ws.send(Buffer.from('{"type":"ping"}'), { binary: true });
    page.say({ type: 'ping' });
    await page.until('pong');
    const invalid = { type: 'refused', topic: '', code: 'invalid' };
    expect(page.frames.slice(0, -1)).toEqual(Array(strange.length + 1).fill(invalid));
  });

  test('a frame over 4 KiB closes the socket with 1009', async () => {
    const page = await open(service);
    const frame = (length: number) => JSON.stringify({ type: 'ping', more: 'x'.repeat(length) });
    page.say(frame(4096 - frame(0).length));
    await page.until('pong');
    page.say(frame(4097 - frame(0).length));
    expect(await page.closed).toBe(1009);
  });

  test('a flood closes the socket with 4029, but a page that reconnects with all its topics is no flood', async () => {
    const calm = await open(service);
    for (let i = 0; i < 50; i += 1) calm.watch(`product:${1_000 + i}`);
    await calm.until('product:1049');
    const page = await open(service);
    for (let i = 0; i < 100; i += 1) page.say({ type: 'ping' });
    expect(await page.closed).toBe(4029);
    expect(page.frames.length).toBeLessThan(75);
    expect(calm.ws.readyState).toBe(calm.ws.OPEN);
  });

  test('a socket watches at most 50 topics until one is unwatched', async () => {
    const page = await open({ url: setup.url, config: setup.config });
    for (let i = 0; i < 50; i += 1) page.watch(`count:${i}`);
    page.watch('count:more');
    expect(await page.until('count:more')).toMatchObject({ type: 'refused', code: 'too_many' });
    await page.until('count:49');
    page.say({ type: 'unwatch', topic: 'count:0' });
    page.watch('count:more');
    await page.until('count:more', ({ type }) => type === 'state');
  });
});

describe('the version of a topic', () => {
  test('the version of an unchanged topic tells nobody that what it is read from changed', async () => {
    const page = await open(setup);
    const topic = 'count:unchanged';
    page.watch(topic);
    const { version } = await page.until(topic);
    const { reads } = setup;
    setup.value -= 1;
    await setup.change();
    await expect.poll(() => setup.reads).toBeGreaterThan(reads);
    page.watch(topic);
    await expect.poll(() => page.about(topic)).toHaveLength(2);
    expect(page.about(topic).map((frame) => frame.version)).toEqual([version, version]);
  });
});

describe('the end of a session', () => {
  test.each([
    ['a logout', (browser: Awaited<ReturnType<typeof loggedIn>>) => browser.post('/api/account/logout', {})],
    ['an expiry', () => service.ctx.db.execute(sql`update account_sessions set expires_at = '2020-01-01'`)],
  ])('the socket of a desk is closed within a minute of %s, and that of a guest is not', async (_, end) => {
    const browser = await loggedIn(service, world, 'milan');
    const desk = await open(hasty, browser);
    const onlooker = await open(hasty);
    desk.watch('agent');
    onlooker.watch(`product:${world.products.sensor}`);
    await desk.until('agent', ({ type }) => type === 'state');
    await new Promise((resolve) => setTimeout(resolve, 1_700));
    expect(desk.ws.readyState, 'after one check').toBe(desk.ws.OPEN);
    const held = new Map(browser.cookies);
    await end(browser);
    expect(await desk.closed).toBe(4401);
    expect(onlooker.ws.readyState).toBe(onlooker.ws.OPEN);
    const again = await open(hasty, { cookies: held });
    again.watch('agent');
    expect(await again.until('agent')).toMatchObject({ type: 'refused', code: 'login_required' });
    await service.ctx.db.execute(sql`delete from accounts where email = ${world.mail.milan}`);
  });
});

describe('a process that ends', () => {
  test('a process that ends closes its sockets with 1012, and the agents stay available until they reconnect', async () => {
    const milan = await agentId(service.ctx.db, world, 'milan');
    const other = await buildApp(service.config, { clock: service.clock });
    await other.app.listen({ port: 0, host: '127.0.0.1' });
    const { port } = other.app.server.address() as AddressInfo;
    const there = { url: `http://127.0.0.1:${port}`, config: service.config };
    const browser = await loggedIn(service, world, 'milan');
    const desk = await open(there, browser);
    const onlooker = await open(there);
    desk.watch('agent');
    onlooker.watch(`product:${world.products.sensor}`);
    await desk.until('agent', ({ type }) => type === 'state');
    await browser.put('/api/agent/status', { status: 'available' });
    await desk.until('agent', ({ state }) => state.me.status === 'available');
    await other.close();
    expect(await Promise.all([desk.closed, onlooker.closed])).toEqual([1012, 1012]);
    service.clock.advance(30_000);
    expect(await presence.freeAmong(service.ctx.db, [milan], service.clock.now())).toEqual([milan]);
    const back = await open(service, browser);
    back.watch('agent');
    await back.until('agent', ({ state }) => state?.me.status === 'available');
    service.clock.advance(-30_000);
  });
});

test('a page left open is closed after its buyer has logged out, and cannot watch their solution again', async () => {
  const account = { email: 'open@page.example', name: 'Ana', role: 'buyer', locale: 'en' } as const;
  const browser = await logIn(service, { ...account, vendorId: null, agentId: null });
  const { id } = (await browser.get('/api/solutions/current')).body;
  const page = await open(hasty, browser);
  page.watch(`solution:${id}`);
  await page.until(`solution:${id}`, ({ type }) => type === 'state');
  await browser.post('/api/account/logout', {});
  expect(await page.closed).toBe(4401);
  const again = await open(hasty, browser);
  again.watch(`solution:${id}`);
  expect(await again.until(`solution:${id}`)).toMatchObject({ type: 'refused', code: 'not_found' });
});
