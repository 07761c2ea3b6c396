import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Solution } from '#server/solutions/schema.ts';
import { expectAccessible, openSite, type Site } from './site.ts';

let site: Site;
beforeAll(async () => {
  site = await openSite();
});
afterAll(() => site.end());

async function add(page: Page, line: object): Promise<void> {
  const options = { data: line, headers: { origin: site.url } };
  const answer = await page.request.post(`${site.url}/api/solutions/current/lines`, options);
  expect(answer.status(), await answer.text()).toBe(201);
}

/** Returns how many partners each line asks. */
async function asked(page: Page): Promise<number[]> {
  const answer = await page.request.get(`${site.url}/api/solutions/current`);
  const { lines } = (await answer.json()) as Solution;
  return lines.map(({ offers }) => offers.filter((offer) => offer.asked).length);
}

/** Adds a sensor that asks one of its partners, and opens the solution. */
async function openLine(page: Page, waitUntil: 'load' | 'commit' = 'load') {
  const offerIds = [site.world.offers.sensorSever];
  await add(page, { productId: site.world.products.sensor, quantity: 2, offerIds });
  await page.goto('/solution', { waitUntil });
  return page.getByLabel('Quantity of Inductive sensor').getByRole('textbox');
}
const quantities = async (page: Page) => {
  const answer = await page.request.get(`${site.url}/api/solutions/current`);
  return ((await answer.json()) as Solution).lines.map(({ quantity }) => quantity);
};

test.each([true, false])(
  'Enter in a quantity saves it and leaves those who are asked, scripts: %s',
  async (javaScriptEnabled) => {
    const page = await site.visit({ javaScriptEnabled });
    const quantity = await openLine(page);
    await page.getByRole('button', { name: /^Ask all \d partners for/ }).waitFor();
    await quantity.fill('7');
    await quantity.press('Enter');
    await expect.poll(() => quantities(page)).toEqual([7]);
    expect(await asked(page)).toEqual([1]);
  },
);

test('Enter in a quantity before scripts run leaves those who are asked', async () => {
  const page = await site.visit();
  await page.route('**/*.js', () => undefined);
  const quantity = await openLine(page, 'commit');
  await quantity.fill('7');
  await quantity.press('Enter');
  await expect.poll(() => quantities(page)).toEqual([7]);
  expect(await asked(page)).toEqual([1]);
});

test('asking everybody keeps the focus at what was pressed and says so', async () => {
  const page = await site.visit();
  await openLine(page);
  const seen = Promise.withResolvers<void>();
  // The saved line is announced next.
  await page.route(/\?\/save$/, async (route) => {
    await seen.promise;
    await route.continue();
  });
  await page.getByRole('button', { name: /^Ask all \d partners for/ }).press('Enter');
  const focused = () => page.evaluate(() => document.activeElement?.getAttribute('aria-label'));
  await expect.poll(focused).toMatch(/^Partners to ask for Inductive sensor/);
  await page.getByRole('status').filter({ hasText: 'Everybody who can be asked is chosen now.' }).waitFor();
  seen.resolve();
  await expect.poll(async () => (await asked(page))[0]).toBeGreaterThan(1);
});

test.each([true, false])(
  'everybody is asked for one line or for all lines by one press, scripts: %s',
  async (javaScriptEnabled) => {
    const page = await site.visit({ javaScriptEnabled });
    const { sensor, cable } = site.world.products;
    const { sensorSever, cableBrandt } = site.world.offers;
    await add(page, { productId: sensor, quantity: 2, offerIds: [sensorSever] });
    await add(page, { productId: cable, quantity: 100, offerIds: [cableBrandt] });
    await page.goto('/solution');
    const [, cables] = await asked(page);
    const all = page.getByRole('button', { name: /^Ask all \d partners for Inductive sensor/ });
    await all.click();
    await expect.poll(() => asked(page)).toEqual([expect.any(Number), cables]);
    await expect.poll(async () => (await asked(page))[0]).toBeGreaterThan(1);
    // Nobody is left to be asked for it.
    await all.waitFor({ state: 'detached' });
    const everybody = page.getByRole('button', { name: 'Ask everybody, for all lines' });
    await everybody.click();
    await expect.poll(async () => (await asked(page))[1]).toBeGreaterThan(1);
    await everybody.waitFor({ state: 'detached' });
    if (javaScriptEnabled) {
      const heading = page.getByRole('heading', { name: 'By partner' });
      await expect.poll(() => heading.evaluate((node) => node === document.activeElement)).toBe(true);
      await page
        .getByRole('status')
        .filter({ hasText: 'Everybody who can be asked is chosen now.' })
        .waitFor();
    }
    await expectAccessible(page);
  },
);
