import { randomUUID } from 'node:crypto';
import decodeQR from 'qr/decode.js';
import encodeQR from 'qr';
import { describe, expect, test } from 'vitest';
import { confirm, creditOf, openShop, topUp } from './shop.ts';

const shop = await openShop();
const { service, staff } = shop;

describe('buying credit', () => {
  test('a top-up waits for its payment, with what is due, the reference and where to pay', async () => {
    const buyer = await shop.newBuyer();
    const answer = await topUp(buyer);
    expect(answer).toMatchObject({
      status: 201,
      body: {
        ...{ status: 'waiting', credits: '60.00', method: 'transfer', vatRule: 'house', vatRate: '20' },
        reference: expect.stringMatching(/^TU-\d\d-\d{5}$/),
        ...{ price: { amount: '1.65', currency: 'EUR' }, net: { amount: '99.00' }, vat: { amount: '19.80' } },
        ...{ amount: { amount: '118.80', currency: 'EUR' }, rest: { amount: '118.80' } },
        payee: { name: 'Quoteline d.o.o.', account: 'RS35260005601001611379' },
      },
    });
    expect((await buyer.get('/api/credits/top-ups')).body).toMatchObject({ total: 1, items: [answer.body] });
    expect((await creditOf(buyer)).posted).toBe('0.00');
  });

  test('the same key gives the same top-up, also of many attempts at once, and another body is refused', async () => {
    const buyer = await shop.newBuyer();
    const key = { 'idempotency-key': randomUUID() };
    const answers = await Promise.all(Array.from({ length: 5 }, () => topUp(buyer, {}, key)));
    expect(new Set(answers.map(({ body }) => body.id)).size).toBe(1);
    expect(await topUp(buyer, { credits: '61.00' }, key)).toMatchObject({ status: 422 });
    expect(await topUp(buyer, {}, {})).toMatchObject({ body: { code: 'idempotency_key_required' } });
    expect((await buyer.get('/api/credits/top-ups')).body.total).toBe(1);
  });

  test('a business of another country with a VAT number owes VAT itself', async () => {
    const buyer = await shop.newBuyer();
    expect((await topUp(buyer, { country: 'CZ', vatId: 'CZ 1234 5678' })).body).toMatchObject({
      ...{
        vatRule: 'reverse_charge',
        vatId: 'CZ12345678',
        vat: { amount: '0.00' },
        amount: { amount: '99.00' },
      },
    });
    expect((await topUp(buyer, { country: 'CZ' })).body.vat.amount).toBe('19.80');
  });

  test.each([
    [{ credits: '0.99' }, 'credits', 'credits_out_of_range'],
    [{ credits: '10000.01' }, 'credits', 'credits_out_of_range'],
    [{ credits: 60 }, 'credits', 'type'],
    [{ credits: '1.234' }, 'credits', 'format'],
    [{ method: 'card' }, 'method', 'method_not_offered'],
    [{ currency: 'JPY' }, 'currency', 'currency_not_offered'],
    [{ country: 'ZZ' }, 'country', 'invalid_input'],
    [{ country: 'CZ', vatId: 'none' }, 'vatId', 'vat_id_not_valid'],
    [{ buyerId: randomUUID() }, 'buyerId', 'unknown'],
  ])('%o is refused at its field', async (body, path, code) => {
    const answer = await topUp(await shop.newBuyer(), body);
    expect(answer.status).toBe(422);
    expect(answer.body.errors).toEqual([expect.objectContaining({ path })]);
    if (code.includes('_')) expect(answer.body.errors[0].code).toBe(code);
  });

  test('the currency is the visitor’s where credit is sold in it, else the first', async () => {
    const buyer = await shop.newBuyer();
    buyer.cookies.set('currency', 'RSD');
    const { body } = await topUp(buyer, { currency: undefined, credits: '1.00' });
    expect(body.amount).toEqual({ amount: '267.60', currency: 'RSD' });
    buyer.cookies.set('currency', 'PLN');
    expect((await topUp(buyer, { currency: undefined })).body.amount.currency).toBe('EUR');
  });
});

