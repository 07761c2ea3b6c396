import type { Page, Request } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Solution } from '#server/solutions/schema.ts';
import { expectAccessible, expectNoSideways, openSite, type Site } from './site.ts';

let site: Site;
beforeAll(async () => {
  site = await openSite();
});
afterAll(() => site.end());

const row = (page: Page, name: string) => page.locator('tbody tr', { hasText: name });
const names = (page: Page) => page.locator('tbody th .bold').allTextContents();

/** Opens a page and waits until its scripts run. */
async function open(page: Page, path: string): Promise<void> {
  await page.goto(path);
  const scripted = await page.evaluate(() => matchMedia('(scripting: enabled)').matches);
  // Hydration adds this element last.
  if (scripted) await page.waitForFunction(() => history.scrollRestoration === 'manual');
}

/** Adds lines to the visitor's solution by the API, as the search page does. */
async function withLines(page: Page, lines: object[]): Promise<void> {
  for (const line of lines) {
    const answer = await page.request.post(`${site.url}/api/solutions/current/lines`, {
      data: line,
      headers: { origin: site.url },
    });
    expect(answer.status(), await answer.text()).toBe(201);
  }
}

async function storedLines(page: Page): Promise<Solution['lines']> {
  const answer = await page.request.get(`${site.url}/api/solutions/current`);
  return ((await answer.json()) as Solution).lines;
}

const sensor = (quantity = 2) => ({
  productId: site.world.products.sensor,
  quantity,
  offerIds: [site.world.offers.sensorSever, site.world.offers.sensorBrandt],
});
const cable = () => ({
  productId: site.world.products.cable,
  quantity: 100,
  offerIds: [site.world.offers.cableBrandt],
});
const motor = () => ({ productId: site.world.products.motor, quantity: 1 });

