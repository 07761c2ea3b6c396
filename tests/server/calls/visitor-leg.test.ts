import { sql } from 'drizzle-orm';
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

/** Runs a call whose visitor's phone behaves so and checks its outcome. The agent is free again within seconds. */
async function endedWith(persona: Persona, outcome: string) {
  const call = await exchange.startCall(persona);
  const record = await exchange.expectEnded(call);
  expect(record).toMatchObject({ outcome, agent_id: milan.id });
  expect(await exchange.shownStatus(milan.id)).toBe('available');
  return { call, record };
}

const visitorLeg = (phone: string) => exchange.simulator.ledger().findLast(({ to }) => to === phone);
const saidTo = (phone: string) =>
  exchange.simulator
    .ledger()
    .findLast(({ to }) => to === phone)
    ?.heard.map(({ text }) => text) ?? [];

describe('the visitor', () => {
  test('the agent hears that the visitor did not answer', async () => {
    await endedWith({ kind: 'no-answer' }, 'visitor_no_answer');
    expect(saidTo(milan.phone).at(-1)).toContain('Nismo uspeli da dobijemo kupca');
  });

  test('a busy visitor ends the call', async () => {
    await endedWith({ kind: 'busy' }, 'visitor_busy');
  });

  test("an unreachable visitor's phone ends the call", async () => {
    await endedWith({ kind: 'failed', sipCode: 404 }, 'visitor_failed');
  });

  test('a number that Twilio refuses to dial ends the call', async () => {
    exchange.simulator.faults.add({ on: 'dial', effect: { kind: 'code', code: 13227 } });
    const { record } = await endedWith(short, 'visitor_failed');
    expect(record.talk_seconds).toBeNull();
  });

  test('a visitor can consent and hang up within a second', async () => {
    const { record } = await endedWith({ ...short, hangsUpAfterTalking: 0 }, 'completed');
    expect(record.talk_seconds).toBeLessThanOrEqual(1);
  });

  test("a visitor's voicemail can't consent, so nobody is joined with it", async () => {
    const { call } = await endedWith({ kind: 'voicemail', hangsUpAfter: 90 }, 'visitor_unconfirmed');
    expect(visitorLeg(call.phone)?.talkedWith).toEqual([]);
  });

  test('the visitor hears who calls and can opt out for good', async () => {
    const { call, record } = await endedWith({ kind: 'human', presses: ['9'] }, 'visitor_declined');
    expect(record.ended_by).toBe('visitor');
    expect(saidTo(call.phone)[0]).toContain('You asked to talk to Elektro Sever.');
    const again = await exchange.requestCall(call.visitor, call.phone);
    expect([again.status, again.body.code]).toEqual([422, 'call_not_possible']);
  });

  test('a visitor who consented once is joined at once the next time, and seconds count from the pick-up', async () => {
    const { call, record } = await endedWith({ ...short, hangsUpAfterTalking: 20 }, 'completed');
    expect(record.talk_seconds).toBe(20);
    exchange.simulator.personas.set(call.phone, { kind: 'human', hangsUpAfterTalking: 15 });
    const { body } = await exchange.requestCall(call.visitor, call.phone);
    const second = await exchange.expectEnded({ ...call, id: body.id });
    expect(second).toMatchObject({ outcome: 'completed', talk_seconds: 15, ended_by: 'visitor' });
    expect(saidTo(call.phone)).toEqual([]);
  });

  test('a person who consented once is asked again when another browser requests the call', async () => {
    const { call } = await endedWith({ ...short, hangsUpAfterTalking: 5 }, 'completed');
    exchange.simulator.personas.set(call.phone, { kind: 'human', presses: [null, null], hangsUpAfter: 60 });
    const stranger = exchange.service.visitor();
    const { body } = await exchange.requestCall(stranger, call.phone);
    const second = await exchange.expectEnded({ ...call, visitor: stranger, id: body.id });
    expect(second).toMatchObject({ outcome: 'visitor_unconfirmed', talk_seconds: null });
    expect(saidTo(call.phone)[0]).toContain('You asked to talk to Elektro Sever.');
    expect(visitorLeg(call.phone)?.talkedWith).toEqual([]);
    // The browser that consented is still connected at once.
    exchange.simulator.personas.set(call.phone, { kind: 'human', hangsUpAfterTalking: 5 });
    const third = await exchange.requestCall(call.visitor, call.phone);
    expect(await exchange.expectEnded({ ...call, id: third.body.id })).toMatchObject({
      outcome: 'completed',
    });
    expect(saidTo(call.phone)).toEqual([]);
  });

  test("when the agent hangs up while the visitor's phone rings, the agent left and can be called again soon", async () => {
    for (const [how, hasAction] of [
      ['canceled', true],
      ['no-answer', true],
      ['canceled', false],
      ['no-answer', false],
    ] as const) {
      Object.assign(exchange.simulator.faults.behaviour, {
        childWhenParentLeaves: how,
        actionWhenParentLeaves: hasAction,
      });
      exchange.simulator.personas.set(milan.phone, { kind: 'human', presses: ['1'], hangsUpAfter: 12 });
      const { record } = await endedWith({ kind: 'human', answersAfter: 20, presses: ['1'] }, 'agent_left');
      expect(record.ended_by).toBe('agent');
    }
  });

  test('the visitor can cancel while their phone rings and during the prompt', async () => {
    for (const state of ['visitor_ringing', 'prompted']) {
      const call = await exchange.startCall({ kind: 'human', presses: [null, null], hangsUpAfter: 60 });
      await exchange.until(async () => {
        const leg = visitorLeg(call.phone);
        return state === 'prompted' ? leg?.status === 'in-progress' : leg?.status === 'ringing';
      });
      await call.visitor.post(`/api/calls/${call.id}/hangup`);
      expect(await exchange.expectEnded(call)).toMatchObject({
        outcome: 'visitor_cancelled',
        ended_by: 'visitor',
      });
    }
  });
});

