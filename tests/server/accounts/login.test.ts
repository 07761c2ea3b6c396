import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { addAccount } from '#server/accounts/service.ts';
import { sha256 } from '#server/platform/tokens.ts';
import { type Client, start, stillClock, type TestService } from '../../harness.ts';
import { createWorld } from '../../world.ts';

const dayMs = 86_400_000;
const password = 'correct horse battery';

let service: TestService;
let vendorId: string;
beforeAll(async () => {
  // Sessions expire by the real time.
  service = await start({
    env: { LIMIT_LOGINS_PER_QUARTER_HOUR: '5', TRUST_PROXY: '127.0.0.1' },
    clock: stillClock(new Date()),
  });
  const world = await createWorld(service.ctx.db);
  vendorId = world.vendors.sever;
  const person = (email: string, name: string) => ({ email, name, password, locale: 'sr', agentId: null });
  await addAccount(service.ctx.db, {
    ...person('Vesna@Sever.example', 'Vesna'),
    role: 'manager',
    vendorId: Number(vendorId),
  });
  for (const name of ['jana', 'nikola', 'ivo']) {
    await addAccount(service.ctx.db, {
      ...person(`${name}@buyer.example`, name),
      role: 'buyer',
      vendorId: null,
    });
  }
});
afterAll(() => service.end());

const login = (client: Client, email: string, given = password) =>
  client.post('/api/account/login', { email, password: given });
const me = (client: Client) => client.get('/api/account/me');

describe('logging in', () => {
  test('logging in returns the person, ignoring the case of the address, until logging out', async () => {
    const vesna = service.visitor();
    expect(await me(vesna)).toMatchObject({ status: 401, body: { code: 'login_required' } });
    const answer = await login(vesna, ' vesna@sever.EXAMPLE ');
    const expected = {
      name: 'Vesna',
      email: 'vesna@sever.example',
      role: 'manager',
      locale: 'sr',
      vendorId,
      agentId: null,
    };
    expect(answer).toMatchObject({ status: 200, body: expected });
    expect(JSON.stringify(answer.body)).not.toContain('argon2');
    expect((await me(vesna)).body).toEqual(answer.body);

    const stolen = service.visitor();
    stolen.cookies.set('session', vesna.cookies.get('session') ?? '');
    expect((await vesna.post('/api/account/logout')).status).toBe(204);
    expect((await me(vesna)).status).toBe(401);
    expect((await me(stolen)).status).toBe(401);
    expect((await vesna.post('/api/account/logout')).status).toBe(204);
  });

  test('a login without our own origin is refused', async () => {
    const answer = await service
      .outsider()
      .post('/api/account/login', { email: 'jana@buyer.example', password });
    expect(answer).toMatchObject({ status: 403, body: { code: 'foreign_origin' } });
  });

  test('the session cookie is hidden from scripts and other sites', async () => {
    const answer = await login(service.visitor(), 'jana@buyer.example');
    const [cookie] = answer.headers.getSetCookie().filter((line) => line.startsWith('session='));
    expect(cookie).toMatch(/^session=[a-z0-9]{40}; Max-Age=7776000; Path=\/; HttpOnly; SameSite=Lax$/);
  });

  test("logging in ends the browser's earlier session", async () => {
    const browser = service.visitor();
    await login(browser, 'jana@buyer.example');
    const before = service.visitor();
    before.cookies.set('session', browser.cookies.get('session') ?? '');
    await login(browser, 'nikola@buyer.example');
    expect((await me(browser)).body.name).toBe('nikola');
    expect((await me(before)).status).toBe(401);
  });
});

describe('a session', () => {
  test("a session is stored as a hash that doesn't work as a key", async () => {
    const browser = service.visitor();
    await login(browser, 'jana@buyer.example');
    const id = browser.cookies.get('session') ?? '';
    const rows = await service.ctx.sql`select id_hash from account_sessions`;
    const hashes = rows.map((row) => row.id_hash as string);
    expect(hashes).toContain(sha256(id).toString('base64url'));
    expect(hashes).not.toContain(id);
    for (const forged of [...hashes, '', 'x', `${id}a`, id.slice(1), '\u0000', 'é'.repeat(40)]) {
      const thief = service.visitor();
      thief.cookies.set('session', encodeURIComponent(forged));
      expect((await me(thief)).status, forged).toBe(401);
    }
  });

  test('a session ends when idle, and after ninety days in any case', async () => {
    const idle = service.visitor();
    const busy = service.visitor();
    await login(idle, 'jana@buyer.example');
    await login(busy, 'nikola@buyer.example');
    const [session] = await service.ctx.sql`
      select expires_at, ends_at from account_sessions
      where id_hash = ${sha256(busy.cookies.get('session') ?? '').toString('base64url')}`;
    expect(((session!.ends_at as Date).getTime() - Date.now()) / dayMs).toBeCloseTo(90, 1);
    expect(((session!.expires_at as Date).getTime() - Date.now()) / dayMs).toBeCloseTo(14, 1);
    service.clock.advance(15 * dayMs);
    expect((await me(idle)).status).toBe(401);
    // As if the session had been in use all the time.
    await service.ctx.sql`update account_sessions set expires_at = ends_at + interval '1 day'`;
    service.clock.advance(74 * dayMs);
    expect((await me(busy)).status).toBe(200);
    service.clock.advance(2 * dayMs);
    expect((await me(busy)).status).toBe(401);
    service.clock.set(new Date());
  });
});

