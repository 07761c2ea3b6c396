import { describe, expect, test } from 'vitest';
import { addAccount } from '#server/accounts/service.ts';
import { sha256 } from '#server/platform/tokens.ts';
import { type Client, stillClock } from '../../harness.ts';
import { startWithWorld } from '../../world.ts';
import { codeAt, loginWith, withAuthenticator } from './authenticator.ts';
import { chosen, login, tokensTo, verified } from './registrants.ts';

const env = { LIMIT_REGISTRATIONS_PER_HOUR: '100' };
const { service } = await startWithWorld({
  env,
  clock: stillClock(new Date('2026-11-30T10:00:00Z')),
  requiresSecondFactor: true,
});

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

  test('a recovery code logs in once, however it is typed, and the owner gets a mail', async () => {
    const email = 'recovers@factor.example';
    const { recoveryCodes } = await withAuthenticator(service, await verified(service, email));
    const [first = '', second = ''] = recoveryCodes;
    const typed = ` ${first.toUpperCase().replaceAll('-', ' ').replaceAll('0', 'O').replaceAll('1', 'l')}`;
    const browser = service.visitor();
    expect((await loginWith(browser, email, typed)).status).toBe(200);
    expect((await loginWith(service.visitor(), email, first)).status).toBe(401);
    expect((await browser.get('/api/account/two-factor')).body.recoveryCodesLeft).toBe(9);
    expect(await subjectsTo(email)).toContain('A recovery code was used');
    const tries = await Promise.all([0, 1, 2].map(() => loginWith(service.visitor(), email, second)));
    expect(tries.map(({ status }) => status).sort()).toEqual([200, 401, 401]);
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
    expect((await browser.get('/api/account/second-step')).body).toEqual({ totp: true });
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

describe('an account with a second factor', () => {
  test('it ends with the password, and its recovery codes with it', async () => {
    const email = 'ends@factor.example';
    const browser = await verified(service, email);
    const { recoveryCodes } = await withAuthenticator(service, browser);
    const end = (password: string) => browser.delete('/api/account/two-factor', { password });
    const errors = [{ path: 'password', code: 'invalid_credentials' }];
    expect(await end('a wrong password')).toMatchObject({ status: 401, body: { errors } });
    expect((await login(service.visitor(), email)).status).toBe(401);
    expect((await end(chosen)).status).toBe(204);
    expect((await end(chosen)).status).toBe(204);
    expect((await login(service.visitor(), email)).status).toBe(200);
    const { body } = await browser.get('/api/account/two-factor');
    expect(body).toMatchObject({ totpSince: null, recoveryCodesLeft: 0 });
    expect((await subjectsTo(email)).filter((subject) => /app was removed/.test(subject ?? ''))).toHaveLength(
      1,
    );
    await withAuthenticator(service, browser);
    expect((await loginWith(service.visitor(), email, recoveryCodes[3])).status).toBe(401);
  });

  test('a new set of recovery codes needs the password and voids the former set', async () => {
    const email = 'renews@factor.example';
    const browser = await verified(service, email);
    const renew = (password: string) => browser.post('/api/account/two-factor/recovery-codes', { password });
    expect((await renew(chosen)).body.code).toBe('second_factor_off');
    const { recoveryCodes } = await withAuthenticator(service, browser);
    expect((await renew('a wrong password')).status).toBe(401);
    const renewed = await renew(chosen);
    expect(renewed.status).toBe(201);
    expect((await loginWith(service.visitor(), email, recoveryCodes[0])).status).toBe(401);
    expect((await loginWith(service.visitor(), email, renewed.body.recoveryCodes[0])).status).toBe(200);
    expect(await subjectsTo(email)).toContain('You have new recovery codes');
  });

  test('a reset of the password leaves the second factor', async () => {
    const email = 'resets@factor.example';
    const browser = await verified(service, email);
    const app = await withAuthenticator(service, browser);
    await browser.post('/api/account/password-resets', { email });
    const [token = ''] = await tokensTo(service, email, 'reset');
    const fresh = 'meadow clouds over rails';
    expect((await browser.put(`/api/account/password-resets/${token}`, { password: fresh })).status).toBe(
      204,
    );
    const answer = await login(service.visitor(), email, fresh);
    expect(answer.body.code).toBe('second_factor_required');
    const code = app.code();
    const entered = await service.visitor().post('/api/account/login', { email, password: fresh, code });
    expect(entered.status).toBe(200);
    await service.drain();
  });

  test('the link that proves a new address asks a browser that is not logged in for the code, too', async () => {
    const [email, newEmail] = ['moves@factor.example', 'moved@factor.example'];
    const browser = await verified(service, email);
    const app = await withAuthenticator(service, browser);
    await browser.post('/api/account/email-changes', { email: newEmail, password: chosen });
    const [token = ''] = await tokensTo(service, newEmail);
    const prove = (code?: string) =>
      service
        .visitor()
        .post('/api/account/verifications', { token, password: chosen, ...(code ? { code } : {}) });
    for (const answer of [await prove(), await prove('000000')])
      expect(answer).toMatchObject({ status: 401, body: { code: 'second_factor_required' } });
    expect(await me(browser)).toBe(200);
    expect(await prove(app.code())).toMatchObject({ status: 200, body: { email: newEmail } });
    await service.drain();
  });
});

describe('managers and staff outside the demo', () => {
  const account = (role: 'manager' | 'staff' | 'agent', vendorId: number | null) => ({
    ...{ email: `${role}@house.example`, name: role, role, locale: 'en', password: chosen },
    ...{ vendorId, agentId: null },
  });

  test('without a second factor they may do nothing but set one up', async () => {
    await addAccount(service.ctx.db, account('staff', null));
    const staff = service.visitor();
    expect((await login(staff, 'staff@house.example')).status).toBe(200);
    const refused = { status: 403, body: { code: 'second_factor_missing' } };
    for (const path of ['/api/staff/top-ups', '/api/account/sessions'])
      expect(await staff.get(path), path).toMatchObject(refused);
    expect(await staff.patch('/api/account/me', { name: 'x' })).toMatchObject(refused);
    expect((await staff.get('/api/account/me')).status).toBe(200);
    expect((await staff.get('/api/account/two-factor')).body.required).toBe(true);
    // What anybody may do in this browser.
    expect((await staff.get('/api/solutions/current')).status).toBe(200);
    await withAuthenticator(service, staff);
    for (const path of ['/api/staff/top-ups', '/api/account/sessions'])
      expect((await staff.get(path)).status, path).toBe(200);
    expect((await login(service.visitor(), 'staff@house.example')).body.code).toBe('second_factor_required');
    expect((await staff.delete('/api/account/two-factor', { password: chosen })).status).toBe(204);
    expect(await staff.get('/api/staff/top-ups')).toMatchObject(refused);
    expect((await staff.post('/api/account/logout')).status).toBe(204);
    await service.drain();
  });
});
