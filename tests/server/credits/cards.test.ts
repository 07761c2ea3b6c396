import { randomUUID } from 'node:crypto';
import { Stripe } from 'stripe';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { applySession } from '#server/credits/cards/checkout.ts';
import * as receiving from '#server/credits/cards/receiving.ts';
import { startBeside, stillClock } from '../../harness.ts';
import { faultsOf } from '../ledger/books.ts';
import { confirm, creditOf, due, reverse, topUp } from './shop.ts';
import { openTill } from './till.ts';

const clock = stillClock(new Date());
const till = await openTill(clock);
const { service, standIn, staff, waiting, settle, read } = till;
const { sql } = service.ctx;

beforeEach(() => void Object.assign(standIn.faults, { events: 'prompt', isDown: false }));
afterEach(async () => expect(await faultsOf(service.ctx)).toEqual([]));

const minute = 60_000;
const check = ({ buyer, id }: { buyer: typeof staff; id: string }) =>
  buyer.post(`/api/credits/top-ups/${id}/check`);
/** The job that asks about what has waited for long. */
async function reconcile() {
  clock.advance(16 * minute);
  await receiving.reconcile(service.ctx);
}

async function paymentsOf(id: string) {
  return await sql`select bank_reference, amount::text from top_up_payments where top_up_id = ${id}`;
}

describe('a top-up by card', () => {
  test('it has a page to pay on, and once that is paid, its credit, one invoice and one mail', async () => {
    const made = await waiting();
    expect(await read(made)).toMatchObject({
      ...{ status: 'waiting', method: 'card', cardState: 'open', amount: { amount: '118.80' } },
      paymentUrl: `http://quoteline.test/dev/payments/${made.sessionId}`,
    });
    expect(await read(made)).not.toHaveProperty('payee');
    expect(standIn.pay(made.sessionId, 'good')).toBe(
      `http://quoteline.test/account/credits/${made.id}?back=paid`,
    );
    await settle();
    const paid = await read(made);
    expect(paid).toMatchObject({ status: 'paid', cardState: 'paid', rest: { amount: '0.00' } });
    expect(paid.invoices).toEqual([expect.objectContaining({ kind: 'invoice' })]);
    expect(paid).not.toHaveProperty('paymentUrl');
    expect((await creditOf(made.buyer)).posted).toBe('60.00');
    const mails = await sql`select 1 from deliveries where subject_id = ${made.id} and kind = 'top-up'`;
    expect(mails).toHaveLength(1);
  });

  test('a double click and the back button open the same page of one top-up', async () => {
    const buyer = await till.newBuyer();
    const key = { 'idempotency-key': randomUUID() };
    const answers = await Promise.all(Array.from({ length: 4 }, () => topUp(buyer, { method: 'card' }, key)));
    answers.push(await topUp(buyer, { method: 'card' }, key));
    expect(new Set(answers.map(({ body }) => body.id)).size).toBe(1);
    expect(new Set(answers.map(({ body }) => body.paymentUrl)).size).toBe(1);
    const reference = answers[0]!.body.reference;
    expect(standIn.payments().filter(({ description }) => description.endsWith(reference))).toHaveLength(1);
  });

  test('while the provider is away the top-up waits, and asking again opens its page', async () => {
    standIn.faults.isDown = true;
    const made = await waiting();
    expect(await read(made)).toMatchObject({ status: 'waiting', cardState: 'created' });
    expect((await check(made)).body).toMatchObject({ cardState: 'created' });
    standIn.faults.isDown = false;
    clock.advance(3_000);
    const { body } = await check(made);
    expect(body).toMatchObject({ cardState: 'open', paymentUrl: expect.stringContaining('/dev/payments/') });
  });

  test('a buyer who asks again and again does not ask the provider to open its page each time', async () => {
    standIn.faults.isDown = true;
    const made = await waiting();
    const opening = vi.spyOn(service.ctx.payments!, 'openSession');
    await Promise.all([check(made), check(made), check(made)]);
    expect(opening).toHaveBeenCalledTimes(1);
    clock.advance(3_000);
    await check(made);
    expect(opening).toHaveBeenCalledTimes(2);
    opening.mockRestore();
  });

  test('a declined card pays nothing, and the same page takes another one', async () => {
    const made = await waiting();
    expect(standIn.pay(made.sessionId, 'declined')).toBeNull();
    expect((await check(made)).body).toMatchObject({ status: 'waiting', cardState: 'open' });
    expect(standIn.pay(made.sessionId, 'good')).not.toBeNull();
    await settle();
    expect((await read(made)).status).toBe('paid');
  });

  test('a payment that is only confirmed gives no credit until the money comes', async () => {
    const made = await waiting();
    standIn.pay(made.sessionId, 'later');
    await settle();
    expect(await read(made)).toMatchObject({ status: 'waiting', cardState: 'processing' });
    expect((await creditOf(made.buyer)).posted).toBe('0.00');
    standIn.act(made.sessionId, 'settle');
    await settle();
    expect(await read(made)).toMatchObject({ status: 'paid' });
  });

  test('one whose money does not come ends without credit, and its buyer is told', async () => {
    const made = await waiting();
    standIn.pay(made.sessionId, 'later');
    standIn.act(made.sessionId, 'bounce');
    await settle();
    expect(await read(made)).toMatchObject({ status: 'cancelled', cardState: 'failed' });
    expect((await creditOf(made.buyer)).posted).toBe('0.00');
    const [mail] = await sql`select content from deliveries where subject_id = ${made.id}`;
    expect(mail).toMatchObject({ content: { cause: 'failed' } });
  });
});

