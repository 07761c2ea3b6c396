import { randomUUID } from 'node:crypto';
import { afterEach, describe, expect, test } from 'vitest';
import * as ledger from '#server/ledger/service.ts';
import { faultsOf } from '../ledger/books.ts';
import { buyersOf, confirm, creditOf, due, openShop, refund, topUp } from './shop.ts';

const shop = await openShop();
const { service, staff } = shop;
const { db } = service.ctx;
const { waiting, paid, spend } = buyersOf(shop);

afterEach(async () => expect(await faultsOf(service.ctx)).toEqual([]));

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

  test('credit is spent oldest first: what is left is that of the latest top-up', async () => {
    const { buyer, id, buyerId } = await paid();
    const second = (await topUp(buyer)).body;
    service.clock.advance(1_000);
    await confirm(shop, second.id, due, `second ${second.id}`);
    await spend(buyerId, 5_000n);
    expect(await refund(shop, id, '10.01')).toMatchObject({ status: 409, body: { code: 'refund_too_high' } });
    expect((await refund(shop, id, '10.00')).body.refundable).toBe('0.00');
    expect((await refund(shop, second.id, '60.00')).status).toBe(200);
  });

  test('a refund of nothing is refused at its field', async () => {
    const { id } = await paid();
    expect(await refund(shop, id, '0')).toMatchObject({
      ...{ status: 422, body: { errors: [{ path: 'amount', code: 'amount_not_payable' }] } },
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