describe('one call per click', () => {
  const live = async () =>
    (await exchange.service.ctx.db.execute(sql`select 1 from calls where state <> 'closed'`)).length;

  test('three clicks at once start one call, with a key or without', async () => {
    for (const headers of [{}, { 'idempotency-key': 'click' }] as Record<string, string>[]) {
      const visitor = exchange.service.visitor();
      await visitor.get('/api/solutions/current');
      const phone = exchange.newPhone();
      const body = { offerId: exchange.world.offers.sensorSever, kind: 'sales', phone };
      const answers = await Promise.all([1, 2, 3].map(() => visitor.post('/api/calls', body, headers)));
      expect(answers.map(({ status }) => status)).toEqual([201, 201, 201]);
      expect(new Set(answers.map((answer) => answer.body.id)).size).toBe(1);
      expect(await live()).toBe(1);
      exchange.simulator.personas.set(phone, short);
      await exchange.expectEnded({ id: answers[0]!.body.id, phone, visitor });
    }
  });

  test('the same number from two browsers starts one call and one opaque refusal', async () => {
    await exchange.putOnDuty(exchange.world.agents.katrin);
    const phone = exchange.newPhone();
    exchange.simulator.personas.set(phone, short);
    const visitors = [exchange.service.visitor(), exchange.service.visitor()];
    const answers = await Promise.all([
      exchange.requestCall(visitors[0]!, phone),
      exchange.requestCall(visitors[1]!, phone, { offerId: exchange.world.offers.sensorBrandt }),
    ]);
    expect(answers.map(({ status }) => status).toSorted()).toEqual([201, 422]);
    expect(answers.find(({ status }) => status === 422)?.body.code).toBe('call_not_possible');
    const won = answers.findIndex(({ status }) => status === 201);
    await exchange.expectEnded({ id: answers[won]!.body.id, phone, visitor: visitors[won]! });
  });

  test('a visitor in a call is refused another', async () => {
    const call = await exchange.startCall(short);
    const other = await exchange.requestCall(call.visitor, exchange.newPhone());
    expect([other.status, other.body.code]).toEqual([409, 'call_in_progress']);
    await exchange.expectEnded(call);
  });

  test('a repeated key gets its call again, and is refused for another call', async () => {
    const visitor = exchange.service.visitor();
    const phone = exchange.newPhone();
    exchange.simulator.personas.set(phone, short);
    const body = { offerId: exchange.world.offers.sensorSever, kind: 'sales', phone };
    const first = await visitor.post('/api/calls', body, { 'idempotency-key': 'k' });
    await exchange.expectEnded({ id: first.body.id, phone, visitor });
    const again = await visitor.post('/api/calls', body, { 'idempotency-key': 'k' });
    expect(again.body).toEqual({ id: first.body.id, status: 'ended' });
    const other = await visitor.post(
      '/api/calls',
      { ...body, phone: exchange.newPhone() },
      { 'idempotency-key': 'k' },
    );
    expect([other.status, other.body.code]).toEqual([422, 'idempotency_key_reused']);
  });

  test('an empty key counts as none', async () => {
    const visitor = exchange.service.visitor();
    const ids = [];
    for (const phone of [exchange.newPhone(), exchange.newPhone()]) {
      exchange.simulator.personas.set(phone, short);
      const body = { offerId: exchange.world.offers.sensorSever, kind: 'sales', phone };
      const { id } = (await visitor.post('/api/calls', body, { 'idempotency-key': '' })).body;
      ids.push(id);
      await exchange.expectEnded({ id, phone, visitor });
    }
    expect(new Set(ids).size).toBe(2);
  });
});
