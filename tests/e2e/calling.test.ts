import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { findProduct, findProductPages, giveMarks, offerOf, panel } from './call-panel.ts';
import { type Demo, openDemo, wait } from './demo.ts';
import { looksRightEverywhere } from './site.ts';

/** Calls in the demo that nobody watches at the phones. */
const code = 'FI400-1.5-MB';
const number = { ofMagdalena: '+4310002042', ofNikola: '+381110009001' };
const wide = { viewport: { width: 1440, height: 900 } };

let demo: Demo;
let productPage: (partner: string) => string;
beforeAll(async () => {
  demo = await openDemo();
  productPage = await findProductPages(demo, code);
});
afterAll(() => demo.end());

/** Returns when the partner's first support agent begins to work, ISO 8601. */
async function nextDayOfSupport(partner: string): Promise<string> {
  const { offers } = await findProduct(demo, code);
  const agents = offers.filter(({ vendor }) => vendor.name === partner).flatMap((offer) => offer.agents);
  const times = agents.flatMap(({ kind, worksFrom }) => (kind === 'support' && worksFrom) || []);
  return times.toSorted()[0] ?? '';
}

test('a call-back requested after an unanswered call is confirmed on the same page', async () => {
  const partner = 'Quanvolt Automation';
  const number = encodeURIComponent((await demo.numberOf('Priya Raman')) ?? '');
  const rejects = await fetch(`${demo.url}/dev/phones/${number}/persona`, {
    method: 'POST',
    headers: { origin: demo.url, 'content-type': 'application/json' },
    body: JSON.stringify({ behaviour: 'rejects' }),
  });
  expect(rejects.status).toBe(200);
  const guest = await demo.visit(productPage(partner), wide);
  await guest.getByLabel('Your phone number').fill('+420 200 000 992');
  await panel(guest).getByRole('button', { name: 'Call Priya Raman' }).click();
  await panel(guest).getByRole('heading', { name: 'Nobody could take the call' }).waitFor(wait);
  await looksRightEverywhere(guest);
  await panel(guest).getByRole('button', { name: 'Ask for a call-back' }).click();
  await panel(guest).getByText('You will be called back.').waitFor(wait);
  expect(await panel(guest).getByRole('button', { name: 'Ask for a call-back' }).count()).toBe(0);
  await panel(guest).getByRole('button', { name: 'Cancel the call-back' }).click();
  await panel(guest).getByRole('button', { name: 'Ask for a call-back' }).waitFor(wait);
  await guest.context().close();
});

test('the team that a visitor chose stays chosen when an agent’s state changes', async () => {
  const path = productPage('Quanvolt Automation');
  const [visitor, guest] = [await demo.visit(path, wide), await demo.visit(path, wide)];
  const team = (name: RegExp) => visitor.getByRole('tab', { name });
  await visitor.locator('html[data-ready]').waitFor({ state: 'attached' });
  await team(/Support/).click();
  const free = await team(/Sales/).innerText();
  await guest.getByLabel('Your phone number').fill('+420 200 000 993');
  await panel(guest).getByRole('button', { name: 'Call Priya Raman' }).click();
  await expect.poll(() => team(/Sales/).innerText(), wait).not.toBe(free);
  expect(await team(/Support/).getAttribute('aria-selected')).toBe('true');
  await panel(guest).getByRole('heading', { name: 'Nobody could take the call' }).waitFor(wait);
  for (const page of [visitor, guest]) await page.context().close();
});

test('a first visit shows times in the browser’s zone at once', async () => {
  // The demo makes only a sales agent of this partner available, so support begins on its next working day.
  const path = productPage('Quanvolt Automation');
  const tokyo = { ...wide, timezoneId: 'Asia/Tokyo' };
  const support = (page: Page) => page.getByRole('tab', { name: /Support/ });
  const plain = await demo.visit(path, { ...tokyo, javaScriptEnabled: false });
  expect(await support(plain).innerText()).toMatch(/From .*\d\d:\d\d UTC/);
  const guest = await demo.visit(path, tokyo);
  const own = { timeZone: 'Asia/Tokyo', hour: '2-digit', minute: '2-digit' } as const;
  const begins = new Date(await nextDayOfSupport('Quanvolt Automation')).toLocaleTimeString('en-GB', own);
  await expect.poll(() => support(guest).innerText(), wait).toMatch(new RegExp(`From .*${begins}`));
  expect(await support(guest).innerText()).not.toMatch(/UTC/);
  for (const page of [plain, guest]) await page.context().close();
});

test('calling, hanging up and rating work by plain forms without scripts', async () => {
  const partner = 'Sensorik Alpenglühen';
  const guest = await demo.visit(productPage(partner), { ...wide, javaScriptEnabled: false });
  await guest.getByLabel('Country prefix').selectOption('RS');
  await guest.getByLabel('Your phone number').fill('11 0009001');
  await looksRightEverywhere(guest);
  await panel(guest).getByRole('button', { name: 'Call', exact: true }).click();
  await panel(guest)
    .getByRole('heading', { name: `Calling ${partner}` })
    .waitFor(wait);
  // Phones that are on no page hear each prompt to its end.
  await panel(guest).getByRole('heading', { name: 'On the line' }).waitFor({ timeout: 120_000 });
  await looksRightEverywhere(guest);
  await panel(guest).getByRole('button', { name: 'Hang up' }).click();
  await panel(guest).getByText('How was the call?').waitFor(wait);
  await looksRightEverywhere(guest);
  await panel(guest).getByRole('button', { name: 'Send rating' }).click();
  await panel(guest).getByText('Choose a rating from 1 to 5.').first().waitFor();
  const marks = panel(guest).getByRole('group', { name: 'Line quality' }).getByRole('radio');
  expect(await marks.evaluateAll((all) => all.map((mark) => mark.getAttribute('aria-label')))).toEqual([
    ...['1 of 5, Poor', '2 of 5', '3 of 5', '4 of 5', '5 of 5, Clear'],
  ]);
  await giveMarks(guest, '4', '5');
  await panel(guest)
    .getByText(`Thank you. Your rating counts towards ${partner}’s overall rating.`)
    .waitFor();
  // The agent is still busy with the wrap-up; the partner's state comes first.
  expect(await panel(guest).innerText()).toMatch(/Magdalena[^]*Thank you\. Your rating/);
  await offerOf(guest, partner).getByText('New: 1 rating').waitFor();
  const [second, first] = await demo.legs();
  expect([first?.to, second?.to]).toEqual([number.ofMagdalena, number.ofNikola]);
  await guest.context().close();
});
