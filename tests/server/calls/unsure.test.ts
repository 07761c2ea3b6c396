import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { words as sr } from '#server/calls/words/sr/spoken.ts';
import type { Persona } from '#server/dev/twilio/personas.ts';
import type { RestEffect } from '#server/dev/twilio/faults.ts';
import { type Begun, type Exchange, startExchange } from './desk.ts';
import { expectSettled } from './settled.ts';

/** Requests to Twilio without a clear answer that dialing.test.ts leaves out. */
let exchange: Exchange;
let milan: { id: string; phone: string };
let petra: { id: number; phone: string };
const short: Persona = { kind: 'human', presses: ['1'], hangsUpAfterTalking: 8 };

beforeAll(async () => {
  exchange = await startExchange();
  milan = { id: exchange.world.agents.milan, phone: exchange.world.phones.milan };
  petra = await exchange.colleague('Petra Marić');
});
afterAll(() => exchange.end());
beforeEach(async () => {
  for (const { id } of [milan, petra]) await exchange.onDuty(id);
});
afterEach(() => {
  exchange.simulator.faults.clear();
  exchange.simulator.personas.clear(milan.phone);
});

const calledFirst = () => ({ agentId: milan.id });
const linesOf = (phone: string) => exchange.simulator.ledger().filter(({ to }) => to === phone);
const untilState = (call: Begun, state: string) =>
  exchange.until(async () => (await exchange.book(call.id)).state === state);
const onCreate = (effect: RestEffect, times = 1) =>
  exchange.simulator.faults.add({ on: 'create', number: milan.phone, times, effect });

test('case 1: the answer comes when the agent has pressed 1 already, or when all is over', async () => {
  for (const seconds of [7, 120]) {
    onCreate({ kind: 'slow', seconds });
    const call = await exchange.begin(short, calledFirst());
    await untilState(call, seconds === 7 ? 'visitor_dialing' : 'closed');
    await expectSettled(exchange, call, {
      outcome: 'completed',
      endedBy: 'visitor',
      attempts: [[milan.id, 'accepted']],
      talkSeconds: 8,
    });
    await exchange.advance(seconds);
    await expectSettled(exchange, call, { outcome: 'completed', talkSeconds: 8 });
  }
});

test('case 1: the visitor leaves before the answer comes: the phone that rings by then is stopped', async () => {
  onCreate({ kind: 'slow', seconds: 3 });
  exchange.simulator.personas.set(milan.phone, { kind: 'human', answersAfter: 15, presses: ['1'] });
  exchange.simulator.faults.add({
    ...{ on: 'callback', number: milan.phone, times: 2 },
    effect: { kind: 'drop' },
  });
  const call = await exchange.begin(short, calledFirst());
  await exchange.until(() => linesOf(milan.phone).some(({ ringingAt, endedAt }) => ringingAt && !endedAt));
  await call.visitor.post(`/api/calls/${call.id}/hangup`);
  await expectSettled(exchange, call, {
    outcome: 'visitor_cancelled',
    endedBy: 'visitor',
    attempts: [[milan.id, 'cancelled']],
  });
  expect(linesOf(milan.phone).at(-1)).toMatchObject({ status: 'canceled', endedBy: 'api' });
});

test('case 2: the answer is lost and the first word of the call is the agent who picks up', async () => {
  onCreate({ kind: 'lost' });
  exchange.simulator.faults.add({
    ...{ on: 'callback', number: milan.phone, times: 3 },
    effect: { kind: 'drop' },
  });
  const call = await exchange.begin(short, calledFirst());
  await untilState(call, 'agent_unknown');
  await expectSettled(exchange, call, {
    outcome: 'completed',
    attempts: [[milan.id, 'accepted']],
    talkSeconds: 8,
  });
});

test('case 2: nothing was done and nobody said so: the next agent, this one kept until no ghost can ring', async () => {
  const before = linesOf(milan.phone).length;
  onCreate({ kind: 'vanished' });
  const call = await exchange.begin(short, calledFirst());
  await exchange.untilStatus(call, 'in_call');
  expect(await exchange.shown(milan.id)).toBe('busy');
  await expectSettled(exchange, call, {
    outcome: 'completed',
    attempts: [
      [milan.id, 'cancelled'],
      [petra.id, 'accepted'],
    ],
    talkSeconds: 8,
  });
  expect(linesOf(milan.phone)).toHaveLength(before);
});

test('case 2: a ghost rings when its agent was given up: who answers it hears that it is too late', async () => {
  onCreate({ kind: 'lost' });
  // Found neither by its callbacks nor in the list.
  exchange.simulator.faults.add({
    ...{ on: 'callback', number: milan.phone, times: 3 },
    effect: { kind: 'drop' },
  });
  exchange.simulator.faults.behaviour.fetchLagSeconds = 60;
  exchange.simulator.personas.set(milan.phone, { kind: 'human', answersAfter: 20, presses: ['1'] });
  const call = await exchange.begin(short, calledFirst());
  const book = await expectSettled(exchange, call, {
    outcome: 'completed',
    attempts: [
      [milan.id, 'cancelled'],
      [petra.id, 'accepted'],
    ],
    talkSeconds: 8,
  });
  expect(book.legs[0]).toMatchObject({ agent_id: milan.id, poisoned: true });
  const ghost = linesOf(milan.phone).at(-1);
  expect(ghost).toMatchObject({ talkedWith: [], digits: '', endedBy: 'document' });
  expect(ghost?.heard.map(({ text }) => text)).toEqual([sr.tooLate]);
});

test('case 3: too many requests, again and again: the platform’s fault, and nobody else is tried', async () => {
  onCreate({ kind: 'error', status: 429, code: 20429 }, Infinity);
  const call = await exchange.begin(short, calledFirst());
  await expectSettled(exchange, call, {
    outcome: 'platform_error',
    endedBy: 'system',
    attempts: [[milan.id, 'cancelled']],
  });
});

test('case 5: the agent’s number is refused: the next agent, and a miss', async () => {
  onCreate({ kind: 'error', status: 400, code: 21211 });
  const call = await exchange.begin(short, calledFirst());
  await expectSettled(exchange, call, {
    outcome: 'completed',
    attempts: [
      [milan.id, 'unreachable'],
      [petra.id, 'accepted'],
    ],
    misses: { [milan.id]: 1 },
    talkSeconds: 8,
  });
});

test('case 9: nobody listens there for a while, in the middle of a call: it goes on, and ends when told again', async () => {
  const call = await exchange.begin({ kind: 'human', presses: ['1'] }, calledFirst());
  await exchange.untilStatus(call, 'in_call');
  await exchange.simulator.faults.down();
  await exchange.advance(5);
  await call.visitor.post(`/api/calls/${call.id}/hangup`);
  await exchange.advance(4);
  expect((await exchange.book(call.id)).state).toBe('ending');
  await exchange.simulator.faults.up();
  await expectSettled(exchange, call, {
    outcome: 'completed',
    endedBy: 'visitor',
    attempts: [[milan.id, 'accepted']],
  });
  expect(exchange.failures.length).toBeGreaterThan(0);
  exchange.failures.length = 0;
});
