import { describe, expect, test } from 'vitest';
import { type Client, stillClock } from '../../harness.ts';
import { startWithWorld } from '../../world.ts';
import { chosen, login, tokensTo, verified } from './registrants.ts';

const env = { LIMIT_REGISTRATIONS_PER_HOUR: '100', LIMIT_LOGINS_PER_QUARTER_HOUR: '5' };
const { service } = await startWithWorld({ env, clock: stillClock(new Date()) });

const fresh = 'meadow clouds over rails';
const hourMs = 3_600_000;
const me = async (browser: Client) => (await browser.get('/api/account/me')).status;
const change = (browser: Client, current: string, password = fresh) =>
  browser.put('/api/account/password', { current, password });
interface Listed {
  items: { id: string; browser: string | null; system: string | null; usedAt: string; current: boolean }[];
}
const sessionsOf = async (browser: Client) => (await browser.get<Listed>('/api/account/sessions')).body.items;

/** Logs in with a browser of that name. */
async function loginWith(email: string, userAgent: string): Promise<Client> {
  const browser = service.visitor();
  const body = { email, password: chosen };
  await browser.post('/api/account/login', body, { 'user-agent': userAgent });
  return browser;
}

describe('changing the password', () => {
  test('the sessions of all other browsers end, this one gets a new one, and the owner a mail', async () => {
    const email = 'change@own.example';
    const browser = await verified(service, email);
    const other = service.visitor();
    await login(other, email);
    const stolen = service.visitor();
    stolen.cookies.set('session', browser.cookies.get('session') ?? '');
    await browser.post('/api/account/password-resets', { email });
    const [token = ''] = await tokensTo(service, email, 'reset');
    expect((await change(browser, chosen)).status).toBe(204);
    expect([await me(browser), await me(other), await me(stolen)]).toEqual([200, 401, 401]);
    expect((await login(other, email, fresh)).status).toBe(200);
    const late = await browser.put(`/api/account/password-resets/${token}`, { password: chosen });
    expect(late.body.code).toBe('link_not_valid');
    await service.drain();
    expect(service.mail.to(email).map(({ subject }) => subject)).toContain('Your password was changed');
  });

  test('a wrong current password is refused at its field, changes nothing, and is limited', async () => {
    const email = 'wrong@own.example';
    const browser = await verified(service, email);
    const refused = await change(browser, 'not this one');
    const errors = [{ path: 'current', code: 'invalid_credentials' }];
    expect(refused).toMatchObject({ status: 401, body: { code: 'invalid_credentials', errors } });
    // All that is wrong is said at once.
    expect((await change(browser, 'not this one', 'short')).body.errors).toMatchObject([
      { path: 'current', code: 'invalid_credentials' },
      { path: 'password', code: 'too_short' },
    ]);
    expect((await change(browser, chosen, 'own2026own')).body.code).toBe('password_too_common');
    const statuses = [];
    for (let times = 0; times < 3; times += 1) statuses.push((await change(browser, 'a guess')).status);
    expect(statuses).toEqual([401, 401, 429]);
    expect((await login(service.visitor(), email)).status).toBe(200);
  });
});

describe('the profile', () => {
  test('name, company and language change, and nothing else can be set', async () => {
    const browser = await verified(service, 'profile@own.example');
    const changes = { name: ' Mira  K. ', company: 'Panonia', locale: 'sr' };
    const { body: before } = await browser.get('/api/account/me');
    const changed = await browser.patch('/api/account/me', changes);
    expect(changed).toMatchObject({
      status: 200,
      body: { name: 'Mira  K.', company: 'Panonia', locale: 'sr' },
    });
    expect((await browser.get('/api/account/me')).body).toEqual(changed.body);
    expect((await browser.patch('/api/account/me', { company: '' })).body.company).toBeNull();
    for (const field of [
      'role',
      'vendorId',
      'agentId',
      'credits',
      'email',
      'id',
      'buyerId',
      'passwordHash',
    ]) {
      const refused = await browser.patch('/api/account/me', { [field]: 'staff' });
      expect(refused).toMatchObject({
        status: 422,
        body: { errors: [{ path: field, code: 'not_allowed' }] },
      });
    }
    expect((await browser.patch('/api/account/me', { locale: '!!' })).body.errors).toMatchObject([
      { path: 'locale', code: 'format' },
    ]);
    expect((await browser.patch('/api/account/me', { name: ' ' })).body.errors).toMatchObject([
      { path: 'name', code: 'required' },
    ]);
    expect((await browser.get('/api/account/me')).body).toMatchObject({ id: before.id, role: 'buyer' });
  });
});

describe('the browsers that are logged in', () => {
  const firefox = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0';
  const edge =
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36 Edg/142.0.0.0';

  test('they are listed by name and last use, the present one marked, without anything that gives access', async () => {
    const email = 'list@own.example';
    await verified(service, email);
    await service.ctx
      .sql`delete from account_sessions where account_id = (select id from accounts where email = ${email})`;
    const linux = await loginWith(email, firefox);
    const windows = await loginWith(email, edge);
    service.clock.advance(2 * hourMs);
    await me(linux);
    const listed = await sessionsOf(linux);
    expect(listed).toMatchObject([
      { browser: 'Firefox', system: 'Linux', current: true, usedAt: service.clock.now().toISOString() },
      { browser: 'Edge', system: 'Windows', current: false },
    ]);
    const thief = service.visitor();
    for (const { id } of listed) {
      thief.cookies.set('session', id);
      expect(await me(thief)).toBe(401);
    }
    expect((await sessionsOf(windows)).map(({ current }) => current)).toEqual([false, true]);
  });

  test('one of them, or all others, are logged out; nobody ends a stranger’s', async () => {
    const email = 'end@own.example';
    const first = await verified(service, email);
    const second = await loginWith(email, edge);
    const third = await loginWith(email, firefox);
    const stranger = await verified(service, 'stranger@own.example');
    const edgeId = (await sessionsOf(first)).find(({ browser }) => browser === 'Edge')?.id ?? '';
    expect((await stranger.delete(`/api/account/sessions/${edgeId}`)).status).toBe(404);
    expect(await me(second)).toBe(200);
    expect((await first.delete(`/api/account/sessions/${edgeId}`)).status).toBe(204);
    expect((await first.delete(`/api/account/sessions/${edgeId}`)).status).toBe(404);
    expect([await me(first), await me(second), await me(third)]).toEqual([200, 401, 200]);
    expect((await first.delete('/api/account/sessions')).status).toBe(204);
    expect([await me(first), await me(third), await me(stranger)]).toEqual([200, 401, 200]);
    expect(await sessionsOf(first)).toHaveLength(1);
  });
});
