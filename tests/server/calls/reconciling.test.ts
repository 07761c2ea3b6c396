import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { reconcileCall } from '#server/calls/machine/reconciling.ts';
import { sweepCalls } from '#server/calls/machine/timers.ts';
import type { Persona } from '#server/dev/twilio/personas.ts';
import { type Beside, startBeside } from '../../harness.ts';
import { type StartedCall, type Exchange, startExchange } from './exchange.ts';
import { expectEnd } from './call-ends.ts';
import { legsOf, postSigned } from './signed.ts';

let exchange: Exchange;
let beside: Beside;
let milan: { id: string; phone: string };
const patient: Persona = { kind: 'human', presses: ['1'] };

beforeAll(async () => {
  exchange = await startExchange({ env: { CALL_MAX_MINUTES: '2' } });
  beside = await startBeside(exchange.service);
  milan = { id: exchange.world.agents.milan, phone: exchange.world.phones.milan };
});
afterAll(async () => {
  await beside.end();
  await exchange.end();
});
beforeEach(() => exchange.putOnDuty(milan.id));
afterEach(() => {
  exchange.simulator.faults.clear();
  exchange.simulator.personas.clear(milan.phone);
});

/** Starts a conversation and drops all callbacks from then on. */
async function talkWithoutCallbacks(seconds: number): Promise<StartedCall> {
  const { faults } = exchange.simulator;
  const call = await exchange.startCall(patient);
  await exchange.untilStatus(call, 'in_call');
  faults.add({ on: 'callback', times: Infinity, effect: { kind: 'drop' } });
  faults.add({ on: 'action', times: Infinity, effect: { kind: 'dead', after: 'hang-up' } });
  await exchange.advance(seconds);
  return call;
}

/** Posts the final callback of each leg of the call to a process; returns the statuses of the answers. */
async function postFinalCallbacks(call: StartedCall, url: string): Promise<number[]> {
  const { service, simulator } = exchange;
  const legs = await legsOf(service.ctx.db, call.id);
  const answers = await Promise.all(
    legs.map(({ id, sid }) => {
      const params =
        simulator
          .ledger()
          .find((line) => line.sid === sid)
          ?.callbacks.at(-1)?.params ?? {};
      expect(params['CallStatus']).toBe('completed');
      const to = { url, publicUrl: service.config.publicUrl };
      return postSigned(to, `/webhooks/twilio/status/${id}`, params);
    }),
  );
  return answers.map(({ status }) => status);
}

test('an end reported and polled in two processes at once counts once', async () => {
  const { service, simulator } = exchange;
  for (let round = 0; round < 3; round += 1) {
    await exchange.putOnDuty(milan.id);
    const call = await talkWithoutCallbacks(10);
    simulator.phones.hangUp(call.phone);
    await exchange.advance(6);
    expect((await exchange.record(call.id)).state).toBe('bridged');
    await Promise.all([
      ...[service.ctx, beside.ctx].flatMap((ctx) => [
        reconcileCall(ctx, call.id),
        reconcileCall(ctx, call.id),
        sweepCalls(ctx),
      ]),
      ...[service.url, beside.url].map((url) => postFinalCallbacks(call, url)),
    ]);
    await exchange.advance(10);
    expect((await exchange.record(call.id)).state).toBe('closed');
    simulator.faults.clear();
    await expectEnd(exchange, call, { outcome: 'completed', attempts: [[milan.id, 'accepted']] });
  }
});

test('a call without callbacks and API ends at its limit, and a late callback corrects its length', async () => {
  const { faults, phones } = exchange.simulator;
  const call = await talkWithoutCallbacks(20);
  faults.add({ on: 'rest', times: Infinity, effect: { kind: 'html', status: 503 } });
  phones.hangUp(call.phone);
  await exchange.advance(60);
  expect((await exchange.record(call.id)).state).toBe('bridged');
  await exchange.until(async () => (await exchange.record(call.id)).state === 'closed', 1_000);
  const estimated = await exchange.record(call.id);
  expect(estimated).toMatchObject({ outcome: 'completed', ended_by: 'system', closings: 1 });
  // Without evidence, the call counts as having lasted until its limit.
  expect(estimated.talk_seconds).toBeGreaterThan(110);
  expect(estimated.talk_seconds).toBeLessThanOrEqual(120);
  await exchange.until(async () => (await exchange.countReserved()) === 0, 60);
  expect(await exchange.shownStatus(milan.id)).toBe('available');
  // The requests to end it failed.
  exchange.failures.length = 0;

  faults.clear();
  await exchange.advance(60);
  expect(await postFinalCallbacks(call, exchange.service.url)).toEqual([204, 204]);
  await exchange.advance(2);
  const talked = exchange.simulator.ledger().find(({ to }) => to === call.phone)?.talkSeconds;
  expect((await exchange.record(call.id)).talk_seconds).toBe(talked);
  await expectEnd(exchange, call, { outcome: 'completed', endedBy: 'system' });
  exchange.failures.length = 0;
}, 180_000);

test('a lagging API is believed once it shows the end, with the true length', async () => {
  const { faults, phones } = exchange.simulator;
  const call = await talkWithoutCallbacks(10);
  faults.behaviour.fetchLagSeconds = 20;
  phones.hangUp(call.phone);
  await expectEnd(exchange, call, { outcome: 'completed', attempts: [[milan.id, 'accepted']] });
});

test('the agent’s call is found although the list shows it only after 10 s', async () => {
  const { faults, personas, phones } = exchange.simulator;
  faults.behaviour.fetchLagSeconds = 10;
  faults.add({ on: 'create', number: milan.phone, effect: { kind: 'lost' } });
  faults.add({ on: 'callback', number: milan.phone, times: Infinity, effect: { kind: 'drop' } });
  personas.set(milan.phone, { kind: 'human', answersAfter: 21, presses: ['1'] });
  const call = await exchange.startCall(patient);
  await exchange.until(async () => (await exchange.record(call.id)).legs[0]?.sid !== null, 20);
  expect((await exchange.record(call.id)).state).toBe('agent_ringing');
  await exchange.untilStatus(call, 'in_call');
  await exchange.advance(5);
  phones.hangUp(call.phone);
  await expectEnd(exchange, call, { outcome: 'completed', attempts: [[milan.id, 'accepted']] });
});

test('calls are found from the beginning of the second, because Twilio’s dates have no fractions', async () => {
  const { service, simulator } = exchange;
  const call = await exchange.startCall({ kind: 'human', presses: ['1'], hangsUpAfterTalking: 1 });
  await expectEnd(exchange, call, { outcome: 'completed' });
  const line = simulator.ledger().findLast(({ to }) => to === milan.phone)!;
  const second = Math.floor(line.createdAt.getTime() / 1000) * 1000;
  const found = async (ms: number) =>
    (await service.ctx.telephony!.find({ to: milan.phone, since: new Date(second + ms) })).map(
      ({ sid }) => sid,
    );
  expect(await found(999)).toContain(line.sid);
  expect(await found(1_000)).not.toContain(line.sid);
});
