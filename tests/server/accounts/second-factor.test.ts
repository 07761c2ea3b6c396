import { describe, expect, test } from 'vitest';
import { sha256 } from '#server/platform/tokens.ts';
import { type Client, stillClock } from '../../harness.ts';
import { startWithWorld } from '../../world.ts';
import { codeAt, loginWith, withAuthenticator } from './authenticator.ts';
import { chosen, login, verified } from './registrants.ts';

const env = { LIMIT_REGISTRATIONS_PER_HOUR: '100' };
const { service } = await startWithWorld({ env, clock: stillClock(new Date('2026-11-30T10:00:00Z')) });

const minuteMs = 60_000;
const me = async (browser: Client) => (await browser.get('/api/account/me')).status;
const subjectsTo = async (email: string) => {
  await service.drain();
  return service.mail.to(email).map(({ subject }) => subject);
};
const finish = (browser: Client, code: string) => browser.post('/api/account/second-step', { code });

describe('setting up an authenticator app', () => {
  test('the secret counts only once a code of it was sent, and then other browsers are logged out', async () => {
    const email = 'begins@factor.example';
    const browser = await verified(service, email);
    const other = service.visitor();
    await login(other, email);
    const started = await browser.post('/api/account/two-factor');
    expect(started).toMatchObject({
      status: 201,
      body: {
        uri: expect.stringContaining('otpauth://totp/Quoteline:begins%40factor.example?'),
        qr: /^<svg/,
      },
    });
    const { secret, uri } = started.body as { secret: string; uri: string };
    expect(uri).toContain(`secret=${secret}`);
    expect((await browser.post('/api/account/two-factor')).body.secret).toBe(secret);
    expect((await login(service.visitor(), email)).status).toBe(200);

    const wrong = await browser.put('/api/account/two-factor', { code: '000000' });
    const errors = [{ path: 'code', code: 'wrong_code' }];
    expect(wrong).toMatchObject({ status: 422, body: { code: 'wrong_code', errors } });
    expect((await browser.get('/api/account/two-factor')).body.totpSince).toBeNull();

    const code = codeAt(secret, service.clock.now());
    const confirmed = await browser.put('/api/account/two-factor', {
      code: ` ${code.slice(0, 3)} ${code.slice(3)} `,
    });
    expect(confirmed.status).toBe(200);
    expect(new Set(confirmed.body.recoveryCodes).size).toBe(10);
    for (const recovery of confirmed.body.recoveryCodes)
      expect(recovery).toMatch(/^[0-9a-hjkmnp-tv-z]{4}(-[0-9a-hjkmnp-tv-z]{4}){3}$/);
    expect([await me(browser), await me(other)]).toEqual([200, 401]);
    expect((await browser.get('/api/account/two-factor')).body).toEqual({
      totpSince: service.clock.now().toISOString(),
      passkeys: [],
      recoveryCodesLeft: 10,
      required: false,
    });
    expect(await subjectsTo(email)).toContain('Your second factor is on');
    for (const again of [
      await browser.post('/api/account/two-factor'),
      await browser.put('/api/account/two-factor', { code: codeAt(secret, service.clock.now()) }),
    ])
      expect(again).toMatchObject({ status: 409, body: { code: 'second_factor_on' } });
  });

  test('a code without a secret that was begun is refused, and so is everything without a login', async () => {
    const browser = await verified(service, 'nothing@factor.example');
    expect((await browser.put('/api/account/two-factor', { code: '123456' })).body.code).toBe(
      'second_factor_off',
    );
    expect((await service.visitor().post('/api/account/two-factor')).status).toBe(401);
  });

  test('the database holds neither the secret nor a recovery code in a form that can be read', async () => {
    const browser = await verified(service, 'stolen@factor.example');
    const { body } = await browser.post<{ secret: string }>('/api/account/two-factor');
    const confirmed = await browser.put('/api/account/two-factor', {
      code: codeAt(body.secret, service.clock.now()),
    });
    const [recovery = ''] = confirmed.body.recoveryCodes as string[];
    const { sql } = service.ctx;
    const rows = [...(await sql`select * from totp_factors`), ...(await sql`select * from recovery_codes`)];
    const bytes = Buffer.concat(
      rows.flatMap((row) => Object.values(row)).filter((each) => Buffer.isBuffer(each)),
    );
    const raw = service.ctx.secrets.open(
      await sealedOf('stolen@factor.example'),
      await contextOf('stolen@factor.example'),
    );
    expect(raw).toHaveLength(20);
    for (const secret of [
      raw!,
      Buffer.from(body.secret),
      sha256(recovery),
      sha256(recovery.replaceAll('-', '')),
    ])
      expect(bytes.includes(secret)).toBe(false);
    // A sealed secret copied to another account opens nothing.
    expect(service.ctx.secrets.open(await sealedOf('stolen@factor.example'), 'totp of another')).toBeNull();
  });
});

const sealedOf = async (email: string) => {
  const [row] = await service.ctx.sql<{ sealed_secret: Buffer }[]>`
    select sealed_secret from totp_factors join accounts on accounts.id = account_id where email = ${email}`;
  return row!.sealed_secret;
};
const contextOf = async (email: string) => {
  const [row] = await service.ctx.sql`select id from accounts where email = ${email}`;
  return `totp of ${row!.id as string}`;
};

