import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { dialAgent } from '#server/calls/machine/dialing.ts';
import { watchCalls } from '#server/calls/machine/timers.ts';
import type { Call } from '#server/calls/schema.ts';
import type { CallOrder } from '#server/platform/telephony.ts';
import { createWorkerLease, forgetDeadWorkers, hasLiveWorker } from '#server/platform/workers.ts';
import type { ProductDetail } from '#server/catalog/schema.ts';
import { openPage } from '../realtime/page.ts';
import { type Exchange, type StartedCall, startExchange } from './exchange.ts';

let exchange: Exchange;
let milan: { id: string; phone: string };

beforeAll(async () => {
  exchange = await startExchange();
  milan = { id: exchange.world.agents.milan, phone: exchange.world.phones.milan };
});
afterAll(() => exchange.end());
beforeEach(() => exchange.putOnDuty(milan.id));
afterEach(() => exchange.simulator.personas.clear(milan.phone));

const shown = async ({ id, visitor }: StartedCall) => (await visitor.get<Call>(`/api/calls/${id}`)).body;
const rung = () => exchange.simulator.ledger().length;
const notPossible = { status: 'ended', outcome: 'platform_error', endedBy: 'system' };

describe('a call that no worker begins', () => {
  test('a call is shown as over once its time has passed, and rings nobody when a worker comes back', async () => {
    const before = rung();
    const call = await exchange.startCall();
    expect(await shown(call)).toMatchObject({ status: 'requested' });
    expect(await exchange.shownStatus(milan.id)).toBe('busy');

    await exchange.advanceWithoutWorker(11);
    expect(await shown(call)).toMatchObject(notPossible);
    expect(await exchange.shownStatus(milan.id)).toBe('available');

    await exchange.advanceWithoutWorker(600);
    await exchange.advance(120);
    expect(rung()).toBe(before);
    expect(await shown(call)).toMatchObject(notPossible);
  });

  test('a job that begins after the deadline ends the call, although nobody looked at it meanwhile', async () => {
    const before = rung();
    const call = await exchange.startCall();
    await exchange.advanceWithoutWorker(640);
    await exchange.finishDue();
    expect(await exchange.record(call.id)).toMatchObject({ state: 'closed', outcome: 'platform_error' });
    await exchange.advance(60);
    expect(rung()).toBe(before);
  });

  test('a worker that stood still between its decision and its request to the network rings nobody', async () => {
    const before = rung();
    const call = await exchange.startCall();
    const { ctx } = exchange.service;
    const { telephony } = ctx;
    const [leg] = await ctx.sql<{ id: string }[]>`select id from call_legs where call_id = ${call.id}`;
    if (!leg || !telephony) throw new Error('nobody is to be called');
    let aheadMs = 0;
    const frozen = {
      ...ctx,
      clock: { now: () => new Date(ctx.clock.now().getTime() + aheadMs) },
      telephony: {
        ...telephony,
        create(order: CallOrder) {
          aheadMs = 60_000;
          return telephony.create(order);
        },
      },
    };
    await dialAgent(frozen, leg.id);
    expect(await exchange.record(call.id)).toMatchObject({ state: 'closed', outcome: 'platform_error' });
    await exchange.advance(120);
    expect(rung()).toBe(before);
    expect(await exchange.shownStatus(milan.id)).toBe('available');
  });

  test('a process that only serves ends the call and frees the agent', async () => {
    const call = await exchange.startCall();
    await exchange.advanceWithoutWorker(9);
    await watchCalls(exchange.service.ctx);
    expect(await exchange.record(call.id)).toMatchObject({ state: 'reserved' });
    await exchange.advanceWithoutWorker(2);
    await watchCalls(exchange.service.ctx);
    expect(await exchange.record(call.id)).toMatchObject({ state: 'closed', outcome: 'platform_error' });
    expect(await exchange.shownStatus(milan.id)).toBe('available');
    await exchange.finishDue();
  });

  test('the buyer can call again after it', async () => {
    const call = await exchange.startCall({ kind: 'human', presses: ['1'], hangsUpAfterTalking: 8 });
    await exchange.advanceWithoutWorker(30);
    const again = await exchange.requestCall(call.visitor, call.phone);
    expect(again.status).toBe(201);
    expect(again.body.id).not.toBe(call.id);
    await exchange.expectEnded({ ...call, id: again.body.id });
  });
});

