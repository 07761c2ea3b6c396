import { randomUUID } from 'node:crypto';
import { afterEach, describe, expect, test } from 'vitest';
import * as ledger from '#server/ledger/service.ts';
import { faultsOf } from '../ledger/books.ts';
import { buyerIdOf, confirm, creditOf, openShop, refund, reverse, topUp } from './shop.ts';

const shop = await openShop();
const { service, staff } = shop;
const { db } = service.ctx;

// 60 credits at 1.65 are 99.00, with 20 % VAT 118.80.
const due = '118.80';

afterEach(async () => expect(await faultsOf(service.ctx)).toEqual([]));

/** Returns a logged-in buyer with a top-up that waits. */
async function waiting() {
  const buyer = await shop.newBuyer();
  const { body } = await topUp(buyer);
  return { buyer, id: body.id as string, buyerId: await buyerIdOf(service, body.id) };
}

async function paid() {
  const made = await waiting();
  await confirm(shop, made.id, due, `full ${made.id}`);
  return made;
}

const depositOf = async (buyerId: string) =>
  (await ledger.balancesOf(db, { owner: { type: 'buyer', id: buyerId }, unit: 'EUR' })).posted / 100n;

/** Spends credit as a call will. */
async function spend(buyerId: string, amount: bigint) {
  const of = (type: 'buyer' | 'vendor', id: string) => ({ owner: { type, id }, unit: 'credit' });
  const outcome = await db.transaction((tx) =>
    ledger.post(tx, {
      ...{
        kind: 'call',
        actor: 'system',
        text: 'a call',
        at: service.clock.now(),
        operationId: randomUUID(),
      },
      entries: [
        { account: of('buyer', buyerId), amount: -amount },
        { account: of('vendor', '7'), amount },
      ],
    }),
  );
  expect(outcome).toBe('posted');
}

describe('confirming a payment', () => {
  test('the whole amount makes the credit usable, and shows on the statement', async () => {
    const { buyer, id } = await waiting();
    expect(await creditOf(buyer)).toEqual({
      posted: '0.00',
      held: '0.00',
      available: '0.00',
      secondsLeft: 0,
    });
    expect(await confirm(shop, id, due)).toMatchObject({
      status: 200,
      body: { status: 'paid', rest: { amount: '0.00' }, surplus: { amount: '0.00' }, refundable: '60.00' },
    });
    expect(await creditOf(buyer)).toEqual({
      posted: '60.00',
      held: '0.00',
      available: '60.00',
      secondsLeft: 3600,
    });
    const { reference } = (await buyer.get(`/api/credits/top-ups/${id}`)).body;
    expect((await buyer.get('/api/credits/entries')).body).toMatchObject({
      total: 1,
      items: [{ kind: 'top_up', amount: '60.00', balance: '60.00', text: reference, topUpId: id }],
    });
  });

  test('less than due waits and shows the rest, until several payments add up', async () => {
    const { buyer, id } = await waiting();
    expect((await confirm(shop, id, '100.00', `a ${id}`)).body).toMatchObject({
      ...{ status: 'waiting', received: { amount: '100.00' }, rest: { amount: '18.80' } },
    });
    expect((await creditOf(buyer)).available).toBe('0.00');
    const seen = (await buyer.get(`/api/credits/top-ups/${id}`)).body;
    expect(seen.paymentQr.data).toContain('EUR18.80');
    await confirm(shop, id, '10.00', `b ${id}`);
    expect((await confirm(shop, id, '8.80', `c ${id}`)).body.status).toBe('paid');
    expect((await creditOf(buyer)).available).toBe('60.00');
  });

  test('a surplus goes to the deposit of that currency, also of a payment that comes when all is paid', async () => {
    const { buyer, id, buyerId } = await waiting();
    const first = await confirm(shop, id, '120.00', `a ${id}`);
    expect(first.body).toMatchObject({ status: 'paid', surplus: { amount: '1.20', currency: 'EUR' } });
    expect((await confirm(shop, id, '5.00', `b ${id}`)).body.surplus.amount).toBe('6.20');
    expect(await depositOf(buyerId)).toBe(620n);
    expect((await creditOf(buyer)).available).toBe('60.00');
  });

  test('a payment counts once, by its bank reference, however often and however much at once it is confirmed', async () => {
    const { buyer, id, buyerId } = await waiting();
    const answers = await Promise.all(Array.from({ length: 8 }, () => confirm(shop, id, due, `once ${id}`)));
    expect(answers.map(({ status }) => status)).toEqual(Array.from({ length: 8 }, () => 200));
    expect((await creditOf(buyer)).posted).toBe('60.00');
    expect(await depositOf(buyerId)).toBe(0n);
    const other = await waiting();
    expect(await confirm(shop, other.id, due, `once ${id}`)).toMatchObject({
      ...{ status: 409, body: { code: 'payment_counted' } },
    });
    expect(await confirm(shop, id, '5.00', `once ${id}`)).toMatchObject({
      body: { code: 'payment_counted' },
    });
  });

  test('without a bank reference the same day and amount are the same payment, and a paid top-up asks for one', async () => {
    const { id, buyerId } = await waiting();
    await confirm(shop, id, due);
    expect((await confirm(shop, id, due)).body.status).toBe('paid');
    expect(await depositOf(buyerId)).toBe(0n);
    expect(await confirm(shop, id, '7.00')).toMatchObject({
      ...{ status: 409, body: { code: 'bank_reference_needed' } },
    });
  });

  test.each([
    [
      'another currency',
      { amount: { amount: '118.80', currency: 'USD' } },
      'amount.currency',
      'other_currency',
    ],
    ['nothing', { amount: { amount: '0.00', currency: 'EUR' } }, 'amount.amount', 'amount_not_payable'],
    [
      'part of a cent',
      { amount: { amount: '118.805', currency: 'EUR' } },
      'amount.amount',
      'amount_not_payable',
    ],
    ['a day to come', { receivedOn: '2999-01-01' }, 'receivedOn', 'received_in_future'],
  ])('a payment of %s is refused at its field', async (_what, change, path, code) => {
    const { id } = await waiting();
    const body = { receivedOn: '2025-11-20', amount: { amount: due, currency: 'EUR' }, ...change };
    expect(await staff.post(`/api/staff/top-ups/${id}/confirmation`, body)).toMatchObject({
      status: 422,
      body: { errors: [{ path, code }] },
    });
  });
});