describe('events', () => {
  test.each(['twice', 'late', 'reversed', 'never'] as const)(
    'events that come %s give the credit once',
    async (events) => {
      standIn.faults.events = events;
      const made = await waiting();
      standIn.pay(made.sessionId, 'good');
      await settle();
      standIn.sendKept();
      await settle();
      if (events === 'never') {
        expect((await read(made)).status).toBe('waiting');
        await reconcile();
      }
      expect(await read(made)).toMatchObject({ status: 'paid', invoices: [{ kind: 'invoice' }] });
      expect((await creditOf(made.buyer)).posted).toBe('60.00');
      expect(await paymentsOf(made.id)).toHaveLength(1);
    },
  );

  test('the buyer who comes back before the event is told the truth, as the provider is asked', async () => {
    standIn.faults.events = 'late';
    const made = await waiting();
    standIn.pay(made.sessionId, 'good');
    expect((await check(made)).body).toMatchObject({ status: 'paid' });
    standIn.sendKept();
    await settle();
    expect((await creditOf(made.buyer)).posted).toBe('60.00');
  });

  test('three deliveries at once, the return page, the job and a cancellation by staff give the credit once', async () => {
    for (let round = 0; round < 5; round += 1) {
      standIn.faults.events = 'never';
      const made = await waiting();
      standIn.pay(made.sessionId, 'good');
      clock.advance(16 * minute);
      const beside = await startBeside(service);
      const remote = await service.ctx.payments!.session(made.sessionId);
      const [, , , , cancelled] = await Promise.all([
        applySession(service.ctx, remote!),
        applySession(beside.ctx, remote!),
        applySession(service.ctx, remote!),
        check(made),
        staff.post(`/api/staff/top-ups/${made.id}/cancellation`),
      ]);
      await beside.end();
      await service.drain();
      expect([200, 409]).toContain(cancelled.status);
      // A payment revives a top-up that was cancelled a moment before.
      expect(await read(made)).toMatchObject({ status: 'paid', cancelledAt: null });
      expect((await creditOf(made.buyer)).posted).toBe('60.00');
      expect(await paymentsOf(made.id)).toHaveLength(1);
    }
  });

  test('an event is answered with 2xx only once it is kept, so one that is lost in a crash comes again', async () => {
    const made = await waiting();
    await sql`alter table payment_events rename to payment_events_away`;
    standIn.pay(made.sessionId, 'good');
    await new Promise((resolve) => setTimeout(resolve, 300));
    await sql`alter table payment_events_away rename to payment_events`;
    await settle();
    expect((await read(made)).status).toBe('paid');
  });

  test('one that nobody signed, or that was changed, or is old, is refused and changes nothing', async () => {
    const payload = JSON.stringify({ id: 'evt_1', object: 'event', type: 'x', data: { object: {} } });
    const sign = (options: object = {}) =>
      Stripe.webhooks.generateTestHeaderString({ payload, secret: 'whsec_secret', ...options });
    const send = (signature: string | null, body = payload) =>
      fetch(`${service.url}/webhooks/stripe`, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          ...(signature === null ? {} : { 'stripe-signature': signature }),
        },
        body,
      });
    const old = Math.floor(Date.now() / 1000) - 600;
    const statuses = await Promise.all([
      send(null),
      send('t=1,v1=00'),
      send(sign({ secret: 'whsec_other' })),
      send(sign({ timestamp: old })),
      send(sign(), payload.replace('evt_1', 'evt_2')),
    ]);
    expect(statuses.map(({ status }) => status)).toEqual([403, 403, 403, 403, 403]);
    expect((await send(sign())).status).toBe(204);
    expect(await sql`select id from payment_events where id in ('evt_1', 'evt_2')`).toEqual([
      { id: 'evt_1' },
    ]);
  });

  test('they are kept for six weeks after they were applied', async () => {
    const ago = (days: number) => new Date(clock.now().getTime() - days * 86_400_000);
    const add = (id: string, appliedAt: Date | null) => sql`
      insert into payment_events values (${id}, 'x', 'session', 'cs_none', ${ago(50)}, ${appliedAt})`;
    await Promise.all([add('evt_old', ago(43)), add('evt_recent', ago(41)), add('evt_unapplied', null)]);
    await receiving.sweep(service.ctx);
    const left = await sql`select id from payment_events where subject_id = 'cs_none' order by id`;
    expect(left).toEqual([{ id: 'evt_recent' }, { id: 'evt_unapplied' }]);
  });

  test('an amount or currency other than what was asked for gives nothing and is kept for people', async () => {
    const made = await waiting();
    standIn.pay(made.sessionId, 'good');
    const remote = (await service.ctx.payments!.session(made.sessionId))!;
    await applySession(service.ctx, { ...remote, amount: remote.amount - 10_000n });
    await settle();
    expect(await read(made)).toMatchObject({ status: 'waiting', cardState: 'doubtful' });
    expect((await creditOf(made.buyer)).posted).toBe('0.00');
  });
});

