import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Solution } from '#server/solutions/schema.ts';
import { expectAccessible, expectNoSideways, openSite, type Site } from './site.ts';

let site: Site;
beforeAll(async () => {
  site = await openSite();
});
afterAll(() => site.end());

const names = (page: Page) => page.locator('tbody th .bold').allTextContents();

/** Opens a page and waits until its scripts run. */
async function open(page: Page, path: string): Promise<void> {
  await page.goto(path);
  const scripted = await page.evaluate(() => matchMedia('(scripting: enabled)').matches);
  // Hydration adds this element last.
  if (scripted) await page.waitForFunction(() => history.scrollRestoration === 'manual');
}

describe('a pasted list', () => {
  test.each([true, false])(
    'columns that were not understood are chosen, and everybody can be asked (JavaScript: %s)',
    async (javaScriptEnabled) => {
      const page = await site.visit({ javaScriptEnabled, viewport: { width: 390, height: 800 } });
      await open(page, '/solution/paste');
      await page.getByLabel('Your list').fill('SKU;Wumm\n6ES-100;2\nMOT-7;1');
      await page.getByRole('button', { name: 'Read the list' }).click();
      await page.getByText('We don’t know which column holds the quantity. Choose it').waitFor();
      expect(await page.getByLabel('Quantity in row 2').inputValue()).toBe('');
      await expectNoSideways(page);
      await page.getByLabel('What Wumm holds').selectOption('quantity');
      await page.getByRole('button', { name: 'Read again' }).click();
      await page.getByRole('heading', { name: '2 rows are ready, 1 row skipped' }).waitFor();
      await page.getByLabel('Every partner who has the product').check();
      await page.getByRole('button', { name: 'Add 2 rows' }).click();
      await page.getByRole('cell', { name: /Brandt.*Elektro Sever.*Wisła/ }).waitFor();
    },
  );

  const list = 'Code;Qty\n6ES-100;2\nMOT-77;1\nCAB-5;120,5\nCAB-5;100';

  test.each([true, false])(
    'a pasted list is shown as it was understood and keeps every row until it is resolved (JavaScript: %s)',
    async (javaScriptEnabled) => {
      const page = await site.visit({ javaScriptEnabled });
      await open(page, '/solution/paste');
      await page.getByLabel('Your list').fill(list);
      await page.getByRole('button', { name: 'Read the list' }).click();
      const summary = '2 rows are ready, 2 rows need your attention, 1 row skipped';
      await page.getByRole('heading', { name: summary }).waitFor();
      expect(await page.getByLabel('What Qty holds').inputValue()).toBe('quantity');
      expect(await page.getByLabel('Quantity in row 4').inputValue()).toBe('120,5');
      // Without scripts, axe's timers don't run.
      if (javaScriptEnabled) await expectAccessible(page);
      await page.getByRole('button', { name: 'Add 2 rows' }).click();
      await page.getByRole('heading', { name: '2 rows were added, 2 rows need your attention' }).waitFor();
      if (javaScriptEnabled) await expectAccessible(page);

      await page.getByRole('radio', { name: 'MOT-7 Servo motor' }).check();
      await page.getByLabel('Quantity in row 4').fill('150');
      await page.getByRole('button', { name: 'Try these rows again' }).click();
      await page.getByRole('heading', { name: '4 rows were added', exact: true }).waitFor();
      await page.getByRole('link', { name: 'To the solution' }).click();
      await expect.poll(() => names(page)).toHaveLength(3);
    },
  );

  test("a list can be uploaded as a file in an old spreadsheet's encoding", async () => {
    const page = await site.visit();
    await open(page, '/solution/paste');
    const buffer = Buffer.concat([Buffer.from([0x8a]), Buffer.from('ifra;Kol.\r\nMOT-7;3\r\n', 'latin1')]);
    await page.getByLabel('Or a file').setInputFiles({ name: 'list.csv', mimeType: 'text/csv', buffer });
    await page.getByRole('button', { name: 'Read the list' }).click();
    await page.getByRole('heading', { name: '1 row is ready' }).waitFor();
    await page.getByRole('button', { name: 'Add 1 row' }).click();
    await page.getByRole('heading', { name: '1 row was added' }).waitFor();

    await open(page, '/solution/paste');
    const workbook = {
      name: 'list.xlsx',
      mimeType: 'application/zip',
      buffer: Buffer.from('PK\u0003\u0004...'),
    };
    await page.getByLabel('Or a file').setInputFiles(workbook);
    await page.getByRole('button', { name: 'Read the list' }).click();
    await page.getByText('We could not read this file as a list.').waitFor();
    await expectAccessible(page);
  });
});

test.each([true, false])(
  'a row of a list below the minimum takes the next quantity that is sold, with its note, scripts: %s',
  async (javaScriptEnabled) => {
    const page = await site.visit({ javaScriptEnabled });
    await open(page, '/solution/paste');
    await page.getByLabel('Your list').fill('Code;Qty;Note\nBI-C5;60;drum 3\nMOT-7;1;');
    await page.getByRole('button', { name: 'Read the list' }).click();
    await page.getByRole('checkbox', { name: 'Take 100' }).check();
    const add = javaScriptEnabled ? 'Add 2 rows' : 'Add 1 row and those you corrected';
    await page.getByRole('button', { name: add, exact: true }).click();
    await page.getByRole('heading', { name: '2 rows were added' }).waitFor();
    const answer = await page.request.get(`${site.url}/api/solutions/current`);
    const { lines } = (await answer.json()) as Solution;
    expect(lines.map(({ quantity, note }) => [quantity, note])).toContainEqual([100, 'drum 3']);
  },
);

test('a quantity typed after the offered one was ticked is what counts', async () => {
  const page = await site.visit();
  await open(page, '/solution/paste');
  await page.getByLabel('Your list').fill('Code;Qty\nBI-C5;60\nMOT-7;1');
  await page.getByRole('button', { name: 'Read the list' }).click();
  await page.getByRole('checkbox', { name: 'Take 100' }).check();
  await page.getByLabel('Quantity in row 2').fill('200');
  await page.getByRole('button', { name: 'Add 2 rows', exact: true }).click();
  await page.getByRole('heading', { name: '2 rows were added' }).waitFor();
  const answer = await page.request.get(`${site.url}/api/solutions/current`);
  const { lines } = (await answer.json()) as Solution;
  expect(lines.map(({ quantity }) => quantity)).toContain(200);
});