describe('a worker that dies while the agent’s phone rings', () => {
  test('no further phone rings when a worker comes back minutes later', async () => {
    const jovan = await exchange.addColleague('Jovan');
    exchange.simulator.personas.set(milan.phone, { kind: 'no-answer' });
    exchange.simulator.personas.set(jovan.phone, { kind: 'no-answer' });
    const call = await exchange.startCall();
    await exchange.until(async () => (await exchange.record(call.id)).state === 'agent_ringing');
    const before = rung();

    await exchange.advanceWithoutWorker(60);
    expect(await shown(call)).toMatchObject(notPossible);
    await exchange.advance(120);
    expect(rung()).toBe(before);
    expect(await exchange.record(call.id)).toMatchObject({ outcome: 'platform_error', closings: 1 });
  });

  test('an agent who answers much too late is sent away, and the buyer’s phone stays silent', async () => {
    exchange.simulator.personas.set(milan.phone, { kind: 'human', answersAfter: 5, presses: ['1'] });
    const call = await exchange.startCall();
    await exchange.until(async () => (await exchange.record(call.id)).state === 'agent_ringing');
    const ago = new Date(exchange.service.clock.now().getTime() - 60_000).toISOString();
    await exchange.service.ctx.sql`update calls set deadline_at = ${ago} where id = ${call.id}`;
    await exchange.advanceWithoutWorker(30);
    expect(await shown(call)).toMatchObject(notPossible);
    expect(exchange.simulator.ledger().filter(({ to }) => to === call.phone)).toEqual([]);
    await exchange.advance(60);
  });
});

describe('new calls while no worker lives', () => {
  const sql = () => exchange.service.ctx.sql;
  const lease = () => createWorkerLease(exchange.service.ctx.db, exchange.service.ctx.log);
  const product = async () =>
    (await exchange.service.visitor().get<ProductDetail>(`/api/products/${exchange.world.products.sensor}`))
      .body;
  const request = () => exchange.requestCall(exchange.service.visitor(), exchange.newPhone());

  afterEach(async () => {
    await sql()`delete from workers`;
    await sql()`insert into workers values (gen_random_uuid(), 'infinity')`;
  });

  test('a call is refused, and the product says so until a worker begins', async () => {
    expect((await product()).calling).toBe(true);
    await sql()`delete from workers`;
    expect(await request()).toMatchObject({ status: 503, body: { code: 'calling_off' } });
    expect((await product()).calling).toBe(false);
    const { body } = await exchange.service.visitor().get('/api/agents/available');
    expect(body).toEqual({ total: 0, items: [] });

    const worker = lease();
    await worker.begin();
    expect((await product()).calling).toBe(true);
    const call = await exchange.startCall({ kind: 'human', presses: ['1'], hangsUpAfterTalking: 8 });
    await exchange.expectEnded(call);
    await worker.end();
    expect(await request()).toMatchObject({ status: 503 });
  });

  test('a page hears that the last worker died, and that one is back', async () => {
    const page = await openPage(exchange.service);
    const topic = `product:${exchange.world.products.sensor}`;
    page.watch(topic);
    await page.until(topic, ({ state }) => state.calling === true);

    await sql()`update workers set alive_until = now() - interval '1 second'`;
    expect(await hasLiveWorker(exchange.service.ctx.db)).toBe(false);
    await forgetDeadWorkers(exchange.service.ctx.db);
    await page.until(topic, ({ state }) => state.calling === false);

    const worker = lease();
    await worker.begin();
    await page.until(topic, ({ state }) => state.calling === true);
    await worker.end();
    await page.until(topic, ({ state }) => state.calling === false);
    page.close();
  });
});
