import { sql } from 'drizzle-orm';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import * as admission from '#server/admission/service.ts';
import { hangUpAsAgent } from '#server/calls/service.ts';
import type { Persona } from '#server/dev/twilio/personas.ts';
import { type StartedCall, type Exchange, startExchange } from './exchange.ts';
import { expectEnd, type ExpectedEnd } from './call-ends.ts';

let exchange: Exchange;
let milan: { id: string; phone: string };

beforeAll(async () => {
  exchange = await startExchange();
  milan = { id: exchange.world.agents.milan, phone: exchange.world.phones.milan };
}, 60_000);
afterAll(() => exchange.end());
beforeEach(() => exchange.putOnDuty(milan.id));
afterEach(() => exchange.simulator.faults.clear());

/** Starts a call from a phone that consented before, so that picking up connects at once. */
async function startConsentedCall(persona: Persona): Promise<StartedCall> {
  const { ctx, clock } = exchange.service;
  const visitor = exchange.service.visitor();
  await visitor.get('/api/solutions/current');
  const [row] = await ctx.db.execute<{ id: string }>(sql`select id from buyers order by id desc limit 1`);
  const phone = exchange.newPhone();
  await admission.recordConsent(ctx.db, ctx, row?.id ?? '', phone, clock.now());
  exchange.simulator.personas.set(phone, persona);
  const { body } = await exchange.requestCall(visitor, phone);
  return { id: body.id, phone, visitor };
}

/** Returns the expected end of a call that Milan accepted. */
const afterAccepting = (expected: ExpectedEnd): ExpectedEnd => ({
  attempts: [[milan.id, 'accepted']],
  ...expected,
});
const linesOf = (phone: string) => exchange.simulator.ledger().filter(({ to }) => to === phone);
const untilState = (call: StartedCall, state: string) =>
  exchange.until(async () => (await exchange.record(call.id)).state === state);

/** Drops the callbacks of the visitor's phone, and loses the request that follows the agent's dial. */
function loseVisitorsCallbacks(call: StartedCall): void {
  const { faults } = exchange.simulator;
  faults.add({ on: 'callback', number: call.phone, times: Infinity, effect: { kind: 'drop' } });
  faults.add({ on: 'action', number: milan.phone, skip: 1, effect: { kind: 'dead', after: 'hang-up' } });
}

describe('the visitor’s phone', () => {
  test("an unanswered visitor's phone without callbacks is found by polling, without a miss", async () => {
    const call = await exchange.startCall({ kind: 'no-answer' });
    loseVisitorsCallbacks(call);
    await expectEnd(exchange, call, afterAccepting({ outcome: 'visitor_no_answer', endedBy: 'system' }));
    expect(linesOf(call.phone)).toMatchObject([{ status: 'no-answer', endedBy: 'ring_timeout' }]);
  });

  test('a visitor who rejects the call ends it as busy', async () => {
    const call = await exchange.startCall({ kind: 'rejects' });
    await expectEnd(exchange, call, afterAccepting({ outcome: 'visitor_busy', endedBy: 'system' }));
  });

  test("a busy visitor's phone without callbacks is found by polling, without a miss", async () => {
    const call = await exchange.startCall({ kind: 'busy' });
    loseVisitorsCallbacks(call);
    await expectEnd(exchange, call, afterAccepting({ outcome: 'visitor_busy', endedBy: 'system' }));
  });

  test("a visitor's number that doesn't exist or is in a blocked country gets no call", async () => {
    for (const code of [13224, 13227]) {
      const call = await exchange.startCall();
      exchange.simulator.faults.add({ on: 'dial', number: call.phone, effect: { kind: 'code', code } });
      await expectEnd(exchange, call, afterAccepting({ outcome: 'visitor_failed', endedBy: 'system' }));
      expect(linesOf(call.phone)).toEqual([]);
      expect(linesOf(milan.phone).at(-1)?.errors).toEqual([code]);
    }
  });

  test("an unknown or switched-off visitor's phone ends the call accordingly", async () => {
    const outcomes = { 404: 'visitor_failed', 480: 'visitor_no_answer' } as const;
    for (const [sipCode, outcome] of Object.entries(outcomes)) {
      const call = await exchange.startCall({ kind: 'failed', sipCode: Number(sipCode) });
      await expectEnd(exchange, call, afterAccepting({ outcome, endedBy: 'system' }));
    }
  });

  test('picking up and hanging up within a second is a conversation of at most one second', async () => {
    for (const [seconds, talkSeconds] of [
      [0.4, 0],
      [0.6, 1],
    ] as const) {
      const call = await startConsentedCall({ kind: 'human', hangsUpAfter: seconds });
      const expected = { outcome: 'completed', endedBy: 'visitor', talkSeconds } as const;
      await expectEnd(exchange, call, afterAccepting(expected));
      const seen = (await call.visitor.get(`/api/calls/${call.id}`)).body;
      expect(seen.can.rate).toBe(talkSeconds > 0);
    }
  });

  test('hanging up before consenting is no conversation', async () => {
    const call = await exchange.startCall({ kind: 'human', hangsUpAfter: 0.4 });
    await expectEnd(exchange, call, afterAccepting({ outcome: 'visitor_unconfirmed', endedBy: 'system' }));
    expect(linesOf(call.phone)).toMatchObject([{ status: 'completed', talkSeconds: 0 }]);
  });

  test("a visitor's voicemail is never joined", async () => {
    const call = await exchange.startCall({ kind: 'voicemail', hangsUpAfter: 5 });
    await expectEnd(exchange, call, afterAccepting({ outcome: 'visitor_unconfirmed', endedBy: 'system' }));
    expect(linesOf(call.phone)).toMatchObject([{ status: 'completed', talkedWith: [] }]);
  });
});

