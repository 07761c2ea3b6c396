import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { declineCall } from '#server/calls/service.ts';
import { words as en } from '#server/calls/words/en/spoken.ts';
import { words as sr } from '#server/calls/words/sr/spoken.ts';
import type { Persona } from '#server/dev/twilio/personas.ts';
import { type StartedCall, type Exchange, startExchange } from './exchange.ts';
import { expectEnd } from './call-ends.ts';

let exchange: Exchange;
let milan: { id: string; phone: string };
let petra: { id: number; phone: string };
const short: Persona = { kind: 'human', presses: ['1'], hangsUpAfterTalking: 8 };
const patient: Persona = { kind: 'human' };

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
  for (const { phone } of [milan, petra]) exchange.simulator.personas.clear(phone);
  exchange.simulator.faults.clear();
});

const calledFirst = () => ({ agentId: milan.id });
const linesOf = (phone: string) => exchange.simulator.ledger().filter(({ to }) => to === phone);
const isAsked = (phone: string) => exchange.simulator.phones.view(phone).awaitsKeys;
const lastHeard = () => linesOf(milan.phone).at(-1)?.heard.at(-1)?.text;
const press = (phone: string) => exchange.simulator.phones.press(phone, '1');
const hangUp = (call: StartedCall) => call.visitor.post(`/api/calls/${call.id}/hangup`);

/** Loses all requests to end the call to Milan's phone, which keeps asking for a key; returns the undoing. */
function keepMilansPhone(): () => void {
  return exchange.simulator.faults.add({
    ...{ on: 'update', number: milan.phone, times: Infinity },
    effect: { kind: 'vanished' },
  });
}

test('an agent whose 1 arrives after the timeout is told it is too late', async () => {
  const restoreUpdates = keepMilansPhone();
  exchange.simulator.personas.set(milan.phone, { kind: 'human', presses: ['1'] });
  // Later than the timeout of 32 s, when the colleague is asked.
  exchange.simulator.faults.add({
    ...{ on: 'action', number: milan.phone },
    effect: { kind: 'delay', seconds: 38 },
  });
  exchange.simulator.personas.set(petra.phone, { ...short, presses: [{ digits: '1', after: 6 }] });
  const call = await exchange.startCall(short, calledFirst());
  await exchange.until(() => lastHeard() === sr.tooLate);
  restoreUpdates();
  exchange.failures.length = 0;
  await expectEnd(exchange, call, {
    outcome: 'completed',
    attempts: [
      [milan.id, 'silent'],
      [petra.id, 'accepted'],
    ],
    misses: { [milan.id]: 1 },
    talkSeconds: 8,
  });
  expect(linesOf(milan.phone).at(-1)?.talkedWith).toEqual([]);
  expect(linesOf(call.phone)).toHaveLength(1);
});

test('of two agents who press 1 at once, the current one gets the visitor', async () => {
  for (const order of [
    [milan, petra],
    [petra, milan],
  ]) {
    for (const { phone } of [milan, petra]) exchange.simulator.personas.set(phone, patient);
    const restoreUpdates = keepMilansPhone();
    const call = await exchange.startCall(short, calledFirst());
    await exchange.until(() => isAsked(milan.phone));
    await declineCall(exchange.service.ctx, Number(milan.id), call.id);
    await exchange.until(() => isAsked(petra.phone));
    expect(isAsked(milan.phone)).toBe(true);
    for (const { phone } of order) press(phone);
    await exchange.finishDue();
    expect(lastHeard()).toBe(sr.passedOn);
    restoreUpdates();
    exchange.failures.length = 0;
    await expectEnd(exchange, call, {
      outcome: 'completed',
      attempts: [
        [milan.id, 'declined'],
        [petra.id, 'accepted'],
      ],
      talkSeconds: 8,
    });
    expect(linesOf(milan.phone).at(-1)?.talkedWith).toEqual([]);
    expect(linesOf(call.phone)).toHaveLength(1);
  }
});