/** Reads a QR code as a phone's camera would. */
function read(data: string): string {
  const modules = encodeQR(data, 'raw', { ecc: 'medium', border: 4 });
  const [scale, size] = [4, modules.length * 4];
  const pixels = new Uint8Array(size * size * 4).fill(255);
  for (let at = 0; at < size * size; at += 1) {
    const isDark = modules[Math.floor(at / size / scale)]![Math.floor((at % size) / scale)];
    if (isDark) pixels.set([0, 0, 0], at * 4);
  }
  return decodeQR({ width: size, height: size, data: pixels });
}

describe('the QR code of a transfer', () => {
  test('euro are paid by EPC069-12', async () => {
    const { reference, paymentQr } = (await topUp(await shop.newBuyer())).body;
    expect(paymentQr.standard).toBe('EPC069-12');
    expect(read(paymentQr.data).split('\n')).toEqual([
      ...[
        'BCD',
        '002',
        '1',
        'SCT',
        '',
        'Quoteline d.o.o.',
        'RS35260005601001611379',
        'EUR118.80',
        '',
        '',
        reference,
      ],
    ]);
    expect(paymentQr.svg).toMatch(/^<svg viewBox="0 0 (\d+) \1"/);
    expect(paymentQr.svg).toBe(encodeQR(paymentQr.data, 'svg', { ecc: 'medium', border: 4 }));
  });

  test('dinars are paid by NBS IPS', async () => {
    const { reference, paymentQr } = (await topUp(await shop.newBuyer(), { currency: 'RSD', credits: '15' }))
      .body;
    expect(paymentQr.standard).toBe('NBS IPS');
    expect(read(paymentQr.data)).toBe(
      `K:PR|V:01|C:1|R:260005601001611379|N:Quoteline d.o.o.|I:RSD4014,00|SF:221|S:Quoteline 15.00|RO:00${reference}`,
    );
  });
});

describe('who sees what', () => {
  test("a buyer's top-up doesn't exist for others, and guests are asked to log in", async () => {
    const { id } = (await topUp(await shop.newBuyer())).body;
    const other = await shop.newBuyer();
    expect((await other.get(`/api/credits/top-ups/${id}`)).status).toBe(404);
    expect((await other.get('/api/credits/top-ups/no-id')).status).toBe(404);
    for (const path of ['', '/entries', '/statement.csv', '/top-ups', `/top-ups/${id}`]) {
      expect(await service.visitor().get(`/api/credits${path}`)).toMatchObject({ status: 401 });
      expect((await staff.get(`/api/credits${path}`)).status).toBe(403);
    }
    expect((await topUp(service.visitor())).status).toBe(401);
    expect((await confirm({ ...shop, staff: other }, id, '118.80')).status).toBe(403);
  });

  test('staff read a page of top-ups with as many statements as one of them, each with its buyer’s credit', async () => {
    for (const name of ['one', 'two', 'three']) {
      service.clock.advance(1_000);
      const buyer = await shop.newBuyer();
      const { id, amount } = (await topUp(buyer)).body;
      if (name !== 'two') await confirm(shop, id, amount.amount, `page ${name}`);
    }
    const page = async (perPage: number) => {
      let items: { refundable: string }[] = [];
      const statements = await service.countStatements(async () => {
        items = (await staff.get(`/api/staff/top-ups?perPage=${perPage}`)).body.items;
      });
      return { statements, refundable: items.map(({ refundable }) => refundable) };
    };
    const [one, three] = [await page(1), await page(3)];
    expect(three.refundable).toEqual(['60.00', '0.00', '60.00']);
    expect(three.statements).toBe(one.statements);
  });

  test('staff find top-ups by state, reference and buyer', async () => {
    const buyer = await shop.newBuyer();
    const { id, reference } = (await topUp(buyer)).body;
    const { email } = (await buyer.get('/api/account/me')).body;
    const listed = async (query: string) =>
      (await staff.get(`/api/staff/top-ups?${query}`)).body.items.map((item: { id: string }) => item.id);
    expect(await listed(`q=${reference}`)).toEqual([id]);
    expect(await listed(`q=${encodeURIComponent(email)}&status=waiting`)).toEqual([id]);
    expect(await listed(`q=${reference}&status=paid`)).toEqual([]);
    await confirm(shop, id, '118.80');
    expect(await listed(`q=${reference}&status=paid`)).toEqual([id]);
  });
});
