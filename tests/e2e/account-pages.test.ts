import { expect, test } from 'vitest';
import { startWithWorld } from '../world.ts';
import { people } from '../server/complaints/people.ts';
import { founder } from '../server/companies/colleagues.ts';
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

const textOf = async ({ request }: Pick<ReturnType<typeof service.visitor>, 'request'>, path: string) => {
  const headers = { origin: service.config.publicUrl, accept: 'text/html' };
  const { status, body } = await request<string>('GET', path, undefined, headers);
  expect(status, path).toBe(200);
  return body;
};

test('the account of a manager, an agent or staff leads to each of their rooms', async () => {
  const cast = await people(service, world);
  const rooms = {
    manager: ['/vendor/calls', '/vendor/complaints'],
    agent: ['/agent', '/vendor/complaints'],
    staff: ['/staff/top-ups', '/staff/complaints', '/staff/people', '/staff/deliveries', '/staff/audit'],
  };
  for (const role of ['manager', 'agent', 'staff'] as const) {
    const main = (await textOf(cast[role], '/account')).split('<main')[1];
    for (const path of rooms[role]) expect(main, role).toContain(`href="${path}"`);
  }
  const list = await textOf(cast.staff, '/staff/people?q=complaints.example');
  expect(list).toContain('manager@complaints.example');
  const log = await textOf(cast.staff, '/staff/audit');
  expect(log).toContain('List of people');
  expect(log).not.toContain('person.found');
});

test('the credits page of a company’s person says whose credit it is, and that their own stays', async () => {
  const { browser } = await founder(service);
  const page = await textOf(browser, '/account/credits');
  expect(page).toContain('used by 1 person');
  expect(page).toContain('Credit of your own from before stays yours');
  const alone = await verified(service, 'alone@people.example');
  expect(await textOf(alone, '/account/credits')).not.toContain('used by');
});
