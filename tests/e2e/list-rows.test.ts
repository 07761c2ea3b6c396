import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import type { Solution } from '#server/solutions/schema.ts';
import type { Client } from '../harness.ts';
import { openPages } from './pages.ts';
import { expectAccessible, expectNoSideways } from './site.ts';

/* What the page of a list says of its rows before and after they are added. */

const { service, world, visit } = await openPages();

/** Reads a list on a page with or without scripts. */
async function read(buyer: Client, text: string, javaScriptEnabled: boolean): Promise<Page> {
  const page = await visit(buyer, { javaScriptEnabled, viewport: { width: 390, height: 800 } });
  await page.goto('/solution/paste');
  // Hydration adds this element last.
  if (javaScriptEnabled) await page.waitForFunction(() => history.scrollRestoration === 'manual');
  await page.getByLabel('Your list').fill(text);
  await page.getByRole('button', { name: 'Read the list' }).click();
  await page.getByRole('heading', { name: /ready/ }).waitFor();
  return page;
}

const linesOf = async (buyer: Client) =>
  (await buyer.get<Solution>('/api/solutions/current')).body.lines.map(({ product, quantity }) => [
    ...[product.code, quantity],
  ]);

test.each([true, false])(
  'the rows that join a line say so before and after the press, also whom they ask (JavaScript: %s)',
  async (scripts) => {
    const buyer = service.visitor();
    const line = { productId: world.products.sensor, quantity: 5, offerIds: [world.offers.sensorSever] };
    await buyer.post('/api/solutions/current/lines', line);
    const page = await read(buyer, '6ES-100;10\nMOT-7;1', scripts);
    await page.getByText('1 row adds to a line that is already in the solution.').waitFor();
    await page.getByText('Adds to line 1: 5 + 10 = 15').waitFor();
    await expectNoSideways(page);
    await page.getByLabel('Every partner who has the product').check();
    await page.getByRole('button', { name: 'Add 2 rows' }).click();
    await page.getByText('1 row was added to a line that was already in the solution.').waitFor();
    await page.getByRole('cell', { name: '10 Added to line 1: 5 + 10 = 15' }).waitFor();
    await page.getByRole('cell', { name: /^(?=.*Brandt)(?=.*Sever)(?=.*Wisła)/ }).waitFor();
    expect(await linesOf(buyer)).toEqual([
      ['6ES-100', 15],
      ['MOT-7', 1],
    ]);
    await page.context().close();
  },
);

test.each([true, false])(
  'a row with only a name is searched for on the page of the list, and keeps its quantity (JavaScript: %s)',
  async (scripts) => {
    const buyer = service.visitor();
    await buyer.get('/api/solutions/current');
    const text = 'Name;Code;Qty\nServo motor;;4\nRelay of some kind;NO-SUCH;2\nCable;CAB-5;100';
    const page = await read(buyer, text, scripts);
    const searchText = page.getByLabel('What to search for in row 2');
    expect(await searchText.inputValue()).toBe('Servo motor');
    expect(await page.getByLabel('Quantity in row 2').inputValue()).toBe('4');
    const add = (name: string) => page.getByRole('button', { name, exact: true });
    expect(await add(scripts ? 'Add 1 row' : 'Add 1 row and those you corrected').count()).toBe(1);
    await page.getByLabel('Quantity in row 3').fill('7');
    // What becomes of a row that was typed into, only reading it again shows.
    await add('Add 1 row and those you corrected').waitFor();
    await page.getByRole('button', { name: 'Search for row 2' }).click();
    await page.getByText(/services? for “Servo motor”/).waitFor();
    await page.getByRole('radio', { name: 'MOT-7' }).check();

    await page.getByLabel('What to search for in row 3').fill('qqxwvyk');
    if (scripts) await page.getByLabel('What to search for in row 3').press('Enter');
    else await page.getByRole('button', { name: 'Search for row 3' }).click();
    await page.getByText('Nothing found for “qqxwvyk”').waitFor();
    expect(await page.getByRole('radio', { name: 'MOT-7' }).isChecked()).toBe(true);
    expect(await page.getByLabel('Quantity in row 3').inputValue()).toBe('7');
    if (scripts) await expectAccessible(page);
    await expectNoSideways(page);

    // Scripts count the chosen row; without them, it is one of those that were corrected.
    await add(scripts ? 'Add 2 rows' : 'Add 1 row and those you corrected').click();
    await page.getByRole('heading', { name: '2 rows were added, 1 row needs your attention' }).waitFor();
    await page.getByLabel('What to search for in row 3').fill('sensor');
    await page.getByRole('button', { name: 'Search for row 3' }).click();
    await page.getByRole('radio', { name: '6ES-100' }).check();
    await page.getByRole('button', { name: 'Try these rows again' }).click();
    await page.getByRole('heading', { name: '3 rows were added', exact: true }).waitFor();
    expect(await linesOf(buyer)).toEqual([
      ['MOT-7', 4],
      ['CAB-5', 100],
      ['6ES-100', 7],
    ]);
    await page.context().close();
  },
);

test('rows that were added of one list are not shown with another, and a search for nothing finds nothing', async () => {
  const buyer = service.visitor();
  await buyer.get('/api/solutions/current');
  const page = await read(buyer, 'CAB-5;100', true);
  await page.getByRole('button', { name: 'Add 1 row' }).click();
  const added = page.getByRole('link', { name: 'Upravljački kabl' });
  await added.waitFor();
  await page.getByRole('link', { name: 'Another list' }).click();
  await page.getByLabel('Your list').fill('NO-SUCH;2\nNOR-THIS;1');
  await page.getByRole('button', { name: 'Read the list' }).click();
  await page.getByLabel('What to search for in row 1').fill('');
  await page.getByRole('button', { name: 'Search for row 1' }).click();
  await page.getByText('Nothing found for').waitFor();
  await page.getByRole('button', { name: 'Add the rows you corrected' }).click();
  await page.getByRole('heading', { name: /^No row was added/ }).waitFor();
  expect(await added.count()).toBe(0);
  await page.context().close();
});
