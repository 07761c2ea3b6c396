import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Persona } from '#server/dev/twilio/personas.ts';
import { type Beside, type Client, startBeside } from '../../harness.ts';
import { type StartedCall, type Exchange, startExchange } from './exchange.ts';
import { expectEnd } from './call-ends.ts';

/** Two processes of the service on one database. */
let exchange: Exchange;
let beside: Beside;
let milan: string;
const short: Persona = { kind: 'human', presses: ['1'], hangsUpAfterTalking: 8 };

beforeAll(async () => {
  exchange = await startExchange();
  beside = await startBeside(exchange.service);
  milan = exchange.world.agents.milan;
});
afterAll(async () => {
  await beside.end();
  await exchange.end();
});
beforeEach(() => exchange.putOnDuty(milan));

/** Returns one browser as a client of either process. */
async function openTwin(): Promise<[Client, Client]> {
  const here = exchange.service.visitor();
  await here.get('/api/solutions/current');
  const there = beside.visitor();
  for (const [name, value] of here.cookies) there.cookies.set(name, value);
  return [here, there];
}

async function liveCalls(): Promise<number> {
  const [row] = await exchange.service.ctx.sql<{ live: number }[]>`
    select count(*)::int as live from calls where state <> 'closed'`;
  return row?.live ?? -1;
}

/** Requests calls at once; returns the one that started, and the refusals of the others. */
async function race(clicks: [Client, string][]): Promise<{ call: StartedCall; refused: [number, string][] }> {
  for (const [, phone] of clicks) exchange.simulator.personas.set(phone, short);
  const answers = await Promise.all(clicks.map(([visitor, phone]) => exchange.requestCall(visitor, phone)));
  expect(await liveCalls()).toBe(1);
  const won = answers.findIndex(({ status }) => status === 201);
  const [visitor, phone] = clicks[won]!;
  const refused = answers.filter(({ status }) => status !== 201);
  return {
    call: { id: answers[won]!.body.id, phone, visitor },
    refused: refused.map(({ status, body }) => [status, body.code ?? '']),
  };
}

const completed = () =>
  ({ outcome: 'completed', endedBy: 'visitor', attempts: [[milan, 'accepted']], talkSeconds: 8 }) as const;

test('two processes reserve an agent once, and the other caller is refused because nobody is free', async () => {
  for (let round = 0; round < 3; round += 1) {
    const { call, refused } = await race([
      [exchange.service.visitor(), exchange.newPhone()],
      [beside.visitor(), exchange.newPhone()],
    ]);
    expect(refused).toEqual([[409, 'nobody_free']]);
    await expectEnd(exchange, call, completed());
  }
});

test('an agent called from one process is busy in the other', async () => {
  const call = await exchange.startCall(short);
  const other = await exchange.requestCall(beside.visitor(), exchange.newPhone());
  expect([other.status, other.body.code]).toEqual([409, 'nobody_free']);
  await expectEnd(exchange, call, completed());
});

test('two tabs on two processes start one call, known to both', async () => {
  const [here, there] = await openTwin();
  const phone = exchange.newPhone();
  exchange.simulator.personas.set(phone, short);
  const answers = await Promise.all([
    exchange.requestCall(here, phone),
    exchange.requestCall(there, phone),
    exchange.requestCall(here, phone),
    exchange.requestCall(there, phone),
  ]);
  expect(answers.map(({ status }) => status)).toEqual([201, 201, 201, 201]);
  const [id, ...others] = new Set(answers.map(({ body }) => body.id));
  expect(others).toEqual([]);
  expect(await liveCalls()).toBe(1);
  const call = { id: id ?? '', phone, visitor: there };
  expect((await there.get('/api/calls/current')).body.call.id).toBe(id);
  await expectEnd(exchange, call, completed());
});

test('the same number from two browsers on two processes starts one call and one opaque refusal', async () => {
  const colleague = await exchange.addColleague('Petra Marić');
  const phone = exchange.newPhone();
  const { call, refused } = await race([
    [exchange.service.visitor(), phone],
    [beside.visitor(), phone],
  ]);
  expect(refused).toEqual([[422, 'call_not_possible']]);
  const record = await expectEnd(exchange, call, { outcome: 'completed', talkSeconds: 8 });
  expect([milan, String(colleague.id)]).toContain(record.agent_id);
});

test('a visitor can hang up through another process', async () => {
  const [here, there] = await openTwin();
  const phone = exchange.newPhone();
  exchange.simulator.personas.set(phone, { kind: 'human', presses: ['1'] });
  const { body } = await exchange.requestCall(here, phone);
  const call = { id: body.id, phone, visitor: here };
  await exchange.untilStatus(call, 'in_call');
  const elsewhere = await exchange.requestCall(there, exchange.newPhone());
  expect([elsewhere.status, elsewhere.body.code]).toEqual([409, 'call_in_progress']);
  await Promise.all([here.post(`/api/calls/${call.id}/hangup`), there.post(`/api/calls/${call.id}/hangup`)]);
  await expectEnd(exchange, call, { outcome: 'completed', endedBy: 'visitor' });
});
