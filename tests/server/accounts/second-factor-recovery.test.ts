import { describe, expect, test } from 'vitest';
import { addAccount } from '#server/accounts/service.ts';
import { type Client, stillClock } from '../../harness.ts';
import { startWithWorld } from '../../world.ts';
import { loginWith, withAuthenticator } from './authenticator.ts';
import { Device, withPasskey } from './passkey-device.ts';
import { chosen, login, tokensTo, verified } from './registrants.ts';

const env = { LIMIT_REGISTRATIONS_PER_HOUR: '100' };
const { service } = await startWithWorld({
  env,
  clock: stillClock(new Date('2026-11-30T10:00:00Z')),
  requiresSecondFactor: true,
});

const me = async (browser: Client) => (await browser.get('/api/account/me')).status;
const subjectsTo = async (email: string) => {
  await service.drain();
  return service.mail.to(email).map(({ subject }) => subject);
};

describe('an account with a second factor', () => {
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
    await withPasskey(staff, new Device());
    expect((await staff.get('/api/staff/top-ups')).status).toBe(200);
    expect((await staff.post('/api/account/logout')).status).toBe(204);
    await service.drain();
  });
});