describe('a payment that the bank reverses', () => {
  test('its credit and its surplus are taken back once, and the rest is due again', async () => {
    const { buyer, id, buyerId } = await waiting();
    await confirm(shop, id, '125.00', `a ${id}`);
    for (let attempt = 0; attempt < 2; attempt += 1) {
      expect((await reverse(shop, id, `a ${id}`)).body).toMatchObject({
        ...{ status: 'waiting', rest: { amount: due }, owedCredits: '0.00' },
        payments: [{ reversalReason: 'Recalled by the bank' }],
      });
    }
    expect((await creditOf(buyer)).posted).toBe('0.00');
    expect(await depositOf(buyerId)).toBe(0n);
    expect(await confirm(shop, id, '125.00', `a ${id}`)).toMatchObject({
      body: { code: 'payment_reversed' },
    });
    expect(
      (await buyer.get('/api/credits/entries')).body.items.map((entry: { kind: string }) => entry.kind),
    ).toEqual([...['adjustment', 'top_up']]);
  });

  test('credit that was spent is owed, never below zero, and paid by the next payment', async () => {
    const { buyer, id, buyerId } = await paid();
    await spend(buyerId, 4_500n);
    expect((await reverse(shop, id, `full ${id}`)).body).toMatchObject({
      status: 'waiting',
      owedCredits: '45.00',
    });
    expect((await creditOf(buyer)).posted).toBe('0.00');
    expect((await confirm(shop, id, due, `again ${id}`)).body).toMatchObject({
      status: 'paid',
      owedCredits: '0.00',
    });
    expect((await creditOf(buyer)).posted).toBe('15.00');
  });

  test("another top-up's payment can't be reversed by it", async () => {
    const [first, second] = [await paid(), await paid()];
    expect((await reverse(shop, second.id, `full ${first.id}`)).status).toBe(404);
  });
});

describe('a refund', () => {
  test('it takes credit and notes its share of net and VAT as paid back, once per key', async () => {
    const { buyer, id } = await paid();
    const key = { 'idempotency-key': randomUUID() };
    for (let attempt = 0; attempt < 2; attempt += 1) {
      expect((await refund(shop, id, '10.00', key)).body).toMatchObject({
        ...{ refunded: '10.00', refundedMoney: { amount: '19.80', currency: 'EUR' } },
        refundable: '50.00',
      });
    }
    expect((await creditOf(buyer)).posted).toBe('50.00');
    expect(await refund(shop, id, '11.00', key)).toMatchObject({ body: { code: 'idempotency_key_reused' } });
    expect(
      await staff.post(`/api/staff/top-ups/${id}/refund`, { amount: '1.00', reason: 'No key' }),
    ).toMatchObject({
      body: { code: 'idempotency_key_required' },
    });
  });

  test('it is at most what is left of the top-up, and neither spent nor held', async () => {
    const { buyer, id, buyerId } = await paid();
    await spend(buyerId, 4_000n);
    const account = { owner: { type: 'buyer' as const, id: buyerId }, unit: 'credit' };
    const now = service.clock.now();
    await db.transaction((tx) =>
      ledger.hold(tx, {
        ...{ account, amount: 500n, subject: { type: 'call', id: randomUUID() }, operationId: randomUUID() },
        ...{ at: now, expiresAt: new Date(now.getTime() + 3_600_000) },
      }),
    );
    expect(await refund(shop, id, '15.01')).toMatchObject({ status: 409, body: { code: 'refund_too_high' } });
    expect((await refund(shop, id, '15.00')).status).toBe(200);
    expect(await refund(shop, id, '0.01')).toMatchObject({ body: { code: 'refund_too_high' } });
    expect(await creditOf(buyer)).toMatchObject({ posted: '5.00', held: '5.00', available: '0.00' });
    expect(await refund(shop, (await waiting()).id, '1.00')).toMatchObject({
      body: { code: 'refund_too_high' },
    });
  });

  test('many at once refund no more than there is', async () => {
    const { buyer, id } = await paid();
    const answers = await Promise.all(Array.from({ length: 10 }, () => refund(shop, id, '20.00')));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(3);
    expect((await creditOf(buyer)).posted).toBe('0.00');
    const books = await service.ctx.sql`
      select owner_id, posted from ledger_accounts where owner_type = 'house' and unit = 'credit' and owner_id = 'claims'`;
    expect(books).toEqual([{ owner_id: 'claims', posted: '0' }]);
  });
});