describe('logging in with an authenticator app', () => {
  test('the code is asked for only after the right password', async () => {
    const email = 'asked@factor.example';
    await withAuthenticator(service, await verified(service, email));
    const unknown = await login(service.visitor(), 'nobody@factor.example');
    const wrong = await login(service.visitor(), email, 'a wrong password');
    const wrongWithCode = await service
      .visitor()
      .post('/api/account/login', { email, password: 'a wrong password', code: '123456' });
    for (const answer of [wrong, wrongWithCode]) {
      expect(answer.body).toEqual(unknown.body);
      expect(answer.headers.getSetCookie()).toEqual([]);
    }
    const browser = service.visitor();
    const right = await login(browser, email);
    expect(right).toMatchObject({ status: 401, body: { code: 'second_factor_required' } });
    expect(browser.cookies.get('session')).toBeUndefined();
    expect(await me(browser)).toBe(401);
  });

  test('a code of the present time step or one beside it logs in, once', async () => {
    const email = 'once@factor.example';
    const app = await withAuthenticator(service, await verified(service, email));
    service.clock.advance(5 * minuteMs);
    for (const tooFar of [app.code(-2), app.code(2)])
      expect((await loginWith(service.visitor(), email, tooFar)).status).toBe(401);
    const browser = service.visitor();
    expect((await loginWith(browser, email, app.code(-1))).status).toBe(200);
    expect(await me(browser)).toBe(200);
    const code = app.code();
    expect((await loginWith(service.visitor(), email, code)).status).toBe(200);
    const errors = [{ path: 'code', code: 'wrong_code' }];
    for (const used of [code, app.code(-1)])
      expect(await loginWith(service.visitor(), email, used)).toMatchObject({
        status: 401,
        body: { code: 'second_factor_required', errors },
      });
  });

  test('of two browsers that send one code at once, one is logged in', async () => {
    const email = 'race@factor.example';
    const app = await withAuthenticator(service, await verified(service, email));
    for (let round = 0; round < 5; round += 1) {
      service.clock.advance(5 * minuteMs);
      const code = app.code();
      const tries = await Promise.all([0, 1, 2].map(() => loginWith(service.visitor(), email, code)));
      expect(tries.map(({ status }) => status).sort()).toEqual([200, 401, 401]);
    }
  });

  test('guesses of the code are limited, but not for a browser that was logged in before', async () => {
    const email = 'guessed@factor.example';
    const own = await verified(service, email);
    const app = await withAuthenticator(service, own);
    await own.post('/api/account/logout');
    service.clock.advance(15 * minuteMs);
    const statuses = [];
    for (let times = 0; times < 11; times += 1)
      statuses.push((await loginWith(service.visitor(), email, '000000')).status);
    expect(statuses).toEqual([...Array<number>(10).fill(401), 429]);
    expect((await loginWith(service.visitor(), email, app.code())).status).toBe(429);
    expect((await loginWith(own, email, app.code())).status).toBe(200);
  });
});

describe('the second step of a login', () => {
  test('it needs no password again, says a wrong code, and works once', async () => {
    const email = 'step@factor.example';
    const app = await withAuthenticator(service, await verified(service, email));
    const browser = service.visitor();
    await login(browser, email);
    const copy = service.visitor();
    copy.cookies.set('step', browser.cookies.get('step') ?? '');
    expect((await browser.get('/api/account/second-step')).body).toEqual({ totp: true, passkey: false });
    expect(await finish(browser, '000000')).toMatchObject({
      status: 401,
      body: { code: 'second_factor_required', errors: [{ path: 'code', code: 'wrong_code' }] },
    });
    const done = await finish(browser, app.code());
    expect(done).toMatchObject({ status: 200, body: { email } });
    expect(await me(browser)).toBe(200);
    expect(browser.cookies.get('step') ?? '').toBe('');
    service.clock.advance(30_000);
    expect((await finish(copy, app.code())).body.code).toBe('login_step_over');
  });

  test('it is over after ten minutes, after a change of the password, and for who never sent the password', async () => {
    const email = 'late@factor.example';
    const own = await verified(service, email);
    const app = await withAuthenticator(service, own);
    const late = service.visitor();
    await login(late, email);
    service.clock.advance(10 * minuteMs);
    expect((await finish(late, app.code())).body.code).toBe('login_step_over');
    const changed = service.visitor();
    await login(changed, email);
    await own.put('/api/account/password', { current: chosen, password: 'meadow clouds over rails' });
    for (const browser of [changed, service.visitor()]) {
      expect(await finish(browser, app.code())).toMatchObject({
        status: 401,
        body: { code: 'login_step_over' },
      });
      expect((await browser.get('/api/account/second-step')).status).toBe(401);
    }
    await service.drain();
  });

  test('what was not finished is deleted', async () => {
    const email = 'dropped@factor.example';
    const own = await verified(service, email);
    await own.post('/api/account/two-factor');
    const finished = await verified(service, 'kept@factor.example');
    await withAuthenticator(service, finished);
    await login(service.visitor(), 'kept@factor.example');
    service.clock.advance(61 * minuteMs);
    const { forgetRegistrations } = await import('#server/accounts/jobs.ts');
    await service.ctx.jobs.enqueue(service.ctx.db, forgetRegistrations, [{}]);
    await service.drain();
    const { sql } = service.ctx;
    expect(await sql`select 1 from pending_logins`).toEqual([]);
    expect(await sql`select 1 from totp_factors where confirmed_at is null`).toEqual([]);
    expect((await finished.get('/api/account/two-factor')).body.totpSince).not.toBeNull();
  });
});
