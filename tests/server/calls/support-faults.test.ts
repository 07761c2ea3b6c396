import { sql } from 'drizzle-orm';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { forgetOldCalls } from '#server/calls/forgetting/service.ts';
import { reconcileCall } from '#server/calls/machine/reconciling.ts';
import { sweepCalls } from '#server/calls/machine/timers.ts';
import { expireDueHolds } from '#server/ledger/service.ts';
import { type Beside, startBeside } from '../../harness.ts';
import { buyCredit, openShopOf, payee, refund } from '../credits/shop.ts';
import type { StartedCall } from './exchange.ts';
import { legsOf, postSigned } from './signed.ts';
import { balancesOf, chargeOf, startSupport, type SupportExchange } from './support.ts';

// The fault cases of metered calls: each is charged once, by the seconds of the network, and nothing stays held.
let exchange: SupportExchange;
let beside: Beside;

beforeAll(async () => {
  exchange = await startSupport({ env: payee });
  beside = await startBeside(exchange.service);
});
afterAll(async () => {
  await beside.end();
  await exchange.end();
});
beforeEach(() => exchange.putOnDuty(exchange.ivana.id));
afterEach(() => exchange.simulator.faults.clear());

const faults = () => exchange.simulator.faults;
const hangUp = ({ phone }: StartedCall) => exchange.simulator.phones.hangUp(phone);
const drop = (number?: string) =>
  faults().add({
    ...{ on: 'callback', times: Infinity, event: 'completed', effect: { kind: 'drop' } },
    ...(number === undefined ? {} : { number }),
  });
const dropActions = () =>
  faults().add({ on: 'action', times: Infinity, effect: { kind: 'dead', after: 'hang-up' } });
const isClosed = async ({ id }: StartedCall) => (await exchange.record(id)).state === 'closed';
const talkedOf = ({ phone }: StartedCall) =>
  exchange.simulator.ledger().findLast(({ to }) => to === phone)!.talkSeconds;

/** Posts the last callback of each leg of the call, to both processes. */
async function postFinalCallbacks({ id: callId }: StartedCall): Promise<void> {
  const legs = await legsOf(exchange.service.ctx.db, callId);
  const { publicUrl } = exchange.service.config;
  await Promise.all(
    legs.flatMap(({ id, sid }) => {
      const line = exchange.simulator.ledger().find((one) => one.sid === sid);
      const params = line?.callbacks.at(-1)?.params ?? {};
      return [exchange.service.url, beside.url].map((url) =>
        postSigned({ url, publicUrl }, `/webhooks/twilio/status/${id}`, params),
      );
    }),
  );
}

describe('callbacks of a metered call', () => {
  const trouble: [string, () => unknown][] = [
    [
      'come five times',
      () => faults().add({ on: 'callback', times: Infinity, effect: { kind: 'copies', count: 5 } }),
    ],
    ['come out of order', () => faults().add({ on: 'callback', times: Infinity, effect: { kind: 'swap' } })],
    [
      'come late',
      () => faults().add({ on: 'callback', times: Infinity, effect: { kind: 'delay', seconds: 7 } }),
    ],
    ['say nothing of the end of the buyer’s leg', () => drop('buyer')],
    ['say nothing of the end of the agent’s leg', () => drop(exchange.ivana.phone)],
    ['say nothing of any end', () => (drop(), dropActions())],
    [
      'say nothing of any end, and the API lags',
      () => {
        drop();
        dropActions();
        faults().behaviour.fetchLagSeconds = 20;
      },
    ],
  ];
  for (const [what, make] of trouble) {
    test(`it is charged once by the network’s seconds when they ${what}`, async () => {
      const payer = await exchange.newPayer(10_00n);
      if (!what.startsWith('say')) make();
      const call = await exchange.talk(payer);
      if (what.includes('buyer’s')) drop(payer.phone);
      else if (what.startsWith('say')) make();
      await exchange.advance(17);
      hangUp(call);
      const { seconds } = await exchange.expectCharged(call, payer);
      expect(seconds).toBe(Math.round(talkedOf(call)));
    });
  }

  test('it is charged once when two processes learn its end at once, by callback and by asking', async () => {
    const payer = await exchange.newPayer(10_00n);
    const call = await exchange.talk(payer);
    drop();
    dropActions();
    await exchange.advance(11);
    hangUp(call);
    await exchange.advance(6);
    expect((await exchange.record(call.id)).state).toBe('bridged');
    await Promise.all([
      ...[exchange.service.ctx, beside.ctx].flatMap((ctx) => [reconcileCall(ctx, call.id), sweepCalls(ctx)]),
      postFinalCallbacks(call),
    ]);
    await exchange.advance(10);
    await exchange.expectCharged(call, payer);
  });
});

