import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Request } from '#server/requests/schema.ts';
import { openSite, type Site } from './site.ts';

/** Open pages of links, while somebody withdraws the links. */
let site: Site;
let buyer: Page;
let request: Request;
beforeAll(async () => {
  site = await openSite();
  buyer = await site.visit();
  await call('POST', '/api/solutions/current/lines', { productId: site.world.products.cable, quantity: 100 });
  const { id: solutionId } = await call<{ id: string }>('GET', '/api/solutions/current');
  const contact = { name: 'Jana', email: 'jana@morava.example' };
  const body = { solutionId, kind: 'quote', contact };
  const { id } = await call<{ id: string }>('POST', '/api/requests', body, { 'idempotency-key': 'k' });
  request = await call('GET', `/api/requests/${id}`);
});
afterAll(() => site.end());

/** Calls the service as the buyer. */
async function call<T>(method: string, path: string, data?: object, headers = {}): Promise<T> {
  const answer = await buyer.request.fetch(site.url + path, {
    ...{ method, headers: { origin: site.url, ...headers } },
    ...(data && { data }),
  });
  expect(answer.ok(), path).toBe(true);
  return (answer.status() === 204 ? undefined : await answer.json()) as T;
}

/** Opens the page of a link mailed to an address as a stranger, and waits until its script watches it. */
async function open(address: string, page: 'e' | 'f'): Promise<Page> {
  const linkOf = () =>
    site.mail
      .to(address)
      .flatMap(({ links }) => links)
      .find((url) => url.includes(`/${page}/`));
  await expect.poll(linkOf, { timeout: 60_000 }).toBeDefined();
  const opened = await site.visit();
  const watching = opened.waitForEvent('websocket').then((ws) => ws.waitForEvent('framereceived'));
  await opened.goto(linkOf() ?? '');
  await watching;
  return opened;
}

test("the open page of a partner's answer says that its link has ended, and keeps what is typed", async () => {
  const [enquiry] = request.enquiries;
  const vendorAddress = site.world.mail.brandt;
  const page = await open(vendorAddress, 'e');
  const price = page.locator('input[name$="unitPrice"]').first();
  await price.fill('17.25');
  for (const { id } of enquiry?.deliveries ?? [])
    await call('DELETE', `/api/enquiries/${enquiry?.id}/links/${id}`);
  await page.getByText('This link was withdrawn or replaced.').waitFor();
  expect(await price.inputValue()).toBe('17.25');
});

test('the open page of a follow link says that the link has ended', async () => {
  const page = await open('jana@morava.example', 'f');
  await call('DELETE', `/api/requests/${request.id}/follow-link`);
  await page.getByRole('heading', { name: 'This link does not work' }).waitFor();
});
