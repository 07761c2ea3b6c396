import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { reconcile, sweep } from '#server/credits/cards/receiving.ts';
import { sendRefund } from '#server/credits/cards/refunds.ts';
import { type Payments, PaymentsError } from '#server/platform/payments/port.ts';
import { createPayments } from '#server/platform/payments/stripe.ts';
import { stillClock, type TestService } from '../../harness.ts';
import { faultsOf } from '../ledger/books.ts';
import { buyerIdOf, buyersOf, creditOf, refund } from './shop.ts';
import { openTill, type Waiting } from './till.ts';

const clock = stillClock(new Date());
const till = await openTill(clock);
const { service, standIn, paid, doubtful, settle, read } = till;
const { spend } = buyersOf(till);
const { sql } = service.ctx;

beforeEach(() => void Object.assign(standIn.faults, { events: 'prompt', isDown: false }));
afterEach(async () => expect(await faultsOf(service.ctx)).toEqual([]));

/** What the provider has paid back, or believes it has. */
const paidBack = ({ sessionId }: Waiting) =>
  standIn
    .payments()
    .find(({ id }) => id === sessionId)!
    .refunds.map(({ amount, status }) => `${amount.amount} ${status}`);

/** Has staff decide on a refund of 10 credits whose job hasn't run, and returns its id. */
async function requested(made: Waiting): Promise<string> {
  await refund(till, made.id, '10.00');
  await sql`delete from pgboss.job where name = 'send-card-refund'`;
  const [row] = await sql<{ id: string }[]>`select id from card_refunds where top_up_id = ${made.id}`;
  return row!.id;
}

/** The service with another way to make a refund at the provider. */
const payingBy = (refunding: Payments['refund']): TestService['ctx'] => ({
  ...service.ctx,
  payments: { ...service.ctx.payments!, refund: refunding },
});

