import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openSite, type Site } from './site.ts';

/** Pages that change in place: what was entered stays, and what arrives late undoes nothing. */
let site: Site;
beforeAll(async () => {
  site = await openSite();
});
afterAll(() => site.end());

const untilReady = (page: Page) => page.locator('html[data-ready]').waitFor({ state: 'attached' });

async function open(path: string): Promise<Page> {
  const page = await site.visit();
  await page.goto(path);
  await untilReady(page);
  return page;
}

test('a link to a place on the page keeps what was entered, and reads nothing again', async () => {
  const page = await open(`/p/${site.world.products.sensor}`);
  const boxes = page.locator('#ask [name=offerIds]');
  const quantity = page.locator('#ask [name=quantity]');
  expect(await boxes.count()).toBeGreaterThan(1);
  await boxes.first().uncheck();
  await quantity.fill('7');
  const pages: string[] = [];
  page.on('request', (request) => {
    if (request.headers()['accept']?.startsWith('text/html')) pages.push(request.url());
  });
  await page.evaluate(() => {
    location.hash = '#ask';
  });
  // A request of the page would have gone out before this one.
  await page.evaluate(() => fetch('/api/solutions/current'));
  expect(pages).toEqual([]);
  expect(await boxes.first().isChecked()).toBe(false);
  expect(await quantity.inputValue()).toBe('7');
});

test('a product added while a filter is on its way is in the filtered list', async () => {
  const page = await open('/search?q=sensor');
  const filtered = Promise.withResolvers<void>();
  await page.route(/vendor=/, async (route) => {
    await filtered.promise;
    await route.continue();
  });
  const box = page.locator('#filters [name=vendor]').first();
  await box.check();
  const added = page.waitForRequest((request) => request.method() === 'POST');
  await page.locator('.add-form button').first().click();
  filtered.resolve();
  await added;
  await page.locator('.in-solution').first().waitFor();
  expect(new URL(page.url()).searchParams.get('vendor')).toBe(await box.inputValue());
  expect(await box.isChecked()).toBe(true);
  const solution = (await (await page.request.get('/api/solutions/current')).json()) as { lines: unknown[] };
  expect(solution.lines).toHaveLength(1);
});

test('of two filters chosen at once the list shows both, whichever answer comes first', async () => {
  const page = await open('/search?q=sensor');
  const first = Promise.withResolvers<void>();
  await page.route(/vendor=/, async (route) => {
    const { searchParams } = new URL(route.request().url());
    if (searchParams.getAll('vendor').length < 2) await first.promise;
    // The page may have given this one up.
    await route.continue().catch(() => undefined);
  });
  const vendors = page.locator('#filters [name=vendor]');
  await vendors.nth(0).check();
  await vendors.nth(1).check();
  await expect.poll(() => page.locator('.applied a').count()).toBeGreaterThan(1);
  first.resolve();
  for (const at of [0, 1]) expect(await vendors.nth(at).isChecked()).toBe(true);
  expect(new URL(page.url()).searchParams.getAll('vendor')).toHaveLength(2);
  await page.goBack();
  await expect.poll(() => vendors.nth(1).isChecked()).toBe(false);
  expect(await vendors.nth(0).isChecked()).toBe(false);
});

test('a page in another language than the one shown is loaded as a whole', async () => {
  const page = await open('/search?q=sensor');
  const other = await page.context().newPage();
  await other.goto('/');
  await other.evaluate(() =>
    fetch('/preferences', { method: 'POST', body: new URLSearchParams({ locale: 'sr', to: '/' }) }),
  );
  await page.locator('.add-form button').first().click();
  await page.locator('html[lang^=sr]').waitFor({ state: 'attached' });
  await page.locator('.in-solution').first().waitFor();
});

test('the back button shows a list with what was added since', async () => {
  const page = await open('/search?q=sensor');
  await page.locator('.results-table th a').first().click();
  await page.waitForURL(/\/p\//);
  await untilReady(page);
  await page.locator('.ask-form__foot button').click();
  await page.locator('.ask-form__added b').waitFor();
  await page.goBack();
  await page.locator('.in-solution').first().waitFor();
  expect(await page.locator('.solution-button').innerText()).toContain('1');
});
