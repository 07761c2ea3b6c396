import { sql } from 'drizzle-orm';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import * as admission from '#server/admission/service.ts';
import { hangUpAsAgent } from '#server/calls/service.ts';
import type { Persona } from '#server/dev/twilio/personas.ts';
import { type Begun, type Exchange, startExchange } from './desk.ts';
import { expectSettled, type Settlement } from './settled.ts';

let exchange: Exchange;
let milan: { id: string; phone: string };

beforeAll(async () => {
  exchange = await startExchange();
  milan = { id: exchange.world.agents.milan, phone: exchange.world.phones.milan };
}, 60_000);
afterAll(() => exchange.end());
beforeEach(() => exchange.onDuty(milan.id));
afterEach(() => exchange.simulator.faults.clear());

/** Returns a call from a phone whose holder consented before: the person who picks up is connected at once. */
async function beginConfirmed(persona: Persona): Promise<Begun> {
  const { ctx, clock } = exchange.service;
  const visitor = exchange.service.visitor();
  await visitor.get('/api/solutions/current');
  const [row] = await ctx.db.execute<{ id: string }>(sql`select id from buyers order by id desc limit 1`);
  const phone = exchange.phone();
  await admission.recordConsent(ctx.db, ctx, row?.id ?? '', phone, clock.now());
  exchange.simulator.personas.set(phone, persona);
  const { body } = await exchange.call(visitor, phone);
  return { id: body.id, phone, visitor };
}

/** Returns the agent took it; so the call ended. */
const afterAccepting = (settlement: Settlement): Settlement => ({
  attempts: [[milan.id, 'accepted']],
  ...settlement,
});
const linesOf = (phone: string) => exchange.simulator.ledger().filter(({ to }) => to === phone);
const untilState = (call: Begun, state: string) =>
  exchange.until(async () => (await exchange.book(call.id)).state === state);

/** No word of the visitor's phone reaches us, nor the agent's leg's word that it is done dialling. */
function cutOff(call: Begun): void {
  const { faults } = exchange.simulator;
  faults.add({ on: 'callback', number: call.phone, times: Infinity, effect: { kind: 'drop' } });
  faults.add({ on: 'action', number: milan.phone, skip: 1, effect: { kind: 'dead', after: 'hang-up' } });
}

describe('the visitor’s phone', () => {
  test("an unanswered visitor's phone without callbacks is found by polling, without a miss", async () => {
    const call = await exchange.begin({ kind: 'no-answer' });
    cutOff(call);
    await expectSettled(exchange, call, afterAccepting({ outcome: 'visitor_no_answer', endedBy: 'system' }));
    expect(linesOf(call.phone)).toMatchObject([{ status: 'no-answer', endedBy: 'ring_timeout' }]);
  });

  test('a visitor who rejects the call ends it as busy', async () => {
    const call = await exchange.begin({ kind: 'rejects' });
    await expectSettled(exchange, call, afterAccepting({ outcome: 'visitor_busy', endedBy: 'system' }));
  });

  test("a busy visitor's phone without callbacks is found by polling, without a miss", async () => {
    const call = await exchange.begin({ kind: 'busy' });
    cutOff(call);
    await expectSettled(exchange, call, afterAccepting({ outcome: 'visitor_busy', endedBy: 'system' }));
  });

  test("a visitor's number that doesn't exist or is in a blocked country gets no call", async () => {
    for (const code of [13224, 13227]) {
      const call = await exchange.begin();
      exchange.simulator.faults.add({ on: 'dial', number: call.phone, effect: { kind: 'code', code } });
      await expectSettled(exchange, call, afterAccepting({ outcome: 'visitor_failed', endedBy: 'system' }));
      expect(linesOf(call.phone)).toEqual([]);
      expect(linesOf(milan.phone).at(-1)?.errors).toEqual([code]);
    }
  });

  test("an unknown or switched-off visitor's phone ends the call accordingly", async () => {
    const outcomes = { 404: 'visitor_failed', 480: 'visitor_no_answer' } as const;
    for (const [sipCode, outcome] of Object.entries(outcomes)) {
      const call = await exchange.begin({ kind: 'failed', sipCode: Number(sipCode) });
      await expectSettled(exchange, call, afterAccepting({ outcome, endedBy: 'system' }));
    }
  });

  test('picking up and hanging up within a second is a conversation of at most one second', async () => {
    for (const [seconds, talkSeconds] of [
      [0.4, 0],
      [0.6, 1],
    ] as const) {
      const call = await beginConfirmed({ kind: 'human', hangsUpAfter: seconds });
      const settlement = { outcome: 'completed', endedBy: 'visitor', talkSeconds } as const;
      await expectSettled(exchange, call, afterAccepting(settlement));
      const seen = (await call.visitor.get(`/api/calls/${call.id}`)).body;
      expect(seen.can.rate).toBe(talkSeconds > 0);
    }
  });

  test('hanging up before consenting is no conversation', async () => {
    const call = await exchange.begin({ kind: 'human', hangsUpAfter: 0.4 });
    await expectSettled(
      exchange,
      call,
      afterAccepting({ outcome: 'visitor_unconfirmed', endedBy: 'system' }),
    );
    expect(linesOf(call.phone)).toMatchObject([{ status: 'completed', talkSeconds: 0 }]);
  });

  test("a visitor's voicemail is never joined", async () => {
    const call = await exchange.begin({ kind: 'voicemail', hangsUpAfter: 5 });
    await expectSettled(
      exchange,
      call,
      afterAccepting({ outcome: 'visitor_unconfirmed', endedBy: 'system' }),
    );
    expect(linesOf(call.phone)).toMatchObject([{ status: 'completed', talkedWith: [] }]);
  });
});

