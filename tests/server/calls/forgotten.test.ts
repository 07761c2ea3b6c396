import { sql } from 'drizzle-orm';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import * as forgetting from '#server/calls/forgetting/queries.ts';
import { type Exchange, startExchange } from './exchange.ts';

let exchange: Exchange;

beforeAll(async () => {
  exchange = await startExchange();
});
afterAll(() => exchange.end());
afterEach(() => exchange.simulator.faults.clear());

test('a call that Twilio no longer knows closes within half a minute of its hang-up, with our own times', async () => {
  const { simulator } = exchange;
  const call = await exchange.startCall({ kind: 'human', presses: ['1'], hangsUpAfterTalking: 60 });
  await exchange.untilStatus(call, 'in_call');
  await exchange.advance(20);
  const unknown = { kind: 'error', status: 404, code: 20404 } as const;
  simulator.faults.add({ on: 'rest', times: Infinity, effect: unknown });
  simulator.faults.add({ on: 'callback', times: Infinity, effect: { kind: 'drop' } });
  simulator.faults.add({ on: 'action', times: Infinity, effect: { kind: 'dead', after: 'hang-up' } });

  await call.visitor.post(`/api/calls/${call.id}/hangup`);
  await exchange.advance(30);
  const record = await exchange.record(call.id);
  expect(record).toMatchObject({ state: 'closed', outcome: 'completed', ended_by: 'visitor', closings: 1 });
  expect(Math.abs(record.talk_seconds! - 20)).toBeLessThanOrEqual(2);
  await exchange.advance(60);
  expect(await exchange.countReserved()).toBe(0);
  expect(await exchange.shownStatus(exchange.world.agents.milan)).toBe('available');
});

test('a call that Twilio loses while the visitor is called or talking is ended by the system', async () => {
  const { simulator } = exchange;
  for (const isTalking of [true, false]) {
    await exchange.advance(60);
    const call = await exchange.startCall({
      ...{ kind: 'human', answersAfter: isTalking ? 2 : 20 },
      ...{ presses: ['1'], hangsUpAfterTalking: 90 },
    });
    await exchange.untilStatus(call, isTalking ? 'in_call' : 'calling_visitor');
    const unknown = { kind: 'error', status: 404, code: 20404 } as const;
    simulator.faults.add({ on: 'rest', times: Infinity, effect: unknown });
    simulator.faults.add({ on: 'callback', times: Infinity, effect: { kind: 'drop' } });
    simulator.faults.add({ on: 'document', times: Infinity, effect: { kind: 'dead', after: 'hang-up' } });
    simulator.faults.add({ on: 'action', times: Infinity, effect: { kind: 'dead', after: 'hang-up' } });
    await exchange.advance(60);
    expect(await exchange.record(call.id)).toMatchObject(
      isTalking
        ? { outcome: 'completed', ended_by: 'system', closings: 1 }
        : { outcome: 'platform_error', ended_by: 'system', closings: 1, talk_seconds: null },
    );
    await exchange.advance(120);
    simulator.faults.clear();
  }
});

test('deleting webhooks leaves the call as it was', async () => {
  const call = await exchange.startCall({ kind: 'human', presses: ['1'], hangsUpAfterTalking: 5 });
  await exchange.untilStatus(call, 'ended');
  const record = await exchange.record(call.id);
  const { db } = exchange.service.ctx;
  const count = async () => {
    const [row] = await db.execute<{ kept: number }>(sql`
      select count(*)::int as kept from call_webhooks w join call_legs l on l.id = w.leg_id
      where l.call_id = ${call.id}`);
    return row?.kept;
  };
  expect(await count()).toBeGreaterThan(0);
  await exchange.advance(1);
  await forgetting.deleteCallbacks(db, exchange.service.clock.now(), 500);
  expect(await count()).toBe(0);
  expect((await exchange.record(call.id)).talk_seconds).toBe(record.talk_seconds);
});
