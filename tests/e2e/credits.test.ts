import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { openShopOf, payee } from '../server/credits/shop.ts';
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
  expect(await buyer.getByText('0.00 credits free').count()).toBe(1);
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
  expect(await buyer.getByText('60.00 credits free').count()).toBe(1);
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
  expect(await page.getByRole('alert').textContent()).toContain('Check the form of this entry.');
  await page.getByLabel('Another number').fill('12,5');
  await page.getByLabel('VAT number').fill('');
  await page.getByRole('button', { name: 'Show how to pay' }).click();
  expect(await page.getByRole('img', { name: /NBS IPS/ }).count()).toBe(1);
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
