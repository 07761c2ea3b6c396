import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { buildApp, type Service } from '#server/app.ts';
import { type Client, start, type TestService } from '../../harness.ts';
import { chosen, login, tokensTo, verified } from '../accounts/registrants.ts';
import { logIn } from '../presence/staff.ts';
import { openPage, type Page } from './page.ts';

/** Two processes whose seconds are so long that they look at no session of an open socket by themselves. */
const hourMs = 3_600_000;
let service: TestService;
const processes: (Service & { url: string; config: TestService['config'] })[] = [];
let staff: Client;

async function patient(): Promise<void> {
  const { config, clock } = service;
  const built = await buildApp(config, { clock, socketSecondMs: hourMs });
  await built.app.listen({ port: 0, host: '127.0.0.1' });
  const { port } = built.app.server.address() as AddressInfo;
  processes.push({ ...built, url: `http://127.0.0.1:${port}`, config });
}

beforeAll(async () => {
  service = await start({ env: { LIMIT_REGISTRATIONS_PER_HOUR: '100' } });
  await patient();
  await patient();
  const account = { email: 'staff@ended.example', name: 'Marija', role: 'staff', locale: 'en' } as const;
  staff = await logIn(service, { ...account, vendorId: null, agentId: null });
});
afterAll(async () => {
  for (const process of processes) await process.close();
  await service.end();
});

const email = 'ana@ended.example';
let browser: Client;
/** Pages of this browser, one in each process. */
let pages: Page[];
/** Pages of a guest and of another browser of the account. */
let guestPage: Page;
let otherPage: Page;
let other: Client;

beforeEach(async () => {
  await service.ctx.sql`delete from accounts where email = ${email}`;
  browser = await verified(service, email);
  other = service.visitor();
  await login(other, email);
  pages = await Promise.all(processes.map((process) => openPage(process, browser)));
  guestPage = await openPage(processes[0]!);
  otherPage = await openPage(processes[1]!, other);
  // A state proves that the process listens to changes.
  for (const page of [...pages, guestPage, otherPage]) {
    page.watch('product:1');
    await page.until('product:1');
  }
});
afterEach(async () => {
  for (const page of [...pages, guestPage, otherPage]) page.ws.terminate();
  await service.drain();
});

const idOf = async () => (await browser.get('/api/account/me')).body.id as string;
const closed = () => Promise.all(pages.map((page) => page.closed));
const isOpen = async (page: Page) => {
  page.say({ type: 'ping' });
  await page.until('pong');
};

test('a logout closes the sockets of its browser in all processes at once, and nobody else’s', async () => {
  await browser.post('/api/account/logout', {});
  expect(await closed()).toEqual([4401, 4401]);
  await isOpen(guestPage);
  await isOpen(otherPage);
});

const endings: Record<string, () => Promise<unknown>> = {
  'a logout everywhere else': () => other.delete('/api/account/sessions'),
  'a logout of one browser': async () => {
    const { items } = (await other.get('/api/account/sessions')).body;
    const { id } = items.find(({ current }: { current: boolean }) => !current);
    await other.delete(`/api/account/sessions/${id}`);
  },
  'a new password': () =>
    other.put('/api/account/password', { current: chosen, password: 'meadow clouds over rails' }),
  'a reset of the password': async () => {
    await service.visitor().post('/api/account/password-resets', { email });
    const token = (await tokensTo(service, email, 'reset')).at(-1) ?? '';
    await service.visitor().put(`/api/account/password-resets/${token}`, { password: 'meadow clouds' });
  },
  'an end by staff': async () => staff.delete(`/api/staff/people/${await idOf()}/sessions`),
  'another login in the browser': () => login(browser, email),
  'an erased account': () => service.ctx.sql`delete from accounts where email = ${email}`,
};

test.each(Object.entries(endings))('%s closes the sockets of the sessions that it ends', async (_, end) => {
  await end();
  expect(await closed()).toEqual([4401, 4401]);
  await isOpen(guestPage);
});
