import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Persona } from '#server/dev/twilio/personas.ts';
import { type Exchange, startExchange } from './exchange.ts';
import { expectEnd } from './call-ends.ts';

/** Four agents are responsible for one offer, and the Twilio account has two lines. */
let exchange: Exchange;
let agents: { id: string; phone: string }[];
const short: Persona = { kind: 'human', presses: ['1'], hangsUpAfterTalking: 8 };

beforeAll(async () => {
  exchange = await startExchange({ simulator: { concurrency: 2 } });
  const { world } = exchange;
  agents = [{ id: world.agents.milan, phone: world.phones.milan }];
  for (const name of ['Petra Marić', 'Jovan Ilić', 'Ana Savić']) {
    const { id, phone } = await exchange.addColleague(name);
    agents.push({ id: String(id), phone });
  }
});
afterAll(() => exchange.end());
beforeEach(async () => {
  for (const { id } of agents) await exchange.putOnDuty(id);
});
afterEach(() => {
  for (const { phone } of agents) exchange.simulator.personas.clear(phone);
});

const agentsDo = (...personas: Persona[]) =>
  agents.forEach(({ phone }, at) => exchange.simulator.personas.set(phone, personas[at] ?? personas.at(-1)!));
const linesOf = (phone: string) => exchange.simulator.ledger().filter(({ to }) => to === phone);

test('three agents at most are tried when nobody answers, and nobody stays reserved', async () => {
  agentsDo({ kind: 'no-answer' });
  const call = await exchange.startCall(short, { agentId: agents[0]?.id });
  const record = await expectEnd(exchange, call, {
    outcome: 'no_agent',
    endedBy: 'system',
    misses: Object.fromEntries(agents.map(({ id }) => [id, 1])),
  });
  expect(record.legs.map(({ role, result }) => [role, result])).toEqual([
    ['agent', 'no_answer'],
    ['agent', 'no_answer'],
    ['agent', 'no_answer'],
  ]);
  expect(new Set(record.legs.map(({ agent_id }) => agent_id)).size).toBe(3);
  expect(linesOf(call.phone)).toEqual([]);
});

test('a call that meets only busy phones and rejections ends without an agent and counts no misses', async () => {
  agentsDo({ kind: 'busy' }, { kind: 'rejects' });
  const [first] = agents;
  const call = await exchange.startCall(short, { agentId: first?.id });
  const record = await expectEnd(exchange, call, { outcome: 'no_agent', endedBy: 'system' });
  expect(record.legs.map(({ result }) => result)).toEqual(['busy', 'busy', 'busy']);
});

test('no third agent is tried after 90 s', async () => {
  agentsDo({ kind: 'voicemail', answersAfter: 23, hangsUpAfter: 60 });
  const call = await exchange.startCall(short, { agentId: agents[0]?.id });
  const startedAt = exchange.service.clock.now().getTime();
  await exchange.until(async () => (await exchange.record(call.id)).state === 'closed');
  const seconds = (exchange.service.clock.now().getTime() - startedAt) / 1000;
  expect(seconds).toBeGreaterThanOrEqual(90);
  const record = await expectEnd(exchange, call, {
    outcome: 'no_agent',
    endedBy: 'system',
    misses: Object.fromEntries(agents.map(({ id }) => [id, 1])),
  });
  expect(record.legs.map(({ result }) => result)).toEqual(['silent', 'silent']);
});

test('a call is a platform error when all lines are taken, and running calls go on', async () => {
  const talking: Persona = { kind: 'human', presses: ['1'], hangsUpAfterTalking: 30 };
  const calls = [await exchange.startCall(talking), await exchange.startCall(talking)];
  await exchange.until(async () => {
    const records = await Promise.all(calls.map(({ id }) => exchange.record(id)));
    return records.every(({ state }) => state === 'bridged');
  });
  const third = await exchange.startCall(short);
  await exchange.until(async () => (await exchange.record(third.id)).state === 'closed');
  for (const call of calls)
    await expectEnd(exchange, call, { outcome: 'completed', endedBy: 'visitor', talkSeconds: 30 });
  const record = await expectEnd(exchange, third, { outcome: 'platform_error', endedBy: 'system' });
  expect(record.legs.map(({ result, sid }) => [result, sid])).toEqual([['cancelled', null]]);
});