describe('what staff do by hand', () => {
  test('it neither counts nor reverses a payment by card, which is kept as a bank reference is', async () => {
    standIn.faults.events = 'never';
    const made = await waiting();
    standIn.pay(made.sessionId, 'good');
    const { paymentId } = (await service.ctx.payments!.session(made.sessionId))!;
    const byHand = { ...till, staff: await till.newStaff() };
    const refused = { status: 409, body: { code: 'top_up_by_card' } };
    expect(await confirm(byHand, made.id, due, paymentId!)).toMatchObject(refused);
    expect((await check(made)).body).toMatchObject({ status: 'paid', received: { amount: due } });
    expect(await paymentsOf(made.id)).toMatchObject([{ bank_reference: paymentId!.toUpperCase() }]);
    expect(await reverse(byHand, made.id, paymentId!)).toMatchObject(refused);
    expect((await creditOf(made.buyer)).posted).toBe('60.00');
  });
});

describe('a page that nobody pays on', () => {
  test('it expires, and its top-up is cancelled without a mail', async () => {
    const made = await waiting();
    standIn.act(made.sessionId, 'expire');
    await settle();
    expect(await read(made)).toMatchObject({ status: 'cancelled', cardState: 'expired' });
    expect(await sql`select 1 from deliveries where subject_id = ${made.id}`).toEqual([]);
  });

  test('a top-up that its buyer cancels closes it, so nobody pays for nothing', async () => {
    const made = await waiting();
    expect((await made.buyer.delete(`/api/credits/top-ups/${made.id}`)).status).toBe(200);
    await service.drain();
    expect(standIn.pay(made.sessionId, 'good')).toBeNull();
    await settle();
    expect(await read(made)).toMatchObject({ status: 'cancelled', cardState: 'expired' });
  });

  test('one that could never be opened is given up after an hour', async () => {
    standIn.faults.isDown = true;
    const made = await waiting();
    clock.advance(61 * minute);
    await reconcile();
    expect(await read(made)).toMatchObject({ status: 'cancelled', cardState: 'expired' });
  });

  test('one that the provider no longer knows is given up once nobody could pay on it', async () => {
    const made = await waiting();
    await sql`update card_payments set session_id = 'cs_gone' where top_up_id = ${made.id}`;
    await reconcile();
    expect(await read(made)).toMatchObject({ status: 'waiting', cardState: 'open' });
    clock.advance(120 * minute);
    await reconcile();
    expect(await read(made)).toMatchObject({ status: 'cancelled', cardState: 'expired' });
  });
});
