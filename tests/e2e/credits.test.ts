import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { confirm, openShopOf, payee, topUp } from '../server/credits/shop.ts';
import { openPages } from './pages.ts';
import { looksRight } from './steps.ts';

const { service, visit } = await openPages(payee);
const shop = await openShopOf(service);
const withoutScripts = { javaScriptEnabled: false };

const open = async (page: Page, path: string) => {
  await page.goto(path);
  await looksRight(page);
};

test('credit is bought, paid in two parts and shown on the statement, all without JavaScript', async () => {
  const buyer = await visit(await shop.newBuyer(), withoutScripts);
  await open(buyer, '/account/credits');
  expect(await buyer.getByText('0.00 credits available').count()).toBe(1);
  await buyer.getByText('60 credits').check();
  await buyer.getByRole('button', { name: 'Show how to pay' }).click();
  await looksRight(buyer);
  const reference = (await buyer.locator('h1').textContent())!.replace('Top-up ', '');
  const slip = buyer.getByRole('region', { name: 'Still to pay' });
  expect(await slip.textContent()).toContain('€118.80');
  expect(await slip.textContent()).toContain('RS35 2600 0560 1001 6113 79');
  expect(await slip.getByRole('img', { name: /EPC069-12/ }).count()).toBe(1);

  const staff = await visit(shop.staff, withoutScripts);
  await open(staff, `/staff/top-ups?q=${reference}`);
  const item = staff.locator('main details');
  await item.getByLabel('Amount in EUR').fill('100,00');
  await item.getByLabel("Bank's reference").fill('FT 1');
  await item.getByRole('button', { name: 'Confirm the payment' }).click();
  await looksRight(staff);
  expect(await item.textContent()).toMatch(/Rest\s*€18\.80/);
  await item.getByLabel("Bank's reference").fill('FT 2');
  await item.getByRole('button', { name: 'Confirm the payment' }).click();
  expect(await staff.getByText('The payment counts.').count()).toBe(1);

  await open(buyer, '/account/credits');
  expect(await buyer.getByText('60.00 credits available').count()).toBe(1);
  const row = buyer.getByRole('row', { name: reference });
  expect(await row.textContent()).toMatch(/Top-up.*\+60\.00.*60\.00/s);
});

test('what a person typed wrong is said at its field and kept', async () => {
  const page = await visit(await shop.newBuyer(), withoutScripts);
  await open(page, '/account/credits?currency=RSD');
  await page.getByLabel('Another number').fill('twelve');
  await page.getByLabel('VAT number').fill('CZ1234');
  await page.getByRole('button', { name: 'Show how to pay' }).click();
  await looksRight(page);
  expect(await page.getByLabel('Another number').inputValue()).toBe('twelve');
  expect(await page.getByRole('alert').textContent()).toContain('Another number: Enter a number of credits');
  await page.getByLabel('Another number').fill('12,5');
  await page.getByLabel('VAT number').fill('');
  await page.getByRole('button', { name: 'Show how to pay' }).click();
  expect(await page.getByRole('img', { name: /NBS IPS/ }).count()).toBe(1);
});

test('a number that costs more than the beginning of the next tier offers that by one press, and is kept by another', async () => {
  const page = await visit(await shop.newBuyer(), withoutScripts);
  const askFor = async (credits: string) => {
    await open(page, '/account/credits?currency=EUR');
    await page.getByLabel('Another number').fill(credits);
    await page.getByRole('button', { name: 'Show how to pay' }).click();
  };
  const slip = page.getByRole('region', { name: 'Still to pay' });
  await askFor('59');
  await page.getByText('59 credits cost more than 60').waitFor();
  await looksRight(page);
  expect(await page.getByLabel('Another number').inputValue()).toBe('59');
  await page.getByRole('button', { name: /^Take 60 credits/ }).click();
  expect(await slip.textContent()).toContain('€118.80');
  await askFor('59');
  await page.getByRole('button', { name: 'Stay with 59' }).click();
  expect(await slip.textContent()).not.toContain('€118.80');
  // Far below the next tier there is nothing to hint at.
  await askFor('20');
  expect(await slip.count()).toBe(1);
});

test('guests are asked to log in and come back, and other roles have no credits', async () => {
  const guest = await visit(service.visitor(), withoutScripts);
  await guest.goto('/account/credits');
  expect(new URL(guest.url()).search).toBe('?next=%2Faccount%2Fcredits');
  const staff = await visit(shop.staff, withoutScripts);
  await staff.goto('/account/credits');
  expect(new URL(staff.url()).pathname).toBe('/account');
  await staff.getByRole('link', { name: 'Top-ups' }).click();
  expect(new URL(staff.url()).pathname).toBe('/staff/top-ups');
});

test('staff see at its field what a payment lacks, and that one was already counted', async () => {
  const { id, reference } = (await topUp(await shop.newBuyer())).body;
  for (const bankReference of ['FT 3', 'FT 4']) await confirm(shop, id, '10.00', bankReference);
  const staff = await visit(shop.staff, withoutScripts);
  await open(staff, `/staff/top-ups?q=${reference}`);
  const item = staff.locator('main details');
  const press = async (name: string, at = 0) => {
    await item.getByRole('button', { name }).nth(at).click();
    await looksRight(staff);
  };
  const amount = item.getByLabel('Amount in EUR');
  const wrongs = { '12.500': 'write 12500 or 12.50', '98.80 USD': 'in another currency' };
  for (const [typed, words] of Object.entries(wrongs)) {
    await amount.fill(typed);
    await press('Confirm the payment');
    expect(await amount.getAttribute('aria-invalid')).toBe('true');
    expect(await amount.inputValue()).toBe(typed);
    const link = staff.getByRole('alert').getByRole('link');
    expect(await link.textContent()).toContain(words);
    expect(await link.getAttribute('href')).toBe(`#${await amount.getAttribute('id')}`);
  }
  await amount.fill('50');
  await press('Confirm the payment');
  expect(await item.getByLabel("Bank's reference").getAttribute('aria-invalid')).toBe('true');
  await amount.fill('10');
  await item.getByLabel("Bank's reference").fill(' ft  3');
  await press('Confirm the payment');
  expect(await staff.getByText('This payment was already counted.').count()).toBe(1);

  await press('The bank reversed it', 1);
  const reasons = item.getByLabel('Reason');
  expect(await reasons.nth(0).getAttribute('aria-invalid')).toBeNull();
  expect(await reasons.nth(1).getAttribute('aria-invalid')).toBe('true');
  expect(await staff.getByRole('alert').getByRole('link').getAttribute('href')).toBe(
    `#${await reasons.nth(1).getAttribute('id')}`,
  );
});

test('a buyer whose session ended meanwhile logs in and comes back to the page', async () => {
  const client = await shop.newBuyer();
  const page = await visit(client, withoutScripts);
  await open(page, '/account/credits?currency=RSD');
  expect((await client.post('/api/account/logout')).status).toBeLessThan(300);
  await page.getByRole('button', { name: 'Show how to pay' }).click();
  expect(new URL(page.url()).searchParams.get('next')).toBe('/account/credits?currency=RSD');
});
