import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { declineCall } from '#server/calls/service.ts';
import { words as en } from '#server/calls/words/en/spoken.ts';
import { words as sr } from '#server/calls/words/sr/spoken.ts';
import type { Persona } from '#server/dev/twilio/personas.ts';
import { type Begun, type Exchange, startExchange } from './desk.ts';
import { expectSettled } from './settled.ts';

let exchange: Exchange;
let milan: { id: string; phone: string };
let petra: { id: number; phone: string };
const short: Persona = { kind: 'human', presses: ['1'], hangsUpAfterTalking: 8 };
const patient: Persona = { kind: 'human' };

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
  for (const { phone } of [milan, petra]) exchange.simulator.personas.clear(phone);
  exchange.simulator.faults.clear();
});

const calledFirst = () => ({ agentId: milan.id });
const linesOf = (phone: string) => exchange.simulator.ledger().filter(({ to }) => to === phone);
const isAsked = (phone: string) => exchange.simulator.phones.view(phone).awaitsKeys;
const lastHeard = () => linesOf(milan.phone).at(-1)?.heard.at(-1)?.text;
const press = (phone: string) => exchange.simulator.phones.press(phone, '1');
const hangUp = (call: Begun) => call.visitor.post(`/api/calls/${call.id}/hangup`);

/** Milan's phone cannot be ended from here: it goes on asking although the call is with somebody else. */
function keepMilansPhone(): () => void {
  return exchange.simulator.faults.add({
    ...{ on: 'update', number: milan.phone, times: Infinity },
    effect: { kind: 'vanished' },
  });
}

test('an agent whose 1 arrives after the timeout is told it is too late', async () => {
  const letGo = keepMilansPhone();
  exchange.simulator.personas.set(milan.phone, { kind: 'human', presses: ['1'] });
  // Past the guard of 32 s; the colleague is being asked then.
  exchange.simulator.faults.add({
    ...{ on: 'action', number: milan.phone },
    effect: { kind: 'delay', seconds: 38 },
  });
  exchange.simulator.personas.set(petra.phone, { ...short, presses: [{ digits: '1', after: 6 }] });
  const call = await exchange.begin(short, calledFirst());
  await exchange.until(() => lastHeard() === sr.tooLate);
  letGo();
  exchange.failures.length = 0;
  await expectSettled(exchange, call, {
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
    const letGo = keepMilansPhone();
    const call = await exchange.begin(short, calledFirst());
    await exchange.until(() => isAsked(milan.phone));
    await declineCall(exchange.service.ctx, Number(milan.id), call.id);
    await exchange.until(() => isAsked(petra.phone));
    expect(isAsked(milan.phone)).toBe(true);
    for (const { phone } of order) press(phone);
    await exchange.settle();
    expect(lastHeard()).toBe(sr.passedOn);
    letGo();
    exchange.failures.length = 0;
    await expectSettled(exchange, call, {
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
  const letGo = keepMilansPhone();
  const call = await exchange.begin(short, calledFirst());
  await exchange.until(() => isAsked(milan.phone));
  await declineCall(exchange.service.ctx, Number(milan.id), call.id);
  await exchange.until(() => isAsked(petra.phone));
  press(milan.phone);
  await exchange.settle();
  letGo();
  exchange.failures.length = 0;
  await expectSettled(exchange, call, {
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
  const call = await exchange.begin(short, calledFirst());
  await exchange.until(() => isAsked(milan.phone));
  press(milan.phone);
  await exchange.settle();
  await hangUp(call);
  await expectSettled(exchange, call, {
    outcome: 'visitor_cancelled',
    endedBy: 'visitor',
    attempts: [[milan.id, 'accepted']],
  });
});

test("when the visitor leaves before the agent's 1, nobody is called", async () => {
  exchange.simulator.personas.set(milan.phone, patient);
  const letGo = keepMilansPhone();
  const call = await exchange.begin(short, calledFirst());
  await exchange.until(() => isAsked(milan.phone));
  await hangUp(call);
  press(milan.phone);
  await exchange.settle();
  letGo();
  exchange.failures.length = 0;
  await expectSettled(exchange, call, {
    outcome: 'visitor_cancelled',
    endedBy: 'visitor',
    attempts: [[milan.id, 'cancelled']],
  });
  expect(linesOf(call.phone)).toEqual([]);
});

test('leaving and pressing 1 at once cancels the call, and no phone keeps ringing', async () => {
  exchange.simulator.personas.set(milan.phone, patient);
  for (const isPressFirst of [true, false]) {
    const call = await exchange.begin(short, calledFirst());
    await exchange.until(() => isAsked(milan.phone));
    if (isPressFirst) press(milan.phone);
    const hangingUp = hangUp(call);
    if (!isPressFirst) press(milan.phone);
    expect((await hangingUp).status).toBe(200);
    await expectSettled(exchange, call, { outcome: 'visitor_cancelled', endedBy: 'visitor' });
  }
});

test('pressing 9 after the end still opts the number out', async () => {
  const phone = exchange.phone();
  exchange.simulator.personas.set(phone, { kind: 'human' });
  const visitor = exchange.service.visitor();
  const { body } = await exchange.call(visitor, phone, calledFirst());
  const call = { id: body.id, phone, visitor };
  await exchange.until(() => isAsked(phone));
  // The visitor leaves at that moment; the phone's line lives a little longer.
  const letGo = keepMilansPhone();
  await hangUp(call);
  exchange.simulator.phones.press(phone, '9');
  await exchange.settle();
  expect(linesOf(phone).at(-1)?.heard.at(-1)?.text).toBe(en.optedOut);
  letGo();
  exchange.failures.length = 0;
  await expectSettled(exchange, call, { outcome: 'visitor_cancelled', endedBy: 'visitor' });
  const again = await exchange.call(exchange.service.visitor(), phone, calledFirst());
  expect([again.status, again.body.errors]).toEqual([
    422,
    [expect.objectContaining({ code: 'call_not_possible' })],
  ]);
});
