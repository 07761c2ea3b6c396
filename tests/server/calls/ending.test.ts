import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Persona } from '#server/dev/twilio/personas.ts';
import * as calls from '#server/calls/service.ts';
import type { Client } from '../../harness.ts';
import { loggedIn } from '../presence/staff.ts';
import { openPage } from '../realtime/page.ts';
import { type StartedCall, type Exchange, startExchange } from './exchange.ts';

let exchange: Exchange;
let milan: { id: string; phone: string };
let desk: Client;
const patient: Persona = { kind: 'human', presses: ['1'] };
const maxSeconds = 120;

beforeAll(async () => {
  exchange = await startExchange({ env: { CALL_MAX_MINUTES: '2' } });
  milan = { id: exchange.world.agents.milan, phone: exchange.world.phones.milan };
  desk = await loggedIn(exchange.service, exchange.world, 'milan');
});
afterAll(() => exchange.end());
beforeEach(() => exchange.putOnDuty(milan.id));
afterEach(() => {
  exchange.simulator.faults.clear();
  exchange.simulator.personas.clear(milan.phone);
});

async function talking(persona = patient): Promise<StartedCall> {
  const call = await exchange.startCall(persona);
  await exchange.untilStatus(call, 'in_call');
  await exchange.advance(10);
  return call;
}

const byPage = (call: StartedCall) => call.visitor.post(`/api/calls/${call.id}/hangup`);
const byDesk = (call: StartedCall) => desk.post(`/api/agent/calls/${call.id}/hangup`);
const phones = () => exchange.simulator.phones;

describe('the end of a conversation', () => {
  const ways: [string, string, (call: StartedCall) => unknown][] = [
    ['the page', 'visitor', byPage],
    ['the desk', 'agent', byDesk],
    ['the agent’s phone', 'agent', () => phones().hangUp(milan.phone)],
    ['the visitor’s phone', 'visitor', (call) => phones().hangUp(call.phone)],
  ];
  for (const [where, by, end] of ways) {
    test(`a conversation ends once from ${where}`, async () => {
      const call = await talking();
      await end(call);
      const record = await exchange.expectEnded(call);
      expect(record).toMatchObject({ outcome: 'completed', ended_by: by });
      expect(record.talk_seconds).toBeGreaterThanOrEqual(10);
      expect(await exchange.shownStatus(milan.id)).toBe('available');
    });
  }

  test('a conversation ended from all sides at once ends once', async () => {
    const call = await talking();
    phones().hangUp(milan.phone);
    phones().hangUp(call.phone);
    const answers = await Promise.all([byPage(call), byDesk(call), byPage(call)]);
    expect(answers.map(({ status }) => status)).toEqual([200, 204, 200]);
    expect(await exchange.expectEnded(call)).toMatchObject({ outcome: 'completed' });
  });

  test('hanging up on the page after the end is idempotent', async () => {
    const call = await talking();
    // The last callbacks are late, so the service still sees a conversation.
    exchange.simulator.faults.add({
      on: 'callback',
      times: Infinity,
      event: 'completed',
      effect: { kind: 'delay', seconds: 4 },
    });
    exchange.simulator.faults.add({ on: 'action', effect: { kind: 'delay', seconds: 6 } });
    phones().hangUp(call.phone);
    const answer = await byPage(call);
    expect(answer.body.status).toBe('ending');
    expect(await exchange.expectEnded(call)).toMatchObject({ outcome: 'completed', ended_by: 'visitor' });
    expect((await byPage(call)).body.status).toBe('ended');
  });

  const failures = [{ kind: 'html', status: 503 }, { kind: 'lost' }, { kind: 'vanished' }] as const;
  test.each(failures)('a call ends although the request to end it fails twice ($kind)', async (effect) => {
    const call = await talking();
    exchange.simulator.faults.add({ on: 'update', times: 2, effect });
    await byPage(call);
    expect(await exchange.expectEnded(call)).toMatchObject({ outcome: 'completed', ended_by: 'visitor' });
    expect(exchange.failures.length).toBeGreaterThan(0);
    exchange.failures.length = 0;
  });

  for (const timeLimitFrom of ['answer', 'dial'] as const) {
    test(`a call ends at the limit when Twilio counts it from the ${timeLimitFrom}`, async () => {
      exchange.simulator.faults.behaviour.timeLimitFrom = timeLimitFrom;
      const record = await exchange.expectEnded(await exchange.startCall(patient));
      expect(record).toMatchObject({ outcome: 'completed', ended_by: 'system' });
      expect(record.talk_seconds).toBeLessThanOrEqual(maxSeconds);
      expect(record.talk_seconds).toBeGreaterThan(maxSeconds - 25);
    });
  }

  for (const after of ['hang-up', 'go-on'] as const) {
    test(`a conversation ends although the action URL is unreachable (the agent’s leg then: ${after})`, async () => {
      const call = await talking();
      exchange.simulator.faults.add({ on: 'action', number: milan.phone, effect: { kind: 'dead', after } });
      phones().hangUp(call.phone);
      expect(await exchange.expectEnded(call)).toMatchObject({ outcome: 'completed' });
    });
  }
});