describe('wrong credentials', () => {
  test('a wrong address and a wrong password get the same answer', async () => {
    const unknown = await login(service.visitor(), 'nobody@buyer.example');
    const wrong = await login(service.visitor(), 'jana@buyer.example', 'guess');
    expect(unknown).toMatchObject({ status: 401, body: { code: 'invalid_credentials' } });
    expect(wrong.body).toEqual(unknown.body);
    const shape = (headers: Headers) => [...headers.keys()].filter((name) => name !== 'date').sort();
    expect(shape(wrong.headers)).toEqual(shape(unknown.headers));
    expect(wrong.headers.getSetCookie()).toEqual([]);
  });

  test('a wrong address takes as long as a wrong password', async () => {
    // CPU time doesn't depend on other programs.
    const timed = async (email: string) => {
      const before = process.cpuUsage();
      expect((await login(service.visitor(), email, 'guess')).status).toBe(401);
      const { user, system } = process.cpuUsage(before);
      return (user + system) / 1000;
    };
    const known: number[] = [];
    const unknown: number[] = [];
    for (const number of [1, 2, 3, 4, 5]) {
      service.clock.advance(900_000);
      known.push(await timed('ivo@buyer.example'));
      unknown.push(await timed(`nobody-${number}@buyer.example`));
    }
    const fastest = (times: number[]) => Math.min(...times);
    // Without hashing a password, it would take a tenth.
    expect(fastest(unknown)).toBeGreaterThan(fastest(known) / 2);
    expect(fastest(known)).toBeGreaterThan(fastest(unknown) / 2);
    expect(fastest(unknown)).toBeGreaterThan(8);
  });

  test('failed logins are counted per account across processes and concurrently, successful ones are not', async () => {
    service.clock.advance(900_000);
    for (let times = 0; times < 8; times += 1) {
      expect((await login(service.visitor(), 'nikola@buyer.example')).status).toBe(200);
    }
    const tries = await Promise.all(
      Array.from({ length: 9 }, () => login(service.visitor(), 'nikola@buyer.example', 'guess')),
    );
    const statuses = tries.map(({ status }) => status);
    expect(statuses.filter((status) => status === 401)).toHaveLength(5);
    expect(statuses.filter((status) => status === 429)).toHaveLength(4);
    const refused = await login(service.visitor(), 'nikola@buyer.example');
    expect(refused).toMatchObject({ status: 429, body: { code: 'too_many' } });
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(Number(refused.headers.get('retry-after'))).toBeLessThanOrEqual(900);
    expect((await login(service.visitor(), 'jana@buyer.example')).status).toBe(200);
    service.clock.advance(900_000);
    expect((await login(service.visitor(), 'nikola@buyer.example')).status).toBe(200);
  });

  test('failed logins are counted per client address across accounts', async () => {
    service.clock.advance(900_000);
    const statuses: number[] = [];
    for (let number = 0; number < 51; number += 1) {
      statuses.push((await login(service.visitor(), `person-${number}@buyer.example`, 'guess')).status);
    }
    expect(statuses.slice(0, 50).every((status) => status === 401)).toBe(true);
    expect(statuses[50]).toBe(429);
  });
});

describe('guesses at an account', () => {
  const from = (address: string) => ({ 'x-forwarded-for': address });
  const loginFrom = (browser: Client, address: string, given: string) =>
    browser.post('/api/account/login', { email: 'jana@buyer.example', password: given }, from(address));

  test('guesses from many addresses keep neither a clean address out nor a browser that was logged in before', async () => {
    const known = service.visitor();
    service.clock.advance(900_000);
    expect((await loginFrom(known, '203.0.113.1', password)).status).toBe(200);
    const guesses = await Promise.all(
      Array.from({ length: 8 }, (_, index) => loginFrom(service.visitor(), `198.51.100.${index}`, 'guess')),
    );
    expect(guesses.map(({ status }) => status)).toEqual(guesses.map(() => 401));
    expect((await loginFrom(service.visitor(), '203.0.113.9', password)).status).toBe(200);
    // Who guesses from one address is out, and the known browser even there is not.
    for (let times = 0; times < 5; times += 1) await loginFrom(service.visitor(), '192.0.2.66', 'guess');
    expect((await loginFrom(service.visitor(), '192.0.2.66', password)).status).toBe(429);
    expect((await loginFrom(known, '192.0.2.66', password)).status).toBe(200);
    for (let times = 0; times < 5; times += 1) await loginFrom(known, '192.0.2.66', 'guess');
    expect((await loginFrom(known, '192.0.2.66', password)).status).toBe(429);
  });
});

test('an invalid login is refused with the names of its fields', async () => {
  service.clock.advance(900_000);
  const answer = await service.visitor().post('/api/account/login', { email: 1 });
  expect(answer).toMatchObject({ status: 422, body: { code: 'invalid_input' } });
  expect(answer.body.errors.map(({ path }: { path: string }) => path).sort()).toEqual(['email', 'password']);
});
