import { expect, test } from 'vitest';
import { startWithWorld } from '../world.ts';
import { tokensTo, verified } from '../server/accounts/registrants.ts';

const { service, world } = await startWithWorld({ pages: true });

test('the pages of an account whose stored language is no language tag are shown, in a language that we have', async () => {
  const email = 'odd@people.example';
  const browser = await verified(service, email);
  await service.ctx.sql`update accounts set locale = '!!' where email = ${email}`;
  const headers = { origin: service.config.publicUrl, accept: 'text/html' };
  for (const path of ['/account', '/account/settings', '/account/settings/security']) {
    const { status, body } = await browser.request<string>('GET', path, undefined, headers);
    expect(status, path).toBe(200);
    expect(body, path).toContain('English');
  }
});

test('a guest’s solution and requests are said to be in their browser, those of an account to be in the account', async () => {
  const headers = { origin: service.config.publicUrl, accept: 'text/html' };
  const guest = service.visitor();
  const account = await verified(service, 'whose@people.example');
  for (const visitor of [guest, account]) {
    const line = { productId: world.products.cable, quantity: 100 };
    expect((await visitor.post('/api/solutions/current/lines', line)).status).toBeLessThan(300);
  }
  const page = async (visitor: typeof guest, path: string) =>
    (await visitor.request<string>('GET', path, undefined, headers)).body;
  expect(await page(guest, '/solution')).toContain('it is only in this browser');
  expect(await page(guest, '/requests')).toContain('sent from this browser');
  expect(await page(account, '/solution')).toContain('It is in your account');
  for (const path of ['/solution', '/requests'])
    expect(await page(account, path), path).not.toContain('this browser');
});

test('a used link to a new password says so when it is opened', async () => {
  const email = 'late@people.example';
  await verified(service, email);
  await service.visitor().post('/api/account/password-resets', { email });
  const [token = ''] = await tokensTo(service, email, 'reset');
  const headers = { origin: service.config.publicUrl, accept: 'text/html' };
  const look = async () =>
    (await service.visitor().request<string>('GET', `/account/reset/${token}`, undefined, headers)).body;
  for (let times = 0; times < 2; times += 1) expect(await look()).toContain('Set the password');
  const set = { password: 'meadow clouds over rails' };
  await service.visitor().put(`/api/account/password-resets/${token}`, set);
  expect(await look()).toContain('This link does not work any more');
  expect(await look()).not.toContain('Set the password');
  // The mail about the change.
  await service.drain();
});
