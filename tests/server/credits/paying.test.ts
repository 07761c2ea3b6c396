import { afterEach, describe, expect, test } from 'vitest';
import { faultsOf } from '../ledger/books.ts';
import { buyersOf, confirm, creditOf, due, openShop, reverse, topUp } from './shop.ts';

const shop = await openShop();
const { service, staff } = shop;
const { waiting, paid, depositOf, spend } = buyersOf(shop);

afterEach(async () => expect(await faultsOf(service.ctx)).toEqual([]));

describe('confirming a payment', () => {
  test('the whole amount makes the credit usable, and shows on the statement', async () => {
    const { buyer, id } = await waiting();
    expect(await creditOf(buyer)).toEqual({
      isDisputed: false,
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
      isDisputed: false,
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
    await confirm(shop, id, '118.81');
    expect((await confirm(shop, id, '118.81')).body.status).toBe('paid');
    expect(await depositOf(buyerId)).toBe(1n);
    expect(await confirm(shop, id, '7.00')).toMatchObject({
      ...{ status: 409, body: { code: 'bank_reference_needed' } },
    });
  });

  test('a payment without a bank reference counts for one top-up, however many wait for that amount', async () => {
    const [first, second, third] = [await waiting(), await waiting(), await waiting()];
    const answers = await Promise.all([first, second, third].map(({ id }) => confirm(shop, id, '118.82')));
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 409, 409]);
    const refused = answers.find(({ status }) => status === 409);
    expect(refused?.body).toMatchObject({
      errors: [{ path: 'bankReference', code: 'bank_reference_needed' }],
    });
    const paidNow = answers.find(({ status }) => status === 200);
    expect(paidNow?.body.payments).toMatchObject([{ isNamed: false }]);
    const other = [first, second, third].find(({ id }) => id !== paidNow?.body.id)!;
    const named = await confirm(shop, other.id, '118.82', `own ${other.id}`);
    expect(named.body.payments).toMatchObject([
      { isNamed: true, bankReference: `OWN ${other.id.toUpperCase()}` },
    ]);
  });

  test('a payment is known again in other letters, widths and spaces, also where the bank reverses it', async () => {
    const { id, buyerId } = await waiting();
    await confirm(shop, id, due, `Ft  ${id}`);
    expect((await confirm(shop, id, due, ` ｆｔ\u00a0${id.toUpperCase()} `)).body.payments).toHaveLength(1);
    expect(await depositOf(buyerId)).toBe(0n);
    expect((await reverse(shop, id, `fT ${id}`)).body.status).toBe('waiting');
  });

  test('a further payment that may be one that counts already is refused at its reference', async () => {
    const { id } = await waiting();
    const needed = { body: { errors: [{ path: 'bankReference', code: 'bank_reference_needed' }] } };
    await confirm(shop, id, '50.00');
    expect(await confirm(shop, id, '60.00')).toMatchObject(needed);
    expect(await confirm(shop, id, '50.00', `named ${id}`)).toMatchObject(needed);
    expect((await confirm(shop, id, '50.00')).body.received.amount).toBe('50.00');
    expect((await confirm(shop, id, '60.00', `other ${id}`)).body.received.amount).toBe('110.00');
    const named = await waiting();
    await confirm(shop, named.id, '50.00', `first ${named.id}`);
    expect(await confirm(shop, named.id, '50.00')).toMatchObject(needed);
  });

  test('the day can be one that has begun only east of here, and no later one', async () => {
    const { id } = await waiting();
    const on = (hours: number) => ({
      receivedOn: new Date(service.clock.now().getTime() + hours * 3_600_000).toISOString().slice(0, 10),
      amount: { amount: '118.83', currency: 'EUR' },
    });
    expect((await staff.post(`/api/staff/top-ups/${id}/confirmation`, on(38))).status).toBe(422);
    expect((await staff.post(`/api/staff/top-ups/${id}/confirmation`, on(14))).status).toBe(200);
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
    ['a day of another century', { receivedOn: '0000-01-01' }, 'receivedOn', 'format'],
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
    const { items } = (await buyer.get('/api/credits/entries')).body;
    const { reference } = (await buyer.get(`/api/credits/top-ups/${id}`)).body;
    expect(items.slice(0, 2)).toMatchObject([
      { kind: 'adjustment', amount: '-45.00', text: `${reference} (debt)`, topUpId: id },
      { kind: 'top_up', amount: '60.00', text: reference },
    ]);
  });

  test('what is owed shows on the top-up, and a part of the payment takes it from other credit', async () => {
    const { buyer, id, buyerId } = await paid();
    await spend(buyerId, 4_500n);
    await reverse(shop, id, `full ${id}`);
    expect((await buyer.get(`/api/credits/top-ups/${id}`)).body).toMatchObject({
      ...{ owedCredits: '45.00', owedMoney: { amount: '0.00', currency: 'EUR' } },
    });
    const second = (await topUp(buyer)).body;
    await confirm(shop, second.id, due, `second ${second.id}`);
    expect((await confirm(shop, id, '10.00', `part ${id}`)).body.owedCredits).toBe('0.00');
    expect((await buyer.get('/api/credits/entries')).body.items[0]).toMatchObject({
      ...{ kind: 'adjustment', amount: '-45.00', balance: '15.00' },
    });
  });

  test("another top-up's payment can't be reversed by it", async () => {
    const [first, second] = [await paid(), await paid()];
    expect((await reverse(shop, second.id, `full ${first.id}`)).status).toBe(404);
  });
});
