import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Exchange, startExchange } from './exchange.ts';

let exchange: Exchange;

beforeAll(async () => {
  exchange = await startExchange();
});
afterAll(() => exchange.end());
beforeEach(async () => {
  await exchange.advance(60);
  expect(await exchange.countReserved()).toBe(0);
});

describe('a call', () => {
  test('a call rings the agent, then the visitor, who consents, talks and hangs up; the agent wraps up', async () => {
    const visitor = exchange.service.visitor();
    const phone = exchange.newPhone();
    exchange.simulator.personas.set(phone, { kind: 'human', presses: ['1'], hangsUpAfterTalking: 42 });
    const started = await exchange.requestCall(visitor, phone);
    expect(started.status).toBe(201);
    expect(started.body.status).toBe('requested');
    const { id } = started.body;
    expect(await exchange.shownStatus(exchange.world.agents.milan)).toBe('busy');

    const seen = async () => (await visitor.get(`/api/calls/${id}`)).body;
    await exchange.until(async () => (await seen()).status === 'calling_agent');
    expect((await seen()).agent.name).toBe('Milan Petrović');
    await exchange.until(async () => (await seen()).status === 'calling_visitor');
    await exchange.until(async () => (await seen()).status === 'in_call');
    expect((await seen()).can).toEqual({
      ...{ hangUp: true, share: false, rate: false, goOn: false },
    });
    await exchange.until(async () => (await seen()).status === 'ended');

    const record = await exchange.record(id);
    const ledger = exchange.simulator.ledger();
    const leg = ledger.find(({ to }) => to === phone);
    expect(leg?.talkSeconds).toBe(42);
    expect(record).toMatchObject({
      outcome: 'completed',
      ended_by: 'visitor',
      talk_seconds: 42,
      closings: 1,
    });
    expect(await exchange.shownStatus(exchange.world.agents.milan)).toBe('busy');
    await exchange.advance(31);
    expect(await exchange.shownStatus(exchange.world.agents.milan)).toBe('available');
    expect((await seen()).can.rate).toBe(true);
  });
});
