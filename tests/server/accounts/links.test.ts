import { expect, test } from 'vitest';
import type { Client } from '../../harness.ts';
import { startWithWorld } from '../../world.ts';
import { chosen, register, tokensTo, verified, verify } from './registrants.ts';

/** Whether links of mails work, asked without using them. */
const { service } = await startWithWorld({ env: { LIMIT_REGISTRATIONS_PER_HOUR: '100' } });
const hourMs = 3_600_000;

const check = (kind: string, token: string, browser: Client = service.visitor()) =>
  browser.post('/api/account/link-checks', { kind, token });
const works = (asksPassword: boolean) => ({ status: 200, body: { asksPassword } });
const gone = { status: 404, body: { code: 'link_not_valid' } };

test('the link of a registration asks other browsers for the password, is still there after a look, and ends with its use', async () => {
  const email = 'new@links.example';
  const browser = service.visitor();
  await register(browser, { email });
  const [token = ''] = await tokensTo(service, email);
  expect(await check('verification', token, browser)).toMatchObject(works(false));
  expect(await check('verification', token)).toMatchObject(works(true));
  expect(await check('password_reset', token)).toMatchObject(gone);
  expect((await verify(browser, token)).status).toBe(200);
  expect(await check('verification', token, browser)).toMatchObject(gone);
});

test('a link to a new address asks nobody for the password who is logged in', async () => {
  const browser = await verified(service, 'owner@links.example');
  await browser.post('/api/account/email-changes', { email: 'moved@links.example', password: chosen });
  const [token = ''] = await tokensTo(service, 'moved@links.example');
  expect(await check('verification', token, browser)).toMatchObject(works(false));
  expect(await check('verification', token)).toMatchObject(works(true));
  expect((await verify(browser, token)).status).toBe(200);
  const [undo = ''] = await tokensTo(service, 'owner@links.example', 'undo');
  expect(await check('email_change_undo', undo)).toMatchObject(works(false));
  await service.visitor().post('/api/account/email-change-undos', { token: undo });
  expect(await check('email_change_undo', undo)).toMatchObject(gone);
});

test('a link to a new password works for an hour and once, however often it is looked at', async () => {
  const email = 'reset@links.example';
  await verified(service, email);
  const ask = () => service.visitor().post('/api/account/password-resets', { email });
  await ask();
  const [first = ''] = await tokensTo(service, email, 'reset');
  for (let times = 0; times < 2; times += 1)
    expect(await check('password_reset', first)).toMatchObject(works(false));
  const set = { password: 'meadow clouds over rails' };
  expect((await service.visitor().put(`/api/account/password-resets/${first}`, set)).status).toBe(204);
  expect(await check('password_reset', first)).toMatchObject(gone);
  await ask();
  const late = (await tokensTo(service, email, 'reset')).at(-1) ?? '';
  service.clock.advance(hourMs);
  expect(await check('password_reset', late)).toMatchObject(gone);
});