describe('people who pick up and are not joined', () => {
  const dead = { kind: 'dead', after: 'hang-up' } as const;
  const asked = (call: Begun) =>
    exchange.until(
      () =>
        (linesOf(call.phone)[0]?.heard.length ?? 0) > 0 && linesOf(call.phone)[0]?.status === 'in-progress',
    );

  test('a consent given while we are unreachable ends as picked up but unconfirmed', async () => {
    const { faults, phones } = exchange.simulator;
    const call = await exchange.begin({ kind: 'human' });
    await asked(call);
    for (const number of [call.phone, milan.phone]) {
      faults.add({ on: 'callback', number, times: Infinity, effect: { kind: 'drop' } });
      faults.add({ on: 'action', number, times: Infinity, effect: dead });
    }
    phones.press(call.phone, '1');
    await expectSettled(
      exchange,
      call,
      afterAccepting({ outcome: 'visitor_unconfirmed', endedBy: 'system' }),
    );
    expect(linesOf(call.phone)).toMatchObject([{ digits: '1', status: 'completed', talkedWith: [] }]);
  });

  test('the same holds when Twilio’s callbacks come later, the agent’s last', async () => {
    const { faults, phones } = exchange.simulator;
    const call = await exchange.begin({ kind: 'human' });
    await asked(call);
    for (const number of [call.phone, milan.phone]) faults.add({ on: 'action', number, effect: dead });
    phones.press(call.phone, '1');
    await expectSettled(
      exchange,
      call,
      afterAccepting({ outcome: 'visitor_unconfirmed', endedBy: 'system' }),
    );
  });

  test('listening too long while nothing reaches us ends as unconfirmed', async () => {
    const { faults } = exchange.simulator;
    const call = await exchange.begin({ kind: 'human', presses: [null, null], hangsUpAfter: 600 });
    await asked(call);
    for (const number of [call.phone, milan.phone]) {
      faults.add({ on: 'callback', number, times: Infinity, effect: { kind: 'drop' } });
      faults.add({ on: 'action', number, times: Infinity, effect: dead });
    }
    await expectSettled(
      exchange,
      call,
      afterAccepting({ outcome: 'visitor_unconfirmed', endedBy: 'system' }),
    );
  });
});

describe('a number that asked to be left alone meanwhile', () => {
  test('a number that opted out meanwhile is not rung, even if it had consented', async () => {
    const { ctx, clock } = exchange.service;
    const call = await beginConfirmed({ kind: 'human', hangsUpAfterTalking: 5 });
    await untilState(call, 'agent_screening');
    expect(await admission.optOut(ctx.db, ctx, call.phone, clock.now())).toBe(true);
    expect(await admission.optOut(ctx.db, ctx, call.phone, clock.now())).toBe(false);
    const settlement = { outcome: 'visitor_declined', endedBy: 'visitor' } as const;
    await exchange.until(async () => (await exchange.book(call.id)).state === 'closed');
    const book = await exchange.book(call.id);
    expect({ outcome: book.outcome, endedBy: book.ended_by }).toEqual(settlement);
    expect(linesOf(call.phone)).toEqual([]);
    expect(linesOf(milan.phone).at(-1)?.heard.at(-1)?.text).toContain('Kupac je prekinuo vezu');
    const again = await exchange.call(call.visitor, call.phone);
    expect([again.status, again.body.code]).toEqual([422, 'call_not_possible']);
    await exchange.until(async () => (await exchange.pinned()) === 0);
  });
});

describe('the agent hangs up', () => {
  test("an agent can hang up during the visitor's prompt", async () => {
    const call = await exchange.begin({ kind: 'human' });
    await exchange.until(() => linesOf(call.phone)[0]?.status === 'in-progress');
    exchange.simulator.phones.hangUp(milan.phone);
    await expectSettled(exchange, call, afterAccepting({ outcome: 'agent_left', endedBy: 'agent' }));
    expect(linesOf(call.phone)).toMatchObject([{ talkedWith: [], endedBy: 'other_side' }]);
  });

  test('an agent can hang up on the desk while the visitor’s phone rings', async () => {
    const call = await exchange.begin({ kind: 'no-answer' });
    await untilState(call, 'visitor_ringing');
    await hangUpAsAgent(exchange.service.ctx, Number(milan.id), call.id);
    await expectSettled(exchange, call, afterAccepting({ outcome: 'agent_left', endedBy: 'agent' }));
    expect(linesOf(call.phone)).toMatchObject([{ status: 'canceled' }]);
  });

  test('an agent who hangs up as the visitor picks up makes a conversation of zero seconds', async () => {
    const { phones } = exchange.simulator;
    for (const isAnswerFirst of [true, false]) {
      const call = await beginConfirmed({ kind: 'no-answer' });
      await exchange.until(() => linesOf(call.phone)[0]?.status === 'ringing');
      if (isAnswerFirst) phones.answer(call.phone);
      phones.hangUp(milan.phone);
      // The network has not stopped the ringing yet.
      phones.answer(call.phone);
      const settlement = { outcome: 'completed', endedBy: 'agent', talkSeconds: 0 } as const;
      await expectSettled(exchange, call, afterAccepting(settlement));
    }
  });
});
