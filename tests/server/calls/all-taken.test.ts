import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Persona } from '#server/dev/twilio/personas.ts';
import { type Exchange, startExchange } from './desk.ts';
import { expectSettled } from './settled.ts';

/** Four agents answer for one offer, and the account has two lines. */
let exchange: Exchange;
let agents: { id: string; phone: string }[];
const short: Persona = { kind: 'human', presses: ['1'], hangsUpAfterTalking: 8 };

beforeAll(async () => {
  exchange = await startExchange({ simulator: { concurrency: 2 } });
  const { world } = exchange;
  agents = [{ id: world.agents.milan, phone: world.phones.milan }];
  for (const name of ['Petra Marić', 'Jovan Ilić', 'Ana Savić']) {
    const { id, phone } = await exchange.colleague(name);
    agents.push({ id: String(id), phone });
  }
});
afterAll(() => exchange.end());
beforeEach(async () => {
  for (const { id } of agents) await exchange.onDuty(id);
});
afterEach(() => {
  for (const { phone } of agents) exchange.simulator.personas.clear(phone);
});

const agentsDo = (...personas: Persona[]) =>
  agents.forEach(({ phone }, at) => exchange.simulator.personas.set(phone, personas[at] ?? personas.at(-1)!));
const linesOf = (phone: string) => exchange.simulator.ledger().filter(({ to }) => to === phone);

test('three agents at most are tried when nobody answers, and nobody stays reserved', async () => {
  agentsDo({ kind: 'no-answer' });
  const call = await exchange.begin(short, { agentId: agents[0]?.id });
  const book = await expectSettled(exchange, call, {
    outcome: 'no_agent',
    endedBy: 'system',
    misses: Object.fromEntries(agents.map(({ id }) => [id, 1])),
  });
  expect(book.legs.map(({ role, result }) => [role, result])).toEqual([
    ['agent', 'no_answer'],
    ['agent', 'no_answer'],
    ['agent', 'no_answer'],
  ]);
  expect(new Set(book.legs.map(({ agent_id }) => agent_id)).size).toBe(3);
  expect(linesOf(call.phone)).toEqual([]);
});

test('each kind of missed call counts for the agents it should', async () => {
  agentsDo({ kind: 'busy' }, { kind: 'rejects' });
  const [first] = agents;
  const call = await exchange.begin(short, { agentId: first?.id });
  const book = await expectSettled(exchange, call, { outcome: 'no_agent', endedBy: 'system' });
  expect(book.legs.map(({ result }) => result)).toEqual(['busy', 'busy', 'busy']);
});

test('no third agent is tried after 90 s', async () => {
  agentsDo({ kind: 'voicemail', answersAfter: 23, hangsUpAfter: 60 });
  const call = await exchange.begin(short, { agentId: agents[0]?.id });
  const startedAt = exchange.service.clock.now().getTime();
  await exchange.until(async () => (await exchange.book(call.id)).state === 'closed');
  const seconds = (exchange.service.clock.now().getTime() - startedAt) / 1000;
  expect(seconds).toBeGreaterThanOrEqual(90);
  const book = await expectSettled(exchange, call, {
    outcome: 'no_agent',
    endedBy: 'system',
    misses: Object.fromEntries(agents.map(({ id }) => [id, 1])),
  });
  expect(book.legs.map(({ result }) => result)).toEqual(['silent', 'silent']);
});

test('a call is a platform error when all lines are taken, and running calls go on', async () => {
  const talking: Persona = { kind: 'human', presses: ['1'], hangsUpAfterTalking: 30 };
  const calls = [await exchange.begin(talking), await exchange.begin(talking)];
  await exchange.until(async () => {
    const books = await Promise.all(calls.map(({ id }) => exchange.book(id)));
    return books.every(({ state }) => state === 'bridged');
  });
  const third = await exchange.begin(short);
  await exchange.until(async () => (await exchange.book(third.id)).state === 'closed');
  for (const call of calls)
    await expectSettled(exchange, call, { outcome: 'completed', endedBy: 'visitor', talkSeconds: 30 });
  const book = await expectSettled(exchange, third, { outcome: 'platform_error', endedBy: 'system' });
  expect(book.legs.map(({ result, sid }) => [result, sid])).toEqual([['cancelled', null]]);
});
