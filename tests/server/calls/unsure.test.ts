import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { words as sr } from '#server/calls/words/sr/spoken.ts';
import type { Persona } from '#server/dev/twilio/personas.ts';
import type { RestEffect } from '#server/dev/twilio/faults.ts';
import { type StartedCall, type Exchange, startExchange } from './exchange.ts';
import { expectEnd } from './call-ends.ts';

/** More requests to Twilio without a clear answer, besides those of dialing.test.ts. */
let exchange: Exchange;
let milan: { id: string; phone: string };
let petra: { id: number; phone: string };
const short: Persona = { kind: 'human', presses: ['1'], hangsUpAfterTalking: 8 };

beforeAll(async () => {
  exchange = await startExchange();
  milan = { id: exchange.world.agents.milan, phone: exchange.world.phones.milan };
  petra = await exchange.addColleague('Petra Marić');
});
afterAll(() => exchange.end());
beforeEach(async () => {
  for (const { id } of [milan, petra]) await exchange.putOnDuty(id);
});
afterEach(() => {
  exchange.simulator.faults.clear();
  exchange.simulator.personas.clear(milan.phone);
});

const calledFirst = () => ({ agentId: milan.id });
const linesOf = (phone: string) => exchange.simulator.ledger().filter(({ to }) => to === phone);
const untilState = (call: StartedCall, state: string) =>
  exchange.until(async () => (await exchange.record(call.id)).state === state);
const onCreate = (effect: RestEffect, times = 1) =>
  exchange.simulator.faults.add({ on: 'create', number: milan.phone, times, effect });

test('the response may arrive after the agent pressed 1 or after the end of the call', async () => {
  for (const seconds of [7, 120]) {
    onCreate({ kind: 'slow', seconds });
    const call = await exchange.startCall(short, calledFirst());
    await untilState(call, seconds === 7 ? 'visitor_dialing' : 'closed');
    await expectEnd(exchange, call, {
      outcome: 'completed',
      endedBy: 'visitor',
      attempts: [[milan.id, 'accepted']],
      talkSeconds: 8,
    });
    await exchange.advance(seconds);
    await expectEnd(exchange, call, { outcome: 'completed', talkSeconds: 8 });
  }
});

test('when the visitor leaves before the response, the ringing phone is stopped', async () => {
  onCreate({ kind: 'slow', seconds: 3 });
  exchange.simulator.personas.set(milan.phone, { kind: 'human', answersAfter: 15, presses: ['1'] });
  exchange.simulator.faults.add({
    ...{ on: 'callback', number: milan.phone, times: 2 },
    effect: { kind: 'drop' },
  });
  const call = await exchange.startCall(short, calledFirst());
  await exchange.until(() => linesOf(milan.phone).some(({ ringingAt, endedAt }) => ringingAt && !endedAt));
  await call.visitor.post(`/api/calls/${call.id}/hangup`);
  await expectEnd(exchange, call, {
    outcome: 'visitor_cancelled',
    endedBy: 'visitor',
    attempts: [[milan.id, 'cancelled']],
  });
  expect(linesOf(milan.phone).at(-1)).toMatchObject({ status: 'canceled', endedBy: 'api' });
});

test("when the response is lost, the agent's pick-up identifies the call", async () => {
  onCreate({ kind: 'lost' });
  exchange.simulator.faults.add({
    ...{ on: 'callback', number: milan.phone, times: 3 },
    effect: { kind: 'drop' },
  });
  const call = await exchange.startCall(short, calledFirst());
  await untilState(call, 'agent_unknown');
  await expectEnd(exchange, call, {
    outcome: 'completed',
    attempts: [[milan.id, 'accepted']],
    talkSeconds: 8,
  });
});

test('after an unknown outcome the next agent is called, and the first stays reserved until no call can appear', async () => {
  const before = linesOf(milan.phone).length;
  onCreate({ kind: 'vanished' });
  const call = await exchange.startCall(short, calledFirst());
  await exchange.untilStatus(call, 'in_call');
  expect(await exchange.shownStatus(milan.id)).toBe('busy');
  await expectEnd(exchange, call, {
    outcome: 'completed',
    attempts: [
      [milan.id, 'cancelled'],
      [petra.id, 'accepted'],
    ],
    talkSeconds: 8,
  });
  expect(linesOf(milan.phone)).toHaveLength(before);
});

test('an agent who answers a given-up call is told it is too late', async () => {
  onCreate({ kind: 'lost' });
  // The call is found neither by its callbacks nor in the list.
  exchange.simulator.faults.add({
    ...{ on: 'callback', number: milan.phone, times: 3 },
    effect: { kind: 'drop' },
  });
  exchange.simulator.faults.behaviour.fetchLagSeconds = 60;
  exchange.simulator.personas.set(milan.phone, { kind: 'human', answersAfter: 20, presses: ['1'] });
  const call = await exchange.startCall(short, calledFirst());
  const record = await expectEnd(exchange, call, {
    outcome: 'completed',
    attempts: [
      [milan.id, 'cancelled'],
      [petra.id, 'accepted'],
    ],
    talkSeconds: 8,
  });
  expect(record.legs[0]).toMatchObject({ agent_id: milan.id, poisoned: true });
  const ghost = linesOf(milan.phone).at(-1);
  expect(ghost).toMatchObject({ talkedWith: [], digits: '', endedBy: 'document' });
  expect(ghost?.heard.map(({ text }) => text)).toEqual([sr.tooLate]);
});

test('repeated rate limiting is a platform error, and no other agent is tried', async () => {
  onCreate({ kind: 'error', status: 429, code: 20429 }, Infinity);
  const call = await exchange.startCall(short, calledFirst());
  await expectEnd(exchange, call, {
    outcome: 'platform_error',
    endedBy: 'system',
    attempts: [[milan.id, 'cancelled']],
  });
});

test("an agent's number that Twilio refuses counts as a miss, and the next agent is called", async () => {
  onCreate({ kind: 'error', status: 400, code: 21211 });
  const call = await exchange.startCall(short, calledFirst());
  await expectEnd(exchange, call, {
    outcome: 'completed',
    attempts: [
      [milan.id, 'unreachable'],
      [petra.id, 'accepted'],
    ],
    misses: { [milan.id]: 1 },
    talkSeconds: 8,
  });
});

test('a call survives a Twilio outage and ends with the next callback', async () => {
  const call = await exchange.startCall({ kind: 'human', presses: ['1'] }, calledFirst());
  await exchange.untilStatus(call, 'in_call');
  await exchange.simulator.faults.down();
  await exchange.advance(5);
  await call.visitor.post(`/api/calls/${call.id}/hangup`);
  await exchange.advance(4);
  expect((await exchange.record(call.id)).state).toBe('ending');
  await exchange.simulator.faults.up();
  await expectEnd(exchange, call, {
    outcome: 'completed',
    endedBy: 'visitor',
    attempts: [[milan.id, 'accepted']],
  });
  expect(exchange.failures.length).toBeGreaterThan(0);
  exchange.failures.length = 0;
});
