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
    await expectAccessible(page);
  },
);

test.each([true, false])(
  'a row of a list below the minimum takes the next quantity that is sold, with its note, scripts: %s',
  async (javaScriptEnabled) => {
    const page = await site.visit({ javaScriptEnabled });
    await page.goto('/solution/paste');
    await page.getByLabel('Your list').fill('Code;Qty;Note\nBI-C5;60;drum 3\nMOT-7;1;');
    await page.getByRole('button', { name: 'Read the list' }).click();
    await page.getByRole('checkbox', { name: 'Take 100' }).check();
    await page.getByRole('button', { name: 'Add 1 row' }).click();
    await page.getByRole('heading', { name: '2 rows were added' }).waitFor();
    const answer = await page.request.get(`${site.url}/api/solutions/current`);
    const { lines } = (await answer.json()) as Solution;
    expect(lines.map(({ quantity, note }) => [quantity, note])).toContainEqual([100, 'drum 3']);
  },
);