describe('the length of a metered call', () => {
  test('a call ends by Twilio’s limit while nothing of ours works, and costs what was held', async () => {
    const payer = await exchange.newPayer(1_50n);
    const call = await exchange.talk(payer);
    await exchange.advanceWithoutWorker(140);
    expect(exchange.simulator.ledger().filter(({ endedAt }) => endedAt === null)).toEqual([]);
    const charged = await exchange.expectCharged(call, payer);
    // The prompt's time is not paid for, so Twilio's limit leaves room for it.
    expect(talkedOf(call)).toBeGreaterThanOrEqual(90);
    expect(charged).toMatchObject({ seconds: 90, charge: 1_50n, held: 1_50n });
  });

  test('a call that goes on after its end was asked for costs what was held', async () => {
    const payer = await exchange.newPayer(1_00n);
    const call = await exchange.talk(payer);
    faults().add({ on: 'update', times: 4, effect: { kind: 'html', status: 503 } });
    const charged = await exchange.expectCharged(call, payer);
    expect(talkedOf(call)).toBeGreaterThan(60);
    expect(charged).toMatchObject({ seconds: 60, charge: 1_00n });
    exchange.failures.length = 0;
  });

  test('a limit that counts from the dialling ends a call early, and the rest is released', async () => {
    faults().behaviour.timeLimitFrom = 'dial';
    const payer = await exchange.newPayer(1_50n);
    const warmUp = await exchange.talk(payer);
    hangUp(warmUp);
    await exchange.expectCharged(warmUp, payer);
    await exchange.putOnDuty(exchange.ivana.id);
    const call = await exchange.talk(payer);
    const { charge, held } = await exchange.expectCharged(call, payer);
    expect(charge).toBeLessThanOrEqual(held);
  });
});

describe('what happens to the credit during a call', () => {
  test('held credit can’t be refunded, and what is refunded doesn’t shorten the call', async () => {
    const { service } = exchange;
    const { buyer, topUpId } = await buyCredit(service);
    const phone = exchange.newPhone();
    exchange.simulator.personas.set(phone, { kind: 'human', presses: ['1'] });
    const [row] = await service.ctx.sql<
      { id: string }[]
    >`select buyer_id as id from top_ups where id = ${topUpId}`;
    const payer = { visitor: buyer, buyerId: row!.id, phone };
    const call = await exchange.talk(payer);
    const shop = await openShopOf(service);
    expect((await refund(shop, topUpId, '31.00')).body.code).toBe('refund_too_high');
    expect((await refund(shop, topUpId, '30.00')).status).toBe(200);
    await exchange.advance(10);
    expect((await buyer.get(`/api/calls/${call.id}`)).body.credit).toMatchObject({
      held: '30.00',
      available: '0.00',
    });
    hangUp(call);
    await exchange.expectCharged(call, payer);
  });

  test('a hold is not released under a call, and the erased number leaves the ledger as it was', async () => {
    const { ctx } = exchange.service;
    const payer = await exchange.newPayer(10_00n);
    const call = await exchange.talk(payer);
    await expireDueHolds(ctx);
    await exchange.advance(5);
    hangUp(call);
    const { charge } = await exchange.expectCharged(call, payer);
    const muchLater = new Date(exchange.service.clock.now().getTime() + 400 * 86_400_000);
    await forgetOldCalls({ ...ctx, clock: { now: () => muchLater } });
    expect((await payer.visitor.get(`/api/calls/${call.id}`)).body).toMatchObject({ phone: null });
    const [entry] = (await payer.visitor.get('/api/credits/entries')).body.items;
    expect(entry).toMatchObject({ kind: 'call', callId: call.id });
    expect(charge).toBe(-BigInt(entry.amount.replace('.', '')));
  });
});

describe('a metered call of which nothing is heard', () => {
  test('without callbacks and API it is estimated, and what was charged too much is given back', async () => {
    const { db } = exchange.service.ctx;
    const payer = await exchange.newPayer(1_00n);
    const before = (await balancesOf(db, exchange.world.vendors.sever, 'vendor')).posted;
    const call = await exchange.talk(payer);
    drop();
    dropActions();
    faults().add({ on: 'rest', times: Infinity, effect: { kind: 'html', status: 503 } });
    await exchange.advance(20);
    hangUp(call);
    await exchange.until(async () => (await exchange.record(call.id)).state === 'settling', 120);
    // It is asked about for ten minutes.
    await db.execute(sql`
      update calls set state_at = state_at - interval '10 minutes', deadline_at = ${exchange.service.clock.now().toISOString()}
      where id = ${call.id}`);
    await exchange.until(() => isClosed(call), 30);
    expect(await chargeOf(db, call.id)).toMatchObject({ seconds: 60, charge: 1_00n, entries: 1 });
    expect((await balancesOf(db, payer.buyerId)).held).toBe(0n);
    const [asked] = await db.execute<{ n: number }>(
      sql`select count(*)::int as n from pgboss.job where name = 'check-estimate' and data->>'callId' = ${call.id}`,
    );
    expect(asked?.n).toBe(3);
    exchange.failures.length = 0;

    faults().clear();
    for (const ctx of [exchange.service.ctx, beside.ctx, exchange.service.ctx])
      await reconcileCall(ctx, call.id);
    await postFinalCallbacks(call);
    await exchange.finishDue();
    const talked = Math.round(talkedOf(call));
    const cost = BigInt(Math.ceil((talked * 100) / 60));
    expect(await chargeOf(db, call.id)).toMatchObject({ charge: 1_00n, refunded: 1_00n - cost });
    expect(await balancesOf(db, payer.buyerId)).toMatchObject({ posted: 1_00n - cost, held: 0n });
    expect((await balancesOf(db, exchange.world.vendors.sever, 'vendor')).posted - before).toBe(cost);
    const kinds = (await payer.visitor.get('/api/credits/entries')).body.items.map(
      ({ kind, callId }: { kind: string; callId?: string }) => [kind, callId],
    );
    expect(kinds.slice(0, 2)).toEqual([
      ['adjustment', call.id],
      ['call', call.id],
    ]);
    await exchange.until(async () => (await exchange.countReserved()) === 0, 200);
    exchange.failures.length = 0;
  }, 300_000);
});