test('a late 1 of one agent does not count for the next', async () => {
  exchange.simulator.personas.set(milan.phone, patient);
  exchange.simulator.personas.set(petra.phone, { kind: 'voicemail', hangsUpAfter: 60 });
  const restoreUpdates = keepMilansPhone();
  const call = await exchange.startCall(short, calledFirst());
  await exchange.until(() => isAsked(milan.phone));
  await declineCall(exchange.service.ctx, Number(milan.id), call.id);
  await exchange.until(() => isAsked(petra.phone));
  press(milan.phone);
  await exchange.finishDue();
  restoreUpdates();
  exchange.failures.length = 0;
  await expectEnd(exchange, call, {
    outcome: 'no_agent',
    endedBy: 'system',
    attempts: [
      [milan.id, 'declined'],
      [petra.id, 'silent'],
    ],
    misses: { [petra.id]: 1 },
  });
  expect(linesOf(call.phone)).toEqual([]);
});

test("when the visitor leaves after the agent's 1, the visitor's phone stops", async () => {
  exchange.simulator.personas.set(milan.phone, patient);
  const call = await exchange.startCall(short, calledFirst());
  await exchange.until(() => isAsked(milan.phone));
  press(milan.phone);
  await exchange.finishDue();
  await hangUp(call);
  await expectEnd(exchange, call, {
    outcome: 'visitor_cancelled',
    endedBy: 'visitor',
    attempts: [[milan.id, 'accepted']],
  });
});

test("when the visitor leaves before the agent's 1, nobody is called", async () => {
  exchange.simulator.personas.set(milan.phone, patient);
  const restoreUpdates = keepMilansPhone();
  const call = await exchange.startCall(short, calledFirst());
  await exchange.until(() => isAsked(milan.phone));
  await hangUp(call);
  press(milan.phone);
  await exchange.finishDue();
  restoreUpdates();
  exchange.failures.length = 0;
  await expectEnd(exchange, call, {
    outcome: 'visitor_cancelled',
    endedBy: 'visitor',
    attempts: [[milan.id, 'cancelled']],
  });
  expect(linesOf(call.phone)).toEqual([]);
});

test('leaving and pressing 1 at once cancels the call, and no phone keeps ringing', async () => {
  exchange.simulator.personas.set(milan.phone, patient);
  for (const isPressFirst of [true, false]) {
    const call = await exchange.startCall(short, calledFirst());
    await exchange.until(() => isAsked(milan.phone));
    if (isPressFirst) press(milan.phone);
    const hangingUp = hangUp(call);
    if (!isPressFirst) press(milan.phone);
    expect((await hangingUp).status).toBe(200);
    await expectEnd(exchange, call, { outcome: 'visitor_cancelled', endedBy: 'visitor' });
  }
});

test('pressing 9 after the end still opts the number out', async () => {
  const phone = exchange.newPhone();
  exchange.simulator.personas.set(phone, { kind: 'human' });
  const visitor = exchange.service.visitor();
  const { body } = await exchange.requestCall(visitor, phone, calledFirst());
  const call = { id: body.id, phone, visitor };
  await exchange.until(() => isAsked(phone));
  // The visitor cancels the call now, but their phone's line lasts a little longer.
  const restoreUpdates = keepMilansPhone();
  await hangUp(call);
  exchange.simulator.phones.press(phone, '9');
  await exchange.finishDue();
  expect(linesOf(phone).at(-1)?.heard.at(-1)?.text).toBe(en.optedOut);
  restoreUpdates();
  exchange.failures.length = 0;
  await expectEnd(exchange, call, { outcome: 'visitor_cancelled', endedBy: 'visitor' });
  const again = await exchange.requestCall(exchange.service.visitor(), phone, calledFirst());
  expect([again.status, again.body.errors]).toEqual([
    422,
    [expect.objectContaining({ code: 'call_not_possible' })],
  ]);
});