describe('a refund of what was paid by card', () => {
  test('the provider pays back its share, in parts that add up to the payment, each with a credit note', async () => {
    const made = await paid();
    clock.advance(1_000);
    for (const credits of ['10.00', '25.01', '24.99']) {
      expect((await refund(till, made.id, credits)).status).toBe(200);
      await settle();
    }
    expect(paidBack(made)).toEqual(['19.80 succeeded', '49.52 succeeded', '49.48 succeeded']);
    const after = await read(made);
    expect(after).toMatchObject({ refunded: '60.00', refundedMoney: { amount: '118.80' } });
    expect(after.cardRefunds.map(({ state }: { state: string }) => state)).toEqual(
      Array(3).fill('succeeded'),
    );
    expect(after.invoices.map(({ kind }: { kind: string }) => kind)).toEqual([
      'invoice',
      ...Array(3).fill('credit_note'),
    ]);
    expect((await creditOf(made.buyer)).posted).toBe('0.00');
    expect((await refund(till, made.id, '0.01')).body.code).toBe('refund_too_high');
  });

  test('while the provider is away it waits, and is made once', async () => {
    const made = await paid();
    standIn.faults.isDown = true;
    expect((await refund(till, made.id, '10.00')).status).toBe(200);
    await service.drain().catch(() => undefined);
    expect(await read(made)).toMatchObject({ cardRefunds: [{ state: 'requested', credits: '10.00' }] });
    standIn.faults.isDown = false;
    clock.advance(16 * 60_000);
    await reconcile(service.ctx);
    await service.drain({ includeLater: true });
    expect(paidBack(made)).toEqual(['19.80 succeeded']);
    expect(await read(made)).toMatchObject({ cardRefunds: [{ state: 'succeeded' }] });
  });

  test('one whose answer was lost is found again, also once the provider has forgotten the key', async () => {
    const made = await paid();
    const id = await requested(made);
    const isAway = () => Promise.reject(new PaymentsError('timeout', false));
    const losing = payingBy((order) => service.ctx.payments!.refund(order).then(isAway));
    await expect(sendRefund(losing, id)).rejects.toThrow('timeout');
    await sendRefund(
      payingBy(() => Promise.reject(new Error('asked to pay back twice'))),
      id,
    );
    expect(paidBack(made)).toEqual(['19.80 succeeded']);
    expect(await read(made)).toMatchObject({ refunded: '10.00', cardRefunds: [{ state: 'succeeded' }] });
  });

  test('one that is refused after another attempt has made it stays made', async () => {
    const made = await paid();
    const id = await requested(made);
    const refusing = payingBy(async () => {
      await sendRefund(service.ctx, id);
      throw new PaymentsError('charge_already_refunded', true);
    });
    await sendRefund(refusing, id);
    expect(await read(made)).toMatchObject({ refunded: '10.00', cardRefunds: [{ state: 'succeeded' }] });
    expect((await creditOf(made.buyer)).posted).toBe('50.00');
  });

  test('one that fails later gives the credit back with an invoice, once, and can be made again', async () => {
    const made = await paid();
    await refund(till, made.id, '10.00');
    await settle();
    standIn.faults.events = 'twice';
    standIn.act(made.sessionId, 'failRefunds');
    await settle();
    expect(await read(made)).toMatchObject({ refunded: '0.00', cardRefunds: [{ state: 'failed' }] });
    expect((await creditOf(made.buyer)).posted).toBe('60.00');
    expect((await made.buyer.get('/api/notices')).body.items[0].kind).toBe('top_up_refund_failed');
    expect((await refund(till, made.id, '10.00')).status).toBe(200);
    await settle();
    expect(paidBack(made)).toEqual(['19.80 failed', '19.80 succeeded']);
    expect((await creditOf(made.buyer)).posted).toBe('50.00');
  });

  test('one made at the provider itself takes the credit, and what was spent of it is owed', async () => {
    const made = await paid();
    await spend(await buyerIdOf(service, made.id), 2_000n);
    standIn.faults.events = 'twice';
    standIn.act(made.sessionId, 'refund');
    await settle();
    expect(await read(made)).toMatchObject({
      ...{ refunded: '60.00', refundedMoney: { amount: '118.80' }, owedCredits: '20.00' },
      cardRefunds: [{ state: 'succeeded', credits: '60.00' }],
    });
    expect((await creditOf(made.buyer)).posted).toBe('0.00');
  });

  test('one whose event never came is booked once the provider is asked', async () => {
    const made = await paid();
    standIn.faults.events = 'never';
    standIn.act(made.sessionId, 'refund');
    service.clock.set(new Date());
    await reconcile(service.ctx);
    await service.drain();
    expect(await read(made)).toMatchObject({ refunded: '60.00' });
  });

  test('one whose event was kept, but whose job gave up, is booked by the sweep', async () => {
    const made = await paid();
    standIn.act(made.sessionId, 'refund');
    await standIn.settled();
    await sql`delete from pgboss.job where name = 'apply-payment-event'`;
    clock.advance(16 * 60_000);
    await reconcile(service.ctx);
    await service.drain();
    expect(await read(made)).toMatchObject({ refunded: '0.00' });
    await sweep(service.ctx);
    expect(await read(made)).toMatchObject({ refunded: '60.00' });
    expect(await sql`select 1 from payment_events where applied_at is null`).toEqual([]);
  });

  test.each([
    ['requires_action', 'pending'],
    ['canceled', 'failed'],
  ])('one that Stripe calls %s is %s', async (status, state) => {
    const refunds = createServer((_, response) =>
      response.end(JSON.stringify({ id: 're_1', object: 'refund', amount: 100, currency: 'eur', status })),
    );
    await once(refunds.listen(0, '127.0.0.1'), 'listening');
    const baseUrl = `http://127.0.0.1:${(refunds.address() as AddressInfo).port}`;
    const payments = createPayments({ secretKey: 'sk_test_key', webhookSecret: 'whsec_secret', baseUrl });
    expect(await payments!.findRefund('re_1')).toMatchObject({ state });
    refunds.closeAllConnections();
    refunds.close();
  });

  test('one made at the provider of a payment that gave no credit books nothing', async () => {
    const made = await doubtful();
    standIn.act(made.sessionId, 'refund');
    await settle();
    expect(await read(made)).toMatchObject({ cardState: 'doubtful', refunded: '0.00', cardRefunds: [] });
    expect(await sql`select 1 from payment_events where applied_at is null`).toEqual([]);
  });
});
