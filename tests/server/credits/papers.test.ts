import { describe, expect, test } from 'vitest';
import type { Client } from '../../harness.ts';
import { textOf } from '../../pdf.ts';
import { buyersOf, confirm, due, openShop, refund, reverse, topUp } from './shop.ts';

const shop = await openShop();
const { service, staff } = shop;
const { waiting, paid } = buyersOf(shop);

/** Returns the text of a PDF as a browser in that language gets it, with runs of spaces made one. */
async function read(client: Client, path: string, locale = 'en'): Promise<string> {
  const cookie = [...client.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  const answer = await fetch(new URL(path, service.url), {
    headers: { cookie: `${cookie}; locale=${locale}` },
  });
  expect(answer.status).toBe(200);
  expect(answer.headers.get('content-type')).toBe('application/pdf');
  expect(answer.headers.get('content-disposition')).toMatch(/^attachment; filename="[a-z]+\.pdf"$/);
  return textOf(Buffer.from(await answer.arrayBuffer())).replace(/\s+/g, ' ');
}

const invoicesOf = async (buyer: Client, id: string) =>
  (await buyer.get(`/api/credits/top-ups/${id}`)).body.invoices as {
    id: string;
    number: string;
    kind: string;
  }[];
const fileOf = ({ id }: { id: string }) => `/api/credits/invoices/${id}/invoice.pdf`;

describe('the papers of a top-up', () => {
  test('the pro-forma says what to pay, to whom, by which reference, in the language of the browser', async () => {
    const buyer = await shop.newBuyer();
    const { id, reference } = (await topUp(buyer, { billTo: 'Morava Pack s.r.o.\nPrůmyslová 1' })).body;
    const english = await read(buyer, `/api/credits/top-ups/${id}/proforma.pdf`);
    expect(english).toContain(`Pro-forma invoice ${reference}`);
    for (const said of [
      'Morava Pack s.r.o.',
      'Průmyslová 1',
      'Quoteline d.o.o.',
      '€118.80',
      'VAT, 20 % €19.80',
    ])
      expect(english).toContain(said);
    const serbian = await read(buyer, `/api/credits/top-ups/${id}/proforma.pdf`, 'sr');
    expect(serbian).toContain(`Predračun ${reference}`);
    expect(serbian).toContain('118,80 €');
  });

  test('a top-up gets its invoice when it is paid, not before', async () => {
    const { buyer, id } = await waiting();
    await confirm(shop, id, '100.00', `a ${id}`);
    expect(await invoicesOf(buyer, id)).toEqual([]);
    await confirm(shop, id, '18.80', `b ${id}`);
    const [invoice, ...others] = await invoicesOf(buyer, id);
    expect(others).toEqual([]);
    const text = await read(buyer, fileOf(invoice!));
    expect(text).toContain(`Invoice ${invoice!.number}`);
    expect(text).toContain('60.00 €1.65 €99.00');
    expect(text).toContain('Total €118.80');
  });

  test('a further payment or a repeated confirmation issues no second invoice', async () => {
    const { buyer, id } = await paid();
    await confirm(shop, id, due, `full ${id}`);
    await confirm(shop, id, '5.00', `more ${id}`);
    expect(await invoicesOf(buyer, id)).toHaveLength(1);
  });

  test('refunds and a reversal are corrected by credit notes that name the invoice', async () => {
    const { buyer, id } = await paid();
    await refund(shop, id, '10.00');
    const [invoice, note] = await invoicesOf(buyer, id);
    expect(note).toMatchObject({ kind: 'credit_note' });
    const text = await read(buyer, fileOf(note!));
    expect(text).toContain(`Corrects invoice ${invoice!.number}`);
    expect(text).toContain('10.00 €1.65 €16.50');
    expect(text).toContain('Total €19.80');
    await reverse(shop, id, `full ${id}`);
    const [, , rest] = await invoicesOf(buyer, id);
    // What the first one left of 99.00 and 19.80.
    expect(await read(buyer, fileOf(rest!))).toContain('50.00 €1.65 €82.50');
  });

  test('a business elsewhere reads that it owes the VAT itself', async () => {
    const buyer = await shop.newBuyer();
    const { id, amount } = (await topUp(buyer, { country: 'DE', vatId: 'DE136695976' })).body;
    await confirm(shop, id, amount.amount, `de ${id}`);
    const text = await read(buyer, fileOf((await invoicesOf(buyer, id))[0]!));
    expect(text).toContain('VAT number: DE136695976');
    expect(text).toContain('VAT is due from the recipient');
    expect(text).toContain('Total €99.00');
  });

  test('invoices of a year are numbered without gaps, however many are paid at once', async () => {
    const made = await Promise.all(Array.from({ length: 6 }, () => waiting()));
    await Promise.all(made.map(({ id }) => confirm(shop, id, due, `at once ${id}`)));
    const rows = await service.ctx.sql<{ number: string }[]>`
      select number from invoices where kind = 'invoice' order by number`;
    expect(rows.map(({ number }) => Number(number.slice(-5)))).toEqual(rows.map((_, index) => index + 1));
  });

  test('an invoice cannot be changed or deleted, even by SQL', async () => {
    await paid();
    const { sql } = service.ctx;
    await expect(sql`update invoices set net = 1`).rejects.toThrow();
    await expect(sql`delete from invoices`).rejects.toThrow();
    await expect(sql`truncate invoices`).rejects.toThrow();
  });

  test("somebody else's papers don't exist, and staff read every invoice, which is audited", async () => {
    const { buyer, id } = await paid();
    const [invoice] = await invoicesOf(buyer, id);
    const other = await shop.newBuyer();
    for (const path of [fileOf(invoice!), `/api/credits/top-ups/${id}/proforma.pdf`])
      expect((await other.get(path)).status).toBe(404);
    expect((await other.get(`/api/staff/invoices/${invoice!.id}/invoice.pdf`)).status).toBe(403);
    expect(await read(staff, `/api/staff/invoices/${invoice!.id}/invoice.pdf`)).toContain(invoice!.number);
    const { items } = (await staff.get(`/api/staff/audit?subject=${invoice!.id}`)).body;
    expect(items.map(({ action }: { action: string }) => action)).toEqual(['invoice.read']);
  });
});

describe('the statement as PDF', () => {
  test('it holds the entries of the days with the balance before and after them', async () => {
    const { buyer, id } = await paid();
    await refund(shop, id, '12.50');
    const text = await read(buyer, '/api/credits/statement.pdf');
    for (const said of ['Statement of credit', 'Top-up TU-', '60.00', '12.50', 'Balance after 47.50'])
      expect(text).toContain(said);
    const before = await read(buyer, '/api/credits/statement.pdf?from=2020-01-01&to=2020-01-02');
    expect(before).toContain('Nothing changed in these days.');
    expect(before).toContain('Balance after 0.00');
  });
});