describe('the solution', () => {
  test('looking at an empty solution creates nothing and explains how to begin', async () => {
    const page = await site.visit();
    await open(page, '/solution');
    expect(await page.locator('main').textContent()).toContain('No lines yet');
    expect(await page.context().cookies()).not.toContainEqual(expect.objectContaining({ name: 'sid' }));
    await expectAccessible(page);
  });

  test('quantities, partners and notes save automatically', async () => {
    const page = await site.visit();
    await withLines(page, [sensor(), cable()]);
    await open(page, '/solution');
    await page.getByLabel('Quantity of Inductive sensor').getByRole('textbox').fill('10');
    await page.keyboard.press('Tab');
    await page.getByText('€350.00').first().waitFor();
    await row(page, 'Inductive sensor').getByLabel('Elektro Sever').uncheck();
    await expect.poll(() => page.locator('.split li').count()).toBe(1);
    await row(page, 'Inductive sensor').getByText('Add a note').click();
    await page.getByLabel('Note on Inductive sensor').fill('urgent');
    await expect
      .poll(() => storedLines(page))
      .toMatchObject([{ quantity: 10, note: 'urgent' }, { quantity: 100 }]);
    await expectAccessible(page);
  });

  test('no click is lost while earlier saves return or right before leaving', async () => {
    const page = await site.visit();
    await withLines(page, [sensor(), motor()]);
    await open(page, '/solution');
    const stepper = page.getByLabel('Quantity of Inductive sensor');
    for (let n = 0; n < 8; n += 1) {
      await stepper.getByRole('button', { name: 'One more' }).click();
      await page.waitForTimeout(n % 2 === 0 ? 440 : 120);
    }
    expect(await stepper.getByRole('textbox').inputValue()).toBe('10');
    await page.getByLabel('Quantity of Servo motor').getByRole('button', { name: 'One more' }).click();
    await page.getByRole('link', { name: 'Paste a list' }).first().click();
    await page.waitForURL('**/solution/paste');
    expect(await storedLines(page)).toMatchObject([{ quantity: 10 }, { quantity: 2 }]);
  });

  test('a tick set again before the first save returns is kept', async () => {
    const page = await site.visit();
    await withLines(page, [sensor()]);
    await open(page, '/solution');
    const isSave = (request: Request) => request.url().endsWith('?/save');
    let answered = 0;
    page.on('requestfinished', (request) => (answered += Number(isSave(request))));
    const held = Promise.withResolvers<void>();
    await page.route(/\?\/save$/, async (route) => {
      await held.promise;
      await route.continue();
    });
    const sever = row(page, 'Inductive sensor').getByLabel('Elektro Sever');
    const first = page.waitForRequest(isSave);
    await sever.uncheck();
    await first;
    await sever.check();
    held.resolve();
    await expect.poll(() => answered).toBe(2);
    expect(await sever.isChecked()).toBe(true);
    const [line] = await storedLines(page);
    expect(line?.offers.filter(({ asked }) => asked)).toHaveLength(2);
  });

  test('nothing entered before scripts run is lost', async () => {
    const page = await site.visit();
    await withLines(page, [sensor()]);
    const scripts = Promise.withResolvers<void>();
    await page.route('**/*.js', async (route) => {
      await scripts.promise;
      await route.continue();
    });
    await page.goto('/solution', { waitUntil: 'commit' });
    await row(page, 'Inductive sensor').getByLabel('Elektro Sever').uncheck();
    await row(page, 'Inductive sensor').getByText('Add a note').click();
    await page.getByLabel('Note on Inductive sensor').fill('urgent');
    await page.getByLabel('Quantity of Inductive sensor').getByRole('textbox').fill('10');
    scripts.resolve();
    await expect.poll(() => storedLines(page)).toMatchObject([{ quantity: 10, note: 'urgent' }]);
    const [line] = await storedLines(page);
    expect(line?.offers.filter(({ asked }) => asked).map(({ vendor }) => vendor.name)).toEqual([
      'Brandt Industrietechnik',
    ]);
  });

  test('a tab that is looked at again shows what another one changed, and keeps what is being entered', async () => {
    const page = await site.visit();
    await withLines(page, [sensor(20), cable()]);
    await open(page, '/solution');
    const other = await page.context().newPage();
    await open(other, '/solution');
    const quantity = 'Quantity of Inductive sensor';
    await other.getByLabel(quantity).getByRole('textbox').fill('30');
    await other.getByLabel(quantity).getByRole('textbox').press('Enter');
    await expect.poll(() => storedLines(other)).toMatchObject([{ quantity: 30 }, {}]);
    await other.getByRole('button', { name: 'Remove Upravljački kabl' }).click();
    await expect.poll(async () => (await names(other)).length).toBe(1);
    await page.getByLabel('Add by code').fill('RLY');
    await page.evaluate(() => window.dispatchEvent(new Event('focus')));
    await expect.poll(() => page.getByLabel(quantity).getByRole('textbox').inputValue()).toBe('30');
    expect(await names(page)).toHaveLength(1);
    expect(await page.getByLabel('Add by code').inputValue()).toBe('RLY');
  });

  test('a second look at a tab right after the first shows what was changed between them', async () => {
    const page = await site.visit();
    await withLines(page, [sensor(20)]);
    await page.clock.install();
    await open(page, '/solution');
    // From here on time passes only when the test says so.
    await page.clock.pauseAt(Date.now() + 60_000);
    const look = () => page.evaluate(() => void window.dispatchEvent(new Event('focus')));
    const quantity = page.getByLabel('Quantity of Inductive sensor').getByRole('textbox');
    const looked = page.waitForEvent('requestfinished', (request) => request.url().includes('__data.json'));
    await look();
    await looked;
    const [line] = await storedLines(page);
    await page.request.patch(`/api/solutions/current/lines/${line?.id}`, {
      headers: { origin: site.url },
      data: { quantity: 30 },
    });
    await look();
    await page.clock.runFor(1_100);
    await expect.poll(() => quantity.inputValue()).toBe('30');
  });

  test('a refused quantity offers the sellable one, accepted by one click', async () => {
    const page = await site.visit();
    await withLines(page, [cable()]);
    await open(page, '/solution');
    const quantity = page.getByLabel('Quantity of Upravljački kabl').getByRole('textbox');
    await quantity.fill('a few');
    await quantity.press('Tab');
    await page.getByText('Enter the quantity as a number.').waitFor();
    await quantity.fill('120');
    await quantity.press('Enter');
    await page.getByText('The minimum is 100, in packs of 50.').waitFor();
    expect(await quantity.inputValue()).toBe('120');
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Take 150' }).click();
    await expect.poll(() => quantity.inputValue()).toBe('150');
  });

  test('lines can be moved by keyboard with the focus kept, removed and restored', async () => {
    const page = await site.visit();
    await withLines(page, [sensor(), cable(), motor()]);
    await open(page, '/solution');
    const down = page.getByRole('button', { name: 'Move Inductive sensor M12, PNP down' });
    await down.focus();
    await page.keyboard.press('Alt+ArrowDown');
    await expect
      .poll(() => names(page))
      .toEqual(['Upravljački kabl 5×0.75 mm²', 'Inductive sensor M12, PNP', 'Servo motor 0.75 kW']);
    await expect.poll(() => down.evaluate((button) => button === document.activeElement)).toBe(true);
    await page.getByRole('button', { name: 'Remove Servo motor 0.75 kW' }).click();
    await page.getByRole('button', { name: 'Undo' }).click();
    await expect.poll(async () => (await names(page)).length).toBe(3);
    await page.getByLabel('Quantity of Servo motor').getByRole('textbox').fill('0');
    await page.keyboard.press('Enter');
    await expect.poll(async () => (await names(page)).length).toBe(2);
  });

  test('adding by code offers similar codes for an unknown one', async () => {
    const page = await site.visit();
    await open(page, '/solution');
    await page.getByLabel('Add by code').fill('6ES-1');
    await page.keyboard.press('Enter');
    await page.getByText('No product has the code 6ES-1.').waitFor();
    await expectAccessible(page);
    await page.getByRole('button', { name: '6ES-100 Inductive sensor' }).click();
    await expect.poll(() => names(page)).toEqual(['Inductive sensor M12, PNP']);
    // A quantity before the code counts, as in a list.
    await page.getByLabel('Add by code').fill('3 x MOT-7');
    await page.keyboard.press('Enter');
    await expect.poll(() => storedLines(page)).toMatchObject([{ quantity: 1 }, { quantity: 3 }]);
  });

  test('the solution works without JavaScript', async () => {
    const page = await site.visit({ javaScriptEnabled: false });
    await withLines(page, [sensor(), cable(), motor()]);
    await open(page, '/solution');
    const withoutScripts = await page.locator('noscript').allInnerTexts();
    expect(withoutScripts.join()).toContain('Save each line that you changed first.');
    const cableRow = row(page, 'Upravljački kabl');
    await cableRow.locator('input[name=quantity]').fill('120');
    await cableRow.getByRole('button', { name: 'Save line 2' }).click();
    await page.getByText('The minimum is 100, in packs of 50.').waitFor();
    expect(await cableRow.locator('input[name=quantity]').inputValue()).toBe('120');
    await page.getByRole('button', { name: 'Take 150' }).click();
    expect(await cableRow.locator('input[name=quantity]').inputValue()).toBe('150');

    await page.getByRole('button', { name: 'Move Servo motor 0.75 kW up' }).click();
    expect((await names(page))[1]).toBe('Servo motor 0.75 kW');
    await page.getByRole('button', { name: 'Remove Servo motor 0.75 kW' }).click();
    expect(await names(page)).toHaveLength(2);
    await page.getByRole('button', { name: 'Undo' }).click();
    expect(await names(page)).toHaveLength(3);

    const sensorRow = row(page, 'Inductive sensor');
    await sensorRow.getByLabel('Elektro Sever').uncheck({ force: true });
    await sensorRow.getByText('Add a note').click();
    await sensorRow.getByLabel('Note on').fill('With certificate');
    await sensorRow.getByRole('button', { name: 'Save line 1' }).click();
    await sensorRow.getByText('With certificate').first().waitFor();
    expect(await sensorRow.getByLabel('Elektro Sever').isChecked()).toBe(false);
    // Enter in a field saves the line, and asks nobody else.
    await sensorRow.locator('input[name=quantity]').fill('7');
    await sensorRow.locator('input[name=quantity]').press('Enter');
    await expect.poll(() => storedLines(page)).toContainEqual(expect.objectContaining({ quantity: 7 }));
    expect(await sensorRow.getByLabel('Elektro Sever').isChecked()).toBe(false);
    await page.getByText('Rename').click();
    await page.getByLabel('Name of the solution').fill('Line 3');
    await page.locator('form[action$="/rename"]').getByRole('button', { name: 'Save' }).click();
    expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe('Line 3');
    await page.getByLabel('Add by code').fill('RLY-9');
    await page.getByRole('button', { name: 'Add line' }).click();
    await page.getByText('cannot be asked').first().waitFor();
    await page.getByRole('button', { name: 'Start a new one' }).click();
    expect(await page.locator('main').textContent()).toContain('No lines yet');
    await page.getByRole('button', { name: 'Open' }).click();
    expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe('Line 3');
  });

  test('the solution fits a phone in both languages and colour schemes', async () => {
    for (const [locale, colorScheme] of [
      ['sr-RS', 'dark'],
      ['en-GB', 'light'],
    ] as const) {
      const page = await site.visit({ locale, colorScheme, viewport: { width: 360, height: 720 } });
      await withLines(page, [sensor(1000), cable(), motor()]);
      for (const path of ['/solution', '/solution/paste']) {
        await open(page, path);
        await expectNoSideways(page);
        await expectAccessible(page);
      }
    }
  });
});
