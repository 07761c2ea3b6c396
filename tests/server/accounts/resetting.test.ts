import { beforeEach, describe, expect, test } from 'vitest';
import { forgetExpiredResets } from '#server/accounts/resetting/service.ts';
import { type Client, stillClock } from '../../harness.ts';
import { startWithWorld } from '../../world.ts';
import { chosen, login, tokensTo, verified } from './registrants.ts';

const env = { LIMIT_MAILS_PER_UNPROVEN_ADDRESS: '3', LIMIT_REGISTRATIONS_PER_HOUR: '100' };
const { service } = await startWithWorld({ env, clock: stillClock(new Date()) });
const hourMs = 3_600_000;
beforeEach(() => service.clock.advance(hourMs));

const fresh = 'meadow clouds over rails';
const ask = (email: string, browser = service.visitor()) =>
  browser.post('/api/account/password-resets', { email });
const reset = (token: string, password = fresh, browser = service.visitor()) =>
  browser.put(`/api/account/password-resets/${token}`, { password });
const me = async (browser: Client) => (await browser.get('/api/account/me')).status;
const resetTokens = (email: string) => tokensTo(service, email, 'reset');

describe('asking for a new password', () => {
  test('an address with an account and one without get the same answer for the same statements and no hash', async () => {
    const email = 'known@reset.example';
    await verified(service, email);
    const measured = [];
    for (const address of [email, 'unknown@reset.example']) {
      const browser = service.visitor();
      let answer: Awaited<ReturnType<typeof ask>> | undefined;
      const statements = await service.countStatements(async () => {
        answer = await ask(address, browser);
      });
      const { status, body, headers } = answer!;
      const names = [...headers.keys()].filter((name) => name !== 'date').sort();
      measured.push({ status, body, names, statements });
    }
    expect(measured[0]).toEqual(measured[1]);
    expect(measured[0]).toMatchObject({ status: 202, body: null });
    expect(await resetTokens(email)).toHaveLength(1);
    expect(service.mail.to('unknown@reset.example')).toEqual([]);
  });

  test('requests from one network are limited per address alike, with an account or without', async () => {
    const email = 'often@reset.example';
    await verified(service, email);
    for (const address of [email, 'never@reset.example']) {
      const statuses = [];
      for (let times = 0; times < 4; times += 1) statuses.push((await ask(address)).status);
      expect(statuses).toEqual([202, 202, 202, 429]);
    }
    await service.drain();
    expect((await login(service.visitor(), email)).status).toBe(200);
  });
});

test('an empty or malformed address is refused at its field', async () => {
  for (const [email, code] of [
    ['', 'required'],
    [' ', 'required'],
    ['no address', 'format'],
  ] as const) {
    const errors = [{ path: 'email', code }];
    expect(await ask(email)).toMatchObject({ status: 422, body: { code: 'invalid_input', errors } });
  }
});

describe('setting a new password by link', () => {
  test('a new password ends the sessions of all browsers, and the owner gets a mail', async () => {
    const email = 'two.browsers@reset.example';
    const first = await verified(service, email);
    const second = service.visitor();
    await login(second, email);
    await ask(email.toUpperCase());
    const [token = ''] = await resetTokens(email);
    expect((await reset(token)).status).toBe(204);
    expect([await me(first), await me(second)]).toEqual([401, 401]);
    expect((await login(second, email)).status).toBe(401);
    expect((await login(second, email, fresh)).status).toBe(200);
    await service.drain();
    expect(service.mail.to(email).map(({ subject }) => subject)).toContain('Your password was changed');
  });

  test('a link works once, for an hour, and voids the ones before', async () => {
    const email = 'once@reset.example';
    await verified(service, email);
    await ask(email);
    const [earlier = ''] = await resetTokens(email);
    await ask(email);
    const token = (await resetTokens(email)).find((one) => one !== earlier) ?? '';
    service.clock.advance(hourMs);
    expect((await reset(token)).body.code).toBe('link_not_valid');
    service.clock.advance(-1_000);
    const answers = await Promise.all([reset(token), reset(token, 'another meadow of ours')]);
    expect(answers.map(({ status }) => status).sort()).toEqual([204, 404]);
    for (const used of [token, earlier]) expect((await reset(used)).body.code).toBe('link_not_valid');
    await service.drain();
  });

  test('another kind of link, and one that is altered, set nothing', async () => {
    const email = 'bent@reset.example';
    await verified(service, email);
    await ask(email);
    const [token = ''] = await resetTokens(email);
    const id = service.ctx.links.claimedId(token) ?? '';
    const bent = `${token.slice(0, -1)}${token.endsWith('A') ? 'B' : 'A'}`;
    for (const wrong of [service.ctx.links.issue('verify', id, 1), bent, token.slice(1), 'x'])
      expect(await reset(wrong)).toMatchObject({ status: 404, body: { code: 'link_not_valid' } });
    expect((await login(service.visitor(), email, chosen)).status).toBe(200);
  });

  test('a refused password doesn’t use the link up', async () => {
    const email = 'refused@reset.example';
    await verified(service, email);
    await ask(email);
    const [token = ''] = await resetTokens(email);
    for (const [password, code] of [
      ['', 'required'],
      ['short12', 'too_short'],
      ['refused2026', 'password_too_common'],
    ] as const) {
      const refused = await reset(token, password);
      expect(refused).toMatchObject({ status: 422, body: { errors: [{ path: 'password', code }] } });
    }
    expect((await reset(token)).status).toBe(204);
    await service.drain();
  });

  test('requests that nobody used are deleted', async () => {
    await ask('nobody@reset.example');
    await service.drain();
    service.clock.advance(hourMs + 1);
    await forgetExpiredResets(service.ctx);
    expect(await service.ctx.sql`select id from password_resets`).toHaveLength(0);
  });
});
