import { expect, test } from 'vitest';
import { answer, linkOf } from '../server/requests/answers.ts';
import { sendUsual, type WantedLine } from '../server/requests/people.ts';
import { openPages } from './pages.ts';

/** An order at list prices, as its buyer and its partner see it afterwards. */
const { service, world, visit } = await openPages();
const buyer = service.visitor();

test('an order that was confirmed in part says what is confirmed and what is only offered, to both sides', async () => {
  const placed: WantedLine[] = [
    { product: 'sensor', quantity: 4, ask: ['sensorSever'] },
    { product: 'motor', quantity: 2, ask: ['motorSever'] },
  ];
  const request = await sendUsual(buyer, world, placed, { kind: 'order' });
  const token = await linkOf(service, request.id, world.mail.sever);
  const given = [{ decision: 'confirm' as const }, { price: '53000' }];
  expect((await answer(service.outsider(), token, given)).status).toBe(201);

  const page = await visit(buyer);
  await page.goto(`/requests/${request.id}`);
  const seen = await page.getByRole('main').innerText();
  expect(seen).toMatch(/Lines confirmed\s+1 of 2/);
  expect(seen).toMatch(/Confirmations\s+now\s+Ordered/);
  expect(seen).toMatch(/Lines confirmed or offered\s+2 of 2\s+ordered in part\s+Changes valid until\s+\w/);
  expect(seen).not.toMatch(/quoted|\nValid until/i);
  expect(seen).toMatch(/confirmed as ordered[^]*changed/);
  const priceOf = (row: string) =>
    page
      .getByRole('table', { name: 'Answers by line and partner' })
      .getByRole('row')
      .filter({ hasText: row })
      .locator('.offer-choice__price')
      .innerText();
  expect(await priceOf('MOT-7')).toMatch(/53,000\.00[^]*changed/);
  expect(await priceOf('6ES-100')).not.toMatch(/confirmed|changed/);
  await page.getByText('Decline the changes').first().click();
  await page.getByText('Confirmed lines stay ordered.').waitFor();
  await page.getByRole('button', { name: 'Decline the changes' }).click();
  await page.getByText('Declined. The partner has been told.').waitFor();

  // The address that its partner came to after sending, opened again.
  await page.goto(`/e/${token}?sent=1`);
  const versions = page
    .locator('section')
    .filter({ has: page.getByRole('heading', { name: 'Sent answers' }) });
  const sent = versions.locator('tbody th');
  expect(await sent.nth(0).innerText()).toMatch(/Confirmed/);
  expect(await sent.nth(0).innerText()).not.toMatch(/accepted/);
  expect(await sent.nth(1).innerText()).not.toMatch(/Confirm/);
  await page.getByText('1 of your lines is ordered.').waitFor();
});

test('lines that are offered exactly as ordered are not called changed, and confirmed ones have no validity', async () => {
  const placed: WantedLine[] = [
    { product: 'sensor', quantity: 4, ask: ['sensorSever'] },
    { product: 'motor', quantity: 2, ask: ['motorSever'] },
    { product: 'cable', quantity: 100, ask: ['cableWisla'] },
  ];
  const request = await sendUsual(buyer, world, placed, { kind: 'order' });
  const sever = await linkOf(service, request.id, world.mail.sever);
  const wisla = await linkOf(service, request.id, world.mail.wisla);
  await answer(service.outsider(), sever, [{ price: '4500.00' }, { quantity: 1 }]);
  await answer(service.outsider(), wisla, [{ decision: 'confirm' }]);

  const page = await visit(buyer);
  await page.goto(`/requests/${request.id}`);
  const row = (name: RegExp) =>
    page.getByRole('table', { name: 'Answers by line and partner' }).getByRole('row', { name });
  expect(await row(/ES-S1|sensor/i).innerText()).toMatch(/offered as ordered/);
  expect(await row(/ES-S1|sensor/i).innerText()).not.toMatch(/changed/);
  // Its quantity is another one, its price is not.
  expect(await row(/motor/i).innerText()).toMatch(/only 1 of 2/);
  expect(await row(/motor/i).innerText()).not.toMatch(/changed/);
  const coverage = await row(/^Lines confirmed or offered/)
    .getByRole('cell')
    .allInnerTexts();
  expect(coverage.map((text) => text.trim())).toEqual(['2 of 2', '1 of 1 ordered']);
  const validity = await row(/^Changes valid until/)
    .getByRole('cell')
    .allInnerTexts();
  expect(validity.map((text) => text.trim())).toEqual([expect.stringMatching(/\d/), '–']);
});

