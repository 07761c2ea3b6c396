import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { countQuality } from '#server/complaints/quality/service.ts';
import { chargedCall, people } from '../server/complaints/people.ts';
import { pdf } from '../server/uploads/files.ts';
import { openPages } from './pages.ts';
import { looksRight } from './steps.ts';

const { service, world, visit } = await openPages();
const cast = await people(service, world);
const withoutScripts = { javaScriptEnabled: false };

const open = async (page: Page, path: string) => {
  await page.goto(path);
  await looksRight(page);
};

test('a buyer complains about a support call with a file, staff pay credit back, and the buyer reads it on the statement, without JavaScript', async () => {
  const call = await chargedCall(service, world, cast.buyerId, 200n);
  const buyer = await visit(cast.buyer, withoutScripts);
  await open(buyer, `/account/complaints/new?call=${call}`);
  await buyer.getByLabel('What happened').fill('The drive still stops.');
  await buyer
    .getByLabel('Files')
    .setInputFiles({ name: 'fault.pdf', mimeType: 'application/pdf', buffer: Buffer.from(pdf) });
  await buyer.getByRole('button', { name: 'Send the complaint' }).click();
  await buyer.getByText('We have your complaint').waitFor();
  await looksRight(buyer);
  const thread = buyer.getByRole('region', { name: 'Messages' });
  expect(await thread.textContent()).toContain('The drive still stops.');
  expect(await thread.getByRole('link', { name: 'fault.pdf' }).count()).toBe(1);
  const number = (await buyer.locator('h1').textContent())!.replace('Complaint ', '');

  const staff = await visit(cast.staff, withoutScripts);
  await open(staff, '/staff/complaints');
  await staff.getByRole('link', { name: number }).click();
  await staff.getByLabel('Reason', { exact: false }).fill('The agent could not help.');
  await staff.getByLabel('Credit to pay back', { exact: false }).fill('1,50');
  await staff.getByRole('button', { name: 'Resolve in the buyer’s favour' }).click();
  await staff.getByText('It is decided.').waitFor();
  await looksRight(staff);

  await buyer.reload();
  await looksRight(buyer);
  const main = buyer.locator('main');
  expect(await main.textContent()).toContain('The agent could not help.');
  expect(await main.textContent()).toContain('1.50 credits were paid back.');
  await open(buyer, '/account/credits');
  const row = buyer.getByRole('row', { name: number });
  expect(await row.textContent()).toMatch(/Paid back.*\+1\.50/s);
});

test('a partner’s page shows its quality and what it is made of, or that there is too little', async () => {
  for (let count = 0; count < 5; count += 1) await chargedCall(service, world, cast.buyerId, 0n);
  await countQuality(service.ctx);
  const page = await visit(service.visitor(), withoutScripts);
  const slugOf = async (id: string) =>
    (await service.visitor().get(`/api/vendors/${id}`)).body.slug as string;
  await open(page, `/partners/${await slugOf(world.vendors.sever)}`);
  const figure = page.locator('details', { hasText: /^\s*Quality \d+ of 100/ });
  await figure.locator('summary').click();
  expect(await figure.textContent()).toContain('Complaints per hundred calls');
  await looksRight(page);
  await open(page, `/partners/${await slugOf(world.vendors.kovo)}`);
  expect(await page.getByText('too little has happened yet').count()).toBe(1);
});

test('a product leads to the complaint about it', async () => {
  const page = await visit(cast.buyer, withoutScripts);
  await page.goto(`/p/${world.products.motor}`);
  await page.getByRole('link', { name: 'Complain about this product' }).click();
  expect(new URL(page.url()).search).toBe(`?product=${world.products.motor}`);
});

test('a complaint without a partner and a text is refused with both at their fields', async () => {
  const page = await visit(cast.buyer, withoutScripts);
  await open(page, `/account/complaints/new?product=${world.products.sensor}`);
  await page.getByLabel('Reason').selectOption({ index: 1 });
  const reason = await page.getByLabel('Reason').inputValue();
  await page.getByRole('button', { name: 'Send the complaint' }).click();
  const wrong = await page.getByRole('alert').textContent();
  expect(wrong).toContain('Partner: Choose the partner');
  expect(wrong).toContain('What happened: Fill in this field.');
  expect(await page.getByLabel('Reason').inputValue()).toBe(reason);
  await looksRight(page);
});
