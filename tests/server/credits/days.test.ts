import { describe, expect, test } from 'vitest';
import { confirm, openShop, topUp } from './shop.ts';

const shop = await openShop();
const { service } = shop;

describe('the statement', () => {
  test('the CSV holds the entries of the days, oldest first, with the balance after each', async () => {
    const buyer = await shop.newBuyer();
    const references: string[] = [];
    for (const credits of ['60', '1']) {
      const { id, reference, amount } = (await topUp(buyer, { credits })).body;
      await confirm({ ...shop, staff: await shop.newStaff() }, id, amount.amount);
      references.push(reference);
      service.clock.advance(86_400_000);
    }
    const statement = await buyer.get('/api/credits/statement.csv');
    expect(statement.headers.get('content-type')).toContain('text/csv');
    expect(statement.headers.get('content-disposition')).toContain('attachment');
    const lines = String(statement.body).trimEnd().split('\r\n');
    expect(lines[0]).toBe('at,kind,text,amount,balance');
    expect(lines.slice(1).map((line) => line.split(',').slice(1).join(' '))).toEqual([
      ...[`top_up ${references[0]} 60.00 60.00`, `top_up ${references[1]} 1.00 61.00`],
    ]);
    const secondDay = lines[2]!.slice(0, 10);
    const later = await buyer.get(`/api/credits/statement.csv?from=${secondDay}&to=${secondDay}`);
    expect(String(later.body).trimEnd().split('\r\n').slice(1)).toEqual([lines[2]]);
  });
});

describe('prices', () => {
  test('a list holds from its day on, and a top-up keeps the price that it was created with', async () => {
    const buyer = await shop.newBuyer();
    const staff = await shop.newStaff();
    const tomorrow = new Date(service.clock.now().getTime() + 86_400_000).toISOString().slice(0, 10);
    const { id } = (await topUp(buyer)).body;
    const tiers = [{ from: '1.00', price: '2.0000' }];
    expect((await staff.put('/api/staff/credit-prices/EUR', { validFrom: tomorrow, tiers })).status).toBe(
      200,
    );
    expect((await buyer.get('/api/credits/prices?currency=EUR')).body).toMatchObject({
      ...{ currencies: ['EUR', 'RSD'], vat: { country: 'RS', rate: '20' } },
      tiers: [
        { from: '1.00', price: { amount: '1.90' } },
        { from: '60.00', price: { amount: '1.65' } },
      ],
    });
    service.clock.advance(86_400_000);
    expect((await topUp(buyer)).body.net.amount).toBe('120.00');
    expect((await buyer.get(`/api/credits/top-ups/${id}`)).body.net.amount).toBe('99.00');
  });

  test.each([
    ['no tier at 1.00', { tiers: [{ from: '2', price: '1' }] }],
    [
      'tiers out of order',
      {
        tiers: [
          { from: '1', price: '1' },
          { from: '1', price: '2' },
        ],
      },
    ],
    ['a price of nothing', { tiers: [{ from: '1', price: '0' }] }],
    ['a day that is past', { validFrom: '2020-01-01', tiers: [{ from: '1', price: '1' }] }],
  ])('%s is refused', async (_what, body) => {
    const staff = await shop.newStaff();
    expect((await staff.put('/api/staff/credit-prices/EUR', body)).status).toBe(422);
  });
});
