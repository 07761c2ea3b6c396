import { sql } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';
import * as ledger from '#server/ledger/service.ts';
import { buyerIdOf, confirm, openShop, topUp } from './shop.ts';

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

describe('the days of a statement', () => {
  test('they are those of UTC in a session of any time zone', async () => {
    const { id, amount } = (await topUp(await shop.newBuyer())).body;
    const staff = await shop.newStaff();
    await confirm({ ...shop, staff }, id, amount.amount);
    const owner = { type: 'buyer' as const, id: await buyerIdOf(service, id) };
    const day = service.clock.now().toISOString().slice(0, 10);
    for (const zone of ['Pacific/Kiritimati', 'Pacific/Niue', 'UTC']) {
      const { total } = await service.ctx.db.transaction(async (tx) => {
        await tx.execute(sql`select set_config('timezone', ${zone}, true)`);
        return ledger.entriesOf(tx, { owner, unit: 'credit' }, { from: day, to: day });
      });
      expect([zone, total]).toEqual([zone, 1]);
    }
  });

  test.each(['from=0000-01-01', 'to=1999-12-31'])('%s is refused at its field', async (query) => {
    const answer = await (await shop.newBuyer()).get(`/api/credits/statement.csv?${query}`);
    expect(answer).toMatchObject({ status: 422, body: { errors: [{ path: query.split('=')[0] }] } });
  });
});

describe('prices', () => {
  test('a list holds from its day on, and a top-up keeps the price that it was created with', async () => {
    const buyer = await shop.newBuyer();
    const staff = await shop.newStaff();
    const tomorrow = new Date(service.clock.now().getTime() + 86_400_000).toISOString().slice(0, 10);
    const { id } = (await topUp(buyer)).body;
    const tiers = [{ from: '1.00', price: '2.0000' }];
    const set = await staff.put('/api/staff/credit-prices/EUR', { validFrom: tomorrow, tiers });
    expect(set).toMatchObject({
      status: 200,
      body: { currency: 'EUR', tiers: [{ from: '1.00', price: { amount: '2.00', currency: 'EUR' } }] },
    });
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

  test('a price by which one credit costs nothing is refused at its tier, and a currency without an account at itself', async () => {
    const staff = await shop.newStaff();
    const tiers = [
      { from: '1', price: '1' },
      { from: '2', price: '0.0049' },
    ];
    expect(await staff.put('/api/staff/credit-prices/EUR', { tiers })).toMatchObject({
      ...{ status: 422, body: { errors: [{ path: 'tiers.1.price', code: 'price_too_small' }] } },
    });
    const usual = { tiers: [{ from: '1', price: '1' }] };
    expect(await staff.put('/api/staff/credit-prices/CHF', usual)).toMatchObject({
      ...{ status: 422, body: { errors: [{ path: 'currency', code: 'currency_not_offered' }] } },
    });
  });
});
