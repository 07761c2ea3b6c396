import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Persona } from '#server/dev/twilio/personas.ts';
import { type Exchange, startExchange } from './exchange.ts';

let exchange: Exchange;
let milan: { id: string; phone: string };
const short: Persona = { kind: 'human', presses: ['1'], hangsUpAfterTalking: 8 };

beforeAll(async () => {
  exchange = await startExchange();
  milan = { id: exchange.world.agents.milan, phone: exchange.world.phones.milan };
});
afterAll(() => exchange.end());
beforeEach(() => exchange.putOnDuty(milan.id));
afterEach(() => {
  exchange.simulator.faults.clear();
  exchange.simulator.personas.clear(milan.phone);
});

const milansCalls = (since: number) =>
  exchange.simulator
    .ledger()
    .slice(since)
    .filter(({ to }) => to === milan.phone).length;

describe('creating the agent’s call', () => {
  test('callbacks may arrive before the response', async () => {
    exchange.simulator.faults.add({ on: 'create', effect: { kind: 'after-callback' } });
    const call = await exchange.startCall(short);
    expect(await exchange.expectEnded(call)).toMatchObject({ outcome: 'completed', ended_by: 'visitor' });
  });

  test('callbacks identify the call when the response is lost, and no second call is created', async () => {
    const before = exchange.simulator.ledger().length;
    exchange.simulator.faults.add({ on: 'create', effect: { kind: 'lost' } });
    const call = await exchange.startCall(short);
    expect(await exchange.expectEnded(call)).toMatchObject({ outcome: 'completed' });
    expect(milansCalls(before)).toBe(1);
  });

  test('a call is found in the list when response and callbacks are lost', async () => {
    const before = exchange.simulator.ledger().length;
    exchange.simulator.personas.set(milan.phone, { kind: 'human', answersAfter: 18, presses: ['1'] });
    exchange.simulator.faults.add({ on: 'create', effect: { kind: 'lost' } });
    exchange.simulator.faults.add({
      ...{ on: 'callback', number: milan.phone, times: Infinity },
      effect: { kind: 'drop' },
    });
    const call = await exchange.startCall(short);
    await exchange.until(async () => (await exchange.record(call.id)).legs[0]?.sid !== null);
    expect((await exchange.record(call.id)).state).toBe('agent_ringing');
    expect(await exchange.expectEnded(call)).toMatchObject({ outcome: 'completed' });
    expect(milansCalls(before)).toBe(1);
  });

  test('a creation refused three times as too many is retried', async () => {
    exchange.simulator.faults.add({
      ...{ on: 'create', times: 3 },
      effect: { kind: 'error', status: 429, code: 20429 },
    });
    const call = await exchange.startCall(short);
    expect(await exchange.expectEnded(call)).toMatchObject({ outcome: 'completed' });
  });

  test('a creation refused as too many again and again is a platform error', async () => {
    exchange.simulator.faults.add({
      ...{ on: 'create', times: 4 },
      effect: { kind: 'error', status: 429, code: 20429 },
    });
    const call = await exchange.startCall(short);
    expect(await exchange.expectEnded(call)).toMatchObject({ outcome: 'platform_error' });
  });

  test('after an unclear 500 no call is created again, and the agent stays reserved meanwhile', async () => {
    const before = exchange.simulator.ledger().length;
    exchange.simulator.faults.add({ on: 'create', effect: { kind: 'html', status: 500 } });
    const call = await exchange.startCall(short);
    await exchange.until(async () => (await exchange.record(call.id)).state === 'closed', 40);
    expect(await exchange.shownStatus(milan.id)).toBe('busy');
    const record = await exchange.expectEnded(call);
    expect(record).toMatchObject({ outcome: 'no_agent' });
    expect(record.legs[0]).toMatchObject({ poisoned: true, sid: null, released: true });
    expect(milansCalls(before)).toBe(0);
    expect(await exchange.shownStatus(milan.id)).toBe('available');
  });

  test('a call that appears after its agent was given up is ended', async () => {
    const before = exchange.simulator.ledger().length;
    exchange.simulator.personas.set(milan.phone, { kind: 'human', ringsAfter: 18, answersAfter: 6 });
    exchange.simulator.faults.add({ on: 'create', effect: { kind: 'lost' } });
    exchange.simulator.faults.add({ on: 'fetch', times: 9, effect: { kind: 'html', status: 500 } });
    const drop = exchange.simulator.faults.add({
      ...{ on: 'callback', number: milan.phone, event: 'initiated', times: Infinity },
      effect: { kind: 'drop' },
    });
    const call = await exchange.startCall(short);
    const record = await exchange.expectEnded(call);
    drop();
    expect(record.outcome).toBe('no_agent');
    const [ghost, ...others] = exchange.simulator.ledger().slice(before);
    expect(others).toEqual([]);
    expect(ghost).toMatchObject({ to: milan.phone, status: 'canceled', endedBy: 'api', answeredAt: null });
    expect(record.legs[0]).toMatchObject({ sid: ghost?.sid, poisoned: true, status: 'canceled' });
    expect(await exchange.shownStatus(milan.id)).toBe('available');
  });

  test("a call ends without an agent when Twilio refuses the agent's number", async () => {
    exchange.simulator.faults.add({
      on: 'create',
      effect: { kind: 'error', status: 400, code: 21211 },
    });
    const call = await exchange.startCall(short);
    const record = await exchange.expectEnded(call);
    expect(record).toMatchObject({ outcome: 'no_agent' });
    expect(record.legs[0]).toMatchObject({ result: 'unreachable', released: true });
  });

  test('refused credentials are a platform error, not the agent’s miss', async () => {
    exchange.simulator.faults.add({
      on: 'create',
      effect: { kind: 'error', status: 401, code: 20003 },
    });
    const call = await exchange.startCall(short);
    expect(await exchange.expectEnded(call)).toMatchObject({ outcome: 'platform_error', ended_by: 'system' });
    expect(await exchange.shownStatus(milan.id)).toBe('available');
  });

  test('a call fails when all lines of the account are taken', async () => {
    exchange.simulator.faults.add({
      on: 'create',
      effect: { kind: 'error', status: 400, code: 10004 },
    });
    const call = await exchange.startCall(short);
    expect(await exchange.expectEnded(call)).toMatchObject({ outcome: 'platform_error' });
  });

  test('a call fails while Twilio is unreachable', async () => {
    await exchange.simulator.faults.down();
    const call = await exchange.startCall(short);
    await exchange.until(async () => (await exchange.record(call.id)).state === 'closed', 40);
    await exchange.simulator.faults.up();
    expect(await exchange.expectEnded(call)).toMatchObject({ outcome: 'platform_error' });
    expect(await exchange.shownStatus(milan.id)).toBe('available');
  });
});
