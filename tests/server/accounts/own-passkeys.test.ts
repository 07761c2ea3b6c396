import { describe, expect, test } from 'vitest';
import { forgetRegistrations } from '#server/accounts/jobs.ts';
import { type Client, stillClock } from '../../harness.ts';
import { startWithWorld } from '../../world.ts';
import { loginWith, withAuthenticator } from './authenticator.ts';
import { Device, startAdding, withPasskey } from './passkey-device.ts';
import { chosen, login, verified } from './registrants.ts';

const { service } = await startWithWorld({ clock: stillClock() });

const factorsOf = async (browser: Client) => (await browser.get('/api/account/two-factor')).body;

describe('the passkeys of an account', () => {
  test('are renamed and removed by their owner alone, the last with the recovery codes', async () => {
    const email = 'owner@passkey.example';
    const browser = await verified(service, email);
    const stranger = await verified(service, 'other@passkey.example');
    const { id, recoveryCodes } = await withPasskey(browser, new Device());
    const path = `/api/account/passkeys/${id}`;
    for (const answer of [
      await stranger.patch(path, { name: 'Mine' }),
      await stranger.delete(path, { password: chosen }),
      await browser.patch('/api/account/passkeys/x', { name: 'Mine' }),
    ])
      expect(answer).toMatchObject({ status: 404, body: { code: 'not_found' } });
    expect((await browser.patch(path, { name: 'Home PC' })).body).toMatchObject({ id, name: 'Home PC' });
    expect((await browser.patch(path, { name: 'x'.repeat(61) })).status).toBe(422);
    expect((await browser.delete(path, { password: 'a guess' })).body.errors).toMatchObject([
      { path: 'password', code: 'invalid_credentials' },
    ]);
    expect((await loginWith(service.visitor(), email, recoveryCodes[0])).status).toBe(200);
    expect((await browser.delete(path, { password: chosen })).status).toBe(204);
    expect(await factorsOf(browser)).toMatchObject({ passkeys: [], recoveryCodesLeft: 0 });
    expect((await login(service.visitor(), email)).status).toBe(200);
    await service.drain();
  });

  test('stay with their recovery codes when the app goes, and the other way round', async () => {
    const email = 'both@passkey.example';
    const browser = await verified(service, email);
    const { id } = await withPasskey(browser, new Device());
    const app = await withAuthenticator(service, browser);
    expect((await browser.delete('/api/account/two-factor', { password: chosen })).status).toBe(204);
    expect(await factorsOf(browser)).toMatchObject({ totpSince: null, recoveryCodesLeft: 10 });
    expect((await loginWith(service.visitor(), email, app.recoveryCodes[0])).status).toBe(200);
    await withAuthenticator(service, browser);
    await browser.delete(`/api/account/passkeys/${id}`, { password: chosen });
    expect(await factorsOf(browser)).toMatchObject({ passkeys: [], recoveryCodesLeft: 10 });
    await service.drain();
  });

  test('leave no challenge behind that nobody signed', async () => {
    const browser = await verified(service, 'leaves@passkey.example');
    await startAdding(browser);
    service.clock.advance(6 * 60_000);
    await service.ctx.jobs.enqueue(service.ctx.db, forgetRegistrations, [{}]);
    await service.drain();
    expect(await service.ctx.sql`select 1 from passkey_challenges`).toEqual([]);
  });
});
