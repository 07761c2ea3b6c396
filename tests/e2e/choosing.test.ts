import { expect, test } from 'vitest';
import { answer, dayFrom, linkOf } from '../server/requests/answers.ts';
import { sendUsual, type WantedLine } from '../server/requests/people.ts';
import { openPages } from './pages.ts';
import { expectAccessible } from './site.ts';

/** What is chosen for a buyer before they choose, and what they can decide at a line. */
const { service, world, visit } = await openPages();

/** Sends the lines and an answer of each partner to everything asked of it; returns the page of the request. */
async function openAnswered(
  lines: WantedLine[],
  kind: 'quote' | 'order',
  given: Parameters<typeof answer>[2][],
) {
  const buyer = service.visitor();
  const request = await sendUsual(buyer, world, lines, { kind });
  const partners = [world.mail.sever, world.mail.brandt].slice(0, given.length);
  for (const [index, address] of partners.entries()) {
    const token = await linkOf(service, request.id, address);
    const sent = await answer(service.outsider(), token, given[index], { validUntil: dayFrom(service, 10) });
    expect(sent.status).toBe(201);
  }
  const page = await visit(buyer, { locale: 'en-US' });
  await page.goto(`/requests/${request.id}`);
  await page.locator('html[data-ready]').waitFor({ state: 'attached' });
  return page;
}

test('between several offers nothing is chosen until the buyer chooses or asks to', async () => {
  const lines: WantedLine[] = [
    { product: 'sensor', quantity: 10, ask: ['sensorSever', 'sensorBrandt'] },
    { product: 'motor', quantity: 2, ask: ['motorSever'] },
    { product: 'cable', quantity: 100, ask: ['cableBrandt'] },
  ];
  const page = await openAnswered(lines, 'quote', [[], []]);
  const bar = page.getByRole('region', { name: 'Your choice' });
  await bar.getByText('0 of 3 lines chosen').waitFor();
  await bar.getByText('Choose an offer in each line that you want to order.').waitFor();
  expect(await page.getByRole('radio', { name: 'Leave open', checked: true }).count()).toBe(3);
  expect(await page.getByRole('button', { name: /^Accept/ }).count()).toBe(0);
  await page.getByRole('link', { name: 'Lowest price' }).click();
  await bar.getByText('3 of 3 lines chosen').waitFor();
  // Each partner's part has the numbers that it sees itself.
  const brandt = page.getByRole('region', { name: 'Brandt Industrietechnik', exact: true });
  expect(await brandt.innerText()).toMatch(/Lines 1 and 3\s+Lines 1 and 2 in their e-mail/);
  const sever = page.getByRole('region', { name: 'Elektro Sever', exact: true });
  expect(await sever.innerText()).not.toContain('in their e-mail');
  await expectAccessible(page);
  await page.context().close();
});

test('the only offer there is is chosen, and the page says why', async () => {
  const lines: WantedLine[] = [
    { product: 'sensor', quantity: 4, ask: ['sensorSever'] },
    { product: 'motor', quantity: 2, ask: ['motorSever'] },
  ];
  const page = await openAnswered(lines, 'quote', [[]]);
  await page.getByText('Only Elektro Sever offers these lines, so its offer is chosen.').waitFor();
  await page.getByRole('button', { name: 'Accept 2 lines' }).waitFor();
  // A choice of the buyer's own counts instead.
  await page.getByRole('radio', { name: 'Leave open' }).first().check();
  await page.getByRole('button', { name: 'Accept 1 line' }).waitFor();
  expect(await page.getByText('so its offer is chosen').count()).toBe(0);
  await page.context().close();
});

test('what a partner changed in an order is left to its buyer, who can decline it at the line', async () => {
  const lines: WantedLine[] = [
    { product: 'sensor', quantity: 4, ask: ['sensorSever'] },
    { product: 'motor', quantity: 2, ask: ['motorSever'] },
  ];
  const page = await openAnswered(lines, 'order', [[{ decision: 'confirm' }, { price: '53000' }]]);
  expect(await page.getByRole('radio', { name: 'Decide later' }).isChecked()).toBe(true);
  await page.getByText('Choose the changes that you accept, or decline them.').waitFor();
  await page.getByRole('link', { name: 'Decline the change of line 2' }).click();
  await page.getByText('You decline what the partner changed in line 2.').waitFor();
  await page.getByRole('button', { name: 'Decline the changes' }).click();
  await page.getByText('Declined. The partner has been told.').waitFor();
  expect(await page.getByRole('link', { name: /^Decline the change/ }).count()).toBe(0);
  await page.context().close();
});