describe('people who pick up and are not joined', () => {
  const dead = { kind: 'dead', after: 'hang-up' } as const;
  const asked = (call: StartedCall) =>
    exchange.until(
      () =>
        (linesOf(call.phone)[0]?.heard.length ?? 0) > 0 && linesOf(call.phone)[0]?.status === 'in-progress',
    );

  test('a consent given while we are unreachable ends as picked up but unconfirmed', async () => {
    const { faults, phones } = exchange.simulator;
    const call = await exchange.startCall({ kind: 'human' });
    await asked(call);
    for (const number of [call.phone, milan.phone]) {
      faults.add({ on: 'callback', number, times: Infinity, effect: { kind: 'drop' } });
      faults.add({ on: 'action', number, times: Infinity, effect: dead });
    }
    phones.press(call.phone, '1');
    await expectEnd(exchange, call, afterAccepting({ outcome: 'visitor_unconfirmed', endedBy: 'system' }));
    expect(linesOf(call.phone)).toMatchObject([{ digits: '1', status: 'completed', talkedWith: [] }]);
  });

  test('a consent whose request is lost ends as unconfirmed even if the callbacks arrive', async () => {
    const { faults, phones } = exchange.simulator;
    const call = await exchange.startCall({ kind: 'human' });
    await asked(call);
    for (const number of [call.phone, milan.phone]) faults.add({ on: 'action', number, effect: dead });
    phones.press(call.phone, '1');
    await expectEnd(exchange, call, afterAccepting({ outcome: 'visitor_unconfirmed', endedBy: 'system' }));
  });

  test('a person who keeps listening while nothing reaches us ends the call as unconfirmed', async () => {
    const { faults } = exchange.simulator;
    const call = await exchange.startCall({ kind: 'human', presses: [null, null], hangsUpAfter: 600 });
    await asked(call);
    for (const number of [call.phone, milan.phone]) {
      faults.add({ on: 'callback', number, times: Infinity, effect: { kind: 'drop' } });
      faults.add({ on: 'action', number, times: Infinity, effect: dead });
    }
    await expectEnd(exchange, call, afterAccepting({ outcome: 'visitor_unconfirmed', endedBy: 'system' }));
  });
});

describe('an opt-out during a call', () => {
  test('a number that opts out while the agent is asked is not rung, even if it had consented', async () => {
    const { ctx, clock } = exchange.service;
    const call = await startConsentedCall({ kind: 'human', hangsUpAfterTalking: 5 });
    await untilState(call, 'agent_screening');
    expect(await admission.optOut(ctx.db, ctx, call.phone, clock.now())).toBe(true);
    expect(await admission.optOut(ctx.db, ctx, call.phone, clock.now())).toBe(false);
    const expected = { outcome: 'visitor_declined', endedBy: 'visitor' } as const;
    await exchange.until(async () => (await exchange.record(call.id)).state === 'closed');
    const record = await exchange.record(call.id);
    expect({ outcome: record.outcome, endedBy: record.ended_by }).toEqual(expected);
    expect(linesOf(call.phone)).toEqual([]);
    expect(linesOf(milan.phone).at(-1)?.heard.at(-1)?.text).toContain('Kupac je prekinuo vezu');
    const again = await exchange.requestCall(call.visitor, call.phone);
    expect([again.status, again.body.code]).toEqual([422, 'call_not_possible']);
    await exchange.until(async () => (await exchange.countReserved()) === 0);
  });
});

describe('the agent hangs up', () => {
  test("an agent can hang up during the visitor's prompt", async () => {
    const call = await exchange.startCall({ kind: 'human' });
    await exchange.until(() => linesOf(call.phone)[0]?.status === 'in-progress');
    exchange.simulator.phones.hangUp(milan.phone);
    await expectEnd(exchange, call, afterAccepting({ outcome: 'agent_left', endedBy: 'agent' }));
    expect(linesOf(call.phone)).toMatchObject([{ talkedWith: [], endedBy: 'other_side' }]);
  });

  test('an agent can hang up on the desk while the visitor’s phone rings', async () => {
    const call = await exchange.startCall({ kind: 'no-answer' });
    await untilState(call, 'visitor_ringing');
    await hangUpAsAgent(exchange.service.ctx, Number(milan.id), call.id);
    await expectEnd(exchange, call, afterAccepting({ outcome: 'agent_left', endedBy: 'agent' }));
    expect(linesOf(call.phone)).toMatchObject([{ status: 'canceled' }]);
  });

  test('an agent who hangs up as the visitor picks up makes a conversation of zero seconds', async () => {
    const { phones } = exchange.simulator;
    for (const isAnswerFirst of [true, false]) {
      const call = await startConsentedCall({ kind: 'no-answer' });
      await exchange.until(() => linesOf(call.phone)[0]?.status === 'ringing');
      if (isAnswerFirst) phones.answer(call.phone);
      phones.hangUp(milan.phone);
      // The network has not stopped the ringing yet.
      phones.answer(call.phone);
      const expected = { outcome: 'completed', endedBy: 'agent', talkSeconds: 0 } as const;
      await expectEnd(exchange, call, afterAccepting(expected));
    }
  });
});
