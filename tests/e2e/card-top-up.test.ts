import { afterAll, beforeAll, expect, test } from 'vitest';
import { peopleFile } from '#server/dev/load.ts';
import { demoPeople } from '#server/dev/people.ts';
import { type DemoHere, openDemoHere } from './demo-here.ts';
import { looksRight } from './steps.ts';

let demo: DemoHere;
beforeAll(async () => {
  demo = await openDemoHere();
});
afterAll(() => demo.end());

test('top up by card in the demo: declined, walked away, paid, usable at once, and disputed, without JavaScript', async () => {
  const people = await demoPeople(demo.service.ctx.db, peopleFile);
  const { email, password } = people.find(({ role }) => role === 'buyer')!;
  const page = await demo.visit('/account/login', { javaScriptEnabled: false });
  await page.getByLabel('E-mail').fill(email);
  await page.getByLabel('Password').fill(password);
  await page.getByRole('main').getByRole('button', { name: 'Log in' }).click();
  await page.goto('/account/credits?currency=EUR');
  await looksRight(page);
  await page.getByText('60 credits').first().check();
  expect(await page.getByRole('radio', { name: /^Card/ }).isChecked()).toBe(true);
  await page.getByRole('button', { name: 'Continue to payment' }).click();

  expect(new URL(page.url()).pathname).toMatch(/^\/dev\/payments\/cs_test_/);
  await looksRight(page);
  await page.getByRole('button', { name: 'Pay with a card that is declined' }).click();
  expect(await page.getByText('The card was declined.').count()).toBe(1);
  await page.getByRole('link', { name: 'Back to the shop without paying' }).click();
  await looksRight(page);
  expect(await page.getByText('You have not paid, and nothing was charged.').count()).toBe(1);

  // Its event never comes: the page that the buyer comes back to asks.
  demo.parts.cards!.faults.events = 'never';
  await page.getByRole('link', { name: 'Pay €118.80 by card' }).click();
  await page.getByRole('button', { name: 'Pay', exact: true }).click();
  await looksRight(page);
  expect(await page.getByText('This top-up is paid.').count()).toBe(1);
  await page.goto('/account/credits');
  expect(await page.getByText('90.00 credits available').count()).toBe(1);
  await page.goto('/dev/payments');
  await looksRight(page);

  demo.parts.cards!.faults.events = 'prompt';
  await page.getByRole('button', { name: 'The payer disputes it' }).click();
  const disputed = page.getByText('A card payment for your credit is disputed');
  const isSaid = async () => {
    await page.goto('/account/credits');
    return disputed.count();
  };
  await expect.poll(isSaid, { timeout: 30_000, interval: 500 }).toBe(1);
  await looksRight(page);
  expect(await page.getByText('90.00 credits available').count()).toBe(1);
});