test('a partner sees what it changes in an order before it sends, the former terms beside the new ones', async () => {
  const placed: WantedLine[] = [
    { product: 'sensor', quantity: 4, ask: ['sensorSever'] },
    { product: 'motor', quantity: 2, ask: ['motorSever'] },
  ];
  const request = await sendUsual(buyer, world, placed, { kind: 'order' });
  const token = await linkOf(service, request.id, world.mail.sever);
  const page = await visit(service.outsider());
  await page.goto(`/e/${token}`);
  await page.locator('html[data-ready]').waitFor({ state: 'attached' });
  // Everything is at list prices and confirmed already.
  const bulk = (name: string) => page.getByRole('button', { name, exact: true });
  expect([await bulk('Use list prices').count(), await bulk('Confirm all').count()]).toEqual([0, 0]);
  await page.getByLabel('Your answer to line 2').selectOption('offer');
  await page.getByRole('textbox', { name: /^Your price each.*line 2/ }).fill('53000');
  await bulk('Use list prices').waitFor();
  await bulk('Confirm all').waitFor();
  const motor = page.getByRole('rowgroup').filter({ hasText: 'MOT-7' });
  await motor.getByText('Quantity and note').click();
  await motor.getByLabel('Quantity you deliver').fill('1');
  await page.getByRole('button', { name: 'Check and send' }).click();
  await page.getByText('You change line 2. It is ordered once the buyer agrees.').waitFor();
  const rows = page.getByRole('group', { name: 'Lines of your answer' }).locator('tbody tr');
  expect(await rows.nth(0).innerText()).not.toMatch(/before|changed/);
  expect((await rows.nth(1).innerText()).replace(/\s+/g, ' ')).toMatch(
    /1 piece changed by you before: 2 pieces.*53,000\.00 changed by you before: .*52,000\.00/,
  );
  await page.context().close();
});

test('after an acceptance a partner sees the agreed terms of each ordered line, the other lines, and the agreed sum', async () => {
  const asked: WantedLine[] = [
    { product: 'cable', quantity: 100, ask: ['cableWisla'] },
    { product: 'sensor', quantity: 4, ask: ['sensorSever'] },
    { product: 'motor', quantity: 2, ask: ['motorSever'] },
  ];
  const request = await sendUsual(buyer, world, asked);
  const token = await linkOf(service, request.id, world.mail.sever);
  const sent = await answer(service.outsider(), token, [{ price: '4100', quantity: 3 }, { price: '51000' }]);
  const sensor = request.lines.find(({ product }) => product.code === '6ES-100')?.id;
  const acceptance = {
    quotes: [{ quoteId: sent.body.id, lineIds: [sensor] }],
    delivery: { place: 'Brno, gate 2', country: 'CZ' },
  };
  expect((await buyer.post(`/api/requests/${request.id}/acceptance`, acceptance)).status).toBe(200);

  const page = await visit(service.outsider());
  await page.goto(`/e/${token}`);
  await page.getByText('1 of 2 lines ordered').waitFor();
  const rows = page.getByRole('group', { name: 'What is ordered' }).getByRole('row');
  expect((await rows.nth(1).innerText()).replace(/\s+/g, ' ')).toMatch(
    /ordered.*3 pieces.*4,100\.00.*12,300\.00/,
  );
  expect(await rows.nth(2).innerText()).toMatch(/not ordered/);
  expect(await rows.nth(2).innerText()).not.toMatch(/\d{2},\d{3}/);
  expect(await rows.nth(3).innerText()).toMatch(/Agreed total, excl\. VAT\s+RSD\s12,300\.00/);
  // Its numbers are its own.
  await page.getByText('The line numbers here are yours alone').waitFor();
  await page.context().close();
});