describe('wrap-up', () => {
  const wrapUp = (call: StartedCall, action: string) =>
    desk.post(`/api/agent/calls/${call.id}/wrap-up`, { action });
  const closed = (call: StartedCall) =>
    exchange.until(async () => (await exchange.record(call.id)).state === 'closed');

  test('wrap-up lasts 30 s on the server, with no page open', async () => {
    const call = await talking();
    await byPage(call);
    await closed(call);
    await exchange.advance(28);
    expect(await exchange.shownStatus(milan.id)).toBe('busy');
    await exchange.advance(4);
    expect(await exchange.shownStatus(milan.id)).toBe('available');
  });

  test('wrap-up can be extended once by a minute and ended early', async () => {
    const call = await talking();
    expect((await wrapUp(call, 'extend')).status).toBe(409);
    await byPage(call);
    await closed(call);
    const replies = await Promise.all([1, 2].map(() => wrapUp(call, 'extend')));
    expect(replies.map(({ status }) => status).toSorted()).toEqual([204, 409]);
    expect((await wrapUp(call, 'extend')).body.code).toBe('wrap_up_extended');
    await exchange.advance(80);
    expect(await exchange.shownStatus(milan.id)).toBe('busy');
    expect((await wrapUp(call, 'finish')).status).toBe(204);
    expect(await exchange.shownStatus(milan.id)).toBe('available');
    expect((await wrapUp(call, 'finish')).status).toBe(204);
    expect((await wrapUp(call, 'extend')).body.code).toBe('wrap_up_extended');
  });

  test("wrap-up can't be extended once it is over", async () => {
    const call = await talking();
    await byPage(call);
    await closed(call);
    expect((await wrapUp(call, 'finish')).status).toBe(204);
    const late = await wrapUp(call, 'extend');
    expect([late.status, late.body.code]).toEqual([409, 'wrap_up_over']);
    expect(await exchange.shownStatus(milan.id)).toBe('available');
  });

  test("an agent's note is kept for their own call only", async () => {
    const call = await talking();
    const note = { note: '  Wants 40 by Friday ' };
    expect((await desk.put(`/api/agent/calls/${call.id}/note`, note)).status).toBe(204);
    const katrin = await loggedIn(exchange.service, exchange.world, 'katrin');
    expect((await katrin.put(`/api/agent/calls/${call.id}/note`, note)).status).toBe(404);
    expect((await katrin.post(`/api/agent/calls/${call.id}/hangup`)).status).toBe(404);
    await byPage(call);
    await exchange.expectEnded(call);
    const [row] = await exchange.service.ctx.sql`select agent_note from calls where id = ${call.id}`;
    expect(row?.['agent_note']).toBe('Wants 40 by Friday');
  });
});

describe('the shared solution', () => {
  test('a shared solution is live for both during the conversation and hidden afterwards', async () => {
    const { world, service } = exchange;
    const call = await talking();
    const sharing = `/api/calls/${call.id}/sharing`;
    expect((await call.visitor.put(sharing, { shared: true })).body.code).toBe('nothing_to_share');
    const page = await openPage(service, call.visitor);
    page.watch(`call:${call.id}`);
    const canShare = (so: boolean) =>
      page.until(`call:${call.id}`, ({ state }) => state.can.share === so, 20_000);
    await canShare(false);
    const line = (quantity: number, offers: string[]) =>
      call.visitor.post('/api/solutions/current/lines', {
        productId: world.products.sensor,
        quantity,
        offerIds: offers,
      });
    // This line starts the solution, whose id wasn't known before.
    await line(7, [world.offers.sensorBrandt]);
    await line(4, [world.offers.sensorSever, world.offers.sensorBrandt]);
    await canShare(true);
    await call.visitor.post('/api/solutions', {});
    await canShare(false);
    await line(4, [world.offers.sensorSever, world.offers.sensorBrandt]);
    await canShare(true);
    const shared = (await call.visitor.put(sharing, { shared: true })).body.shared;
    expect(shared.lines).toHaveLength(1);
    expect(shared.lines[0]).toMatchObject({
      sku: 'ES-S1',
      quantity: 4,
      listTotal: { amount: '18000.00', currency: 'RSD' },
    });
    expect(shared.total).toEqual({ amount: '18000.00', currency: 'RSD' });
    const topic = await calls.callTopic(service.ctx, call.id, await visitorOf(call));
    expect(topic?.dependsOn).toContain(`solution:${shared.solutionId}`);
    page.close();
    const withdrawn = await call.visitor.put(sharing, { shared: false });
    expect(withdrawn.body.shared).toBeNull();
    await call.visitor.put(sharing, { shared: true });
    await byPage(call);
    await exchange.expectEnded(call);
    expect((await call.visitor.get(`/api/calls/${call.id}`)).body.shared).toBeNull();
    expect((await call.visitor.put(sharing, { shared: true })).body.code).toBe('call_over');
  });
});

async function visitorOf(call: StartedCall): Promise<string> {
  const [row] = await exchange.service.ctx.sql<
    { id: string }[]
  >`select buyer_id as id from calls where id = ${call.id}`;
  return row?.id ?? '';
}
