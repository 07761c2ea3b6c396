import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { callBackTopic } from '#server/call-backs/service.ts';
import * as admission from '#server/admission/service.ts';
import type { Client } from '../../harness.ts';
import { addNikola } from '../desk/desks.ts';
import { loggedIn, logIn } from '../presence/staff.ts';
import { type Exchange, startExchange } from '../calls/exchange.ts';

let exchange: Exchange;
let milan: Client;
let colleague: Client;
let colleagueId: number;

beforeAll(async () => {
  exchange = await startExchange();
  const { service, world } = exchange;
  milan = await loggedIn(service, world, 'milan');
  const dragan = await exchange.addColleague('Dragan');
  colleagueId = dragan.id;
  colleague = await agentOf('sever', dragan.id, 'dragan@sever.example');
});
afterAll(() => exchange.end());
beforeEach(async () => {
  await exchange.advance(60);
  expect(await exchange.countReserved()).toBe(0);
});
afterEach(async () => {
  await exchange.service.ctx.sql`delete from limit_counters`;
});

function agentOf(vendor: 'sever' | 'wisla', agentId: number, email: string): Promise<Client> {
  const vendorId = Number(exchange.world.vendors[vendor]);
  return logIn(exchange.service, { email, name: email, role: 'agent', locale: 'en', vendorId, agentId });
}

/** Requests a call-back of milan's vendor as a new visitor. */
async function requestCallBack(about: object = {}) {
  const visitor = exchange.service.visitor();
  const phone = exchange.newPhone();
  const wantedAt = new Date(exchange.service.clock.now().getTime() + 36e5).toISOString();
  const offerId = exchange.world.offers.sensorSever;
  const body = { offerId, kind: 'sales', phone, wantedAt, ...about };
  const { id } = (await visitor.post('/api/call-backs', body)).body;
  const seen = async () =>
    (await visitor.get('/api/call-backs')).body.items.find((one: { id: string }) => one.id === id);
  return { id, phone, visitor, status: async () => (await seen()).status };
}

const buyerOf = async (id: string) =>
  (await exchange.service.ctx.sql`select buyer_id from call_backs where id = ${id}`)[0]?.['buyer_id'];
const callBack = (agent: Client, id: string) => agent.post(`/api/agent/call-backs/${id}/call`);
const closing = (agent: Client, id: string, note = 'Answered by mail') =>
  agent.post(`/api/agent/call-backs/${id}/closing`, { note });
const code = ({ status, body }: { status: number; body: { code?: string } }) => `${status} ${body.code}`;
const untilClosed = (callId: string) =>
  exchange.until(async () => (await exchange.record(callId)).state === 'closed');

describe('calling back', () => {
  test('calling back rings the agent, then the visitor, and the conversation completes the request', async () => {
    const { id, phone, status, visitor } = await requestCallBack();
    const read = async (browser: Client) => (await browser.get(`/api/call-backs/${id}`)).body;
    expect(await read(visitor)).toMatchObject({ status: 'open', callId: null });
    expect((await read(exchange.service.visitor())).code).toBe('not_found');
    exchange.simulator.personas.set(phone, { kind: 'human', presses: ['1'], hangsUpAfterTalking: 20 });
    const started = await callBack(milan, id);
    expect(await read(visitor)).toMatchObject({ status: 'calling', callId: started.body.id });
    expect((await visitor.get('/api/calls/current')).body.call.id).toBe(started.body.id);
    const vendorId = exchange.world.vendors.sever;
    const seen = await callBackTopic(exchange.service.ctx, String(await buyerOf(id)), id);
    expect(seen).toMatchObject({ state: { callId: started.body.id }, dependsOn: [`vendor:${vendorId}`] });
    expect(await callBackTopic(exchange.service.ctx, randomUUID(), id)).toBeNull();
    expect(started.status).toBe(201);
    expect(started.body.status).toBe('requested');
    expect(await status()).toBe('calling');
    await untilClosed(started.body.id);
    expect(await exchange.record(started.body.id)).toMatchObject({
      ...{ outcome: 'completed', agent_id: exchange.world.agents.milan, talk_seconds: 20, closings: 1 },
    });
    expect(await status()).toBe('done');
    expect(code(await callBack(milan, id))).toBe('409 call_back_closed');
    expect(code(await closing(milan, id))).toBe('409 call_back_closed');
  });

  test('an agent who is away may call back, and nobody else is called instead', async () => {
    await milan.put('/api/agent/status', { status: 'away' });
    const { id, status } = await requestCallBack();
    exchange.simulator.personas.set(exchange.world.phones.milan, { kind: 'no-answer' });
    const { body } = await callBack(milan, id);
    await untilClosed(body.id);
    const { legs, outcome } = await exchange.record(body.id);
    expect(legs.map(({ agent_id }) => agent_id)).toEqual([exchange.world.agents.milan]);
    expect(outcome).toBe('no_agent');
    expect(await status()).toBe('open');
    exchange.simulator.personas.clear(exchange.world.phones.milan);
    await exchange.putOnDuty(exchange.world.agents.milan);
  });

  test('an unanswered call-back stays open for five tries', async () => {
    const { id, phone, status } = await requestCallBack();
    exchange.simulator.personas.set(phone, { kind: 'busy' });
    const statuses: string[] = [];
    for (let i = 0; i < 5; i += 1) {
      const started = await callBack(milan, id);
      await untilClosed(started.body.id);
      statuses.push(await status());
      await exchange.advance(10);
      await exchange.service.ctx.sql`delete from limit_counters`;
    }
    expect(statuses).toEqual(['open', 'open', 'open', 'open', 'expired']);
    expect(code(await callBack(milan, id))).toBe('409 call_back_closed');
  });

  test("an agent whose number isn't called can't call back, and no try is used up", async () => {
    const { id, status } = await requestCallBack();
    const { sql } = exchange.service.ctx;
    const own = Number(exchange.world.agents.milan);
    await sql`update agents set callable = false where id = ${own}`;
    expect(code(await callBack(milan, id))).toBe('422 call_not_possible');
    await sql`update agents set callable = true where id = ${own}`;
    expect(await status()).toBe('open');
    expect(await sql`select attempts from call_backs where id = ${id}`).toEqual([{ attempts: 0 }]);
    expect(await sql`select 1 from calls where call_back_id = ${id}`).toEqual([]);
  });

  test('of two agents who call back at once, one is refused until the call has ended', async () => {
    const { id, phone } = await requestCallBack();
    exchange.simulator.personas.set(phone, { kind: 'busy' });
    const replies = await Promise.all([callBack(milan, id), callBack(colleague, id)]);
    const started = replies.find(({ status }) => status === 201);
    expect(replies.map((reply) => (reply === started ? 'started' : code(reply))).toSorted()).toEqual([
      '409 call_not_yours_now',
      'started',
    ]);
    const other = replies[0] === started ? colleague : milan;
    expect(code(await closing(other, id))).toBe('409 call_not_yours_now');
    await untilClosed(started?.body.id);
    await exchange.advance(10);
    expect((await closing(other, id)).status).toBe(204);
  });

  test("an agent in a call can't call anybody back", async () => {
    const [one, two] = [await requestCallBack(), await requestCallBack()];
    exchange.simulator.personas.set(one.phone, { kind: 'human', presses: ['1'], hangsUpAfterTalking: 5 });
    const { body } = await callBack(milan, one.id);
    expect(code(await callBack(milan, two.id))).toBe('409 call_in_progress');
    expect(await two.status()).toBe('open');
    await untilClosed(body.id);
  });

  test('a visitor who is in a call is not called a second time', async () => {
    const { id, phone, visitor, status } = await requestCallBack();
    exchange.simulator.personas.set(phone, { kind: 'human', presses: ['1'], hangsUpAfterTalking: 5 });
    const live = await exchange.requestCall(visitor, phone);
    expect(live.status).toBe(201);
    const agent = (await exchange.record(live.body.id)).agent_id;
    const free = agent === exchange.world.agents.milan ? colleague : milan;
    expect(code(await callBack(free, id))).toBe('422 call_not_possible');
    expect(await status()).toBe('open');
    await untilClosed(live.body.id);
  });

  test('cancelling while a phone rings ends the call', async () => {
    for (const until of ['agent_ringing', 'visitor_ringing']) {
      const { id, phone, visitor, status } = await requestCallBack();
      exchange.simulator.personas.set(phone, { kind: 'no-answer' });
      const { body } = await callBack(milan, id);
      await exchange.until(async () => (await exchange.record(body.id)).state === until);
      expect((await visitor.delete(`/api/call-backs/${id}`)).status).toBe(204);
      await untilClosed(body.id);
      expect(await exchange.record(body.id)).toMatchObject({ outcome: 'visitor_cancelled' });
      expect(await status()).toBe('cancelled');
      await exchange.advance(60);
    }
  });

  test('cancelling during the conversation lets it complete the request', async () => {
    const { id, phone, visitor, status } = await requestCallBack();
    exchange.simulator.personas.set(phone, { kind: 'human', presses: ['1'], hangsUpAfterTalking: 20 });
    const { body } = await callBack(milan, id);
    await exchange.until(async () => (await exchange.record(body.id)).state === 'bridged');
    expect((await visitor.delete(`/api/call-backs/${id}`)).status).toBe(204);
    expect(await status()).toBe('cancelled');
    await untilClosed(body.id);
    expect(await exchange.record(body.id)).toMatchObject({ outcome: 'completed', talk_seconds: 20 });
    expect(await status()).toBe('done');
    expect(code(await visitor.delete(`/api/call-backs/${id}`))).toBe('409 call_back_closed');
    expect(await status()).toBe('done');
  });

  test('cancelling as the conversation ends leaves the request done', async () => {
    const { id, phone, visitor, status } = await requestCallBack();
    exchange.simulator.personas.set(phone, { kind: 'human', presses: ['1'], hangsUpAfterTalking: 5 });
    const { body } = await callBack(milan, id);
    await exchange.until(async () => (await exchange.record(body.id)).state === 'bridged');
    await exchange.advance(4);
    const [cancelled] = await Promise.all([visitor.delete(`/api/call-backs/${id}`), untilClosed(body.id)]);
    expect([204, 409]).toContain(cancelled.status);
    expect(await status()).toBe('done');
  });

  test('a number that has opted out since the request is not called back', async () => {
    const { id, phone, status } = await requestCallBack();
    const { ctx } = exchange.service;
    await ctx.db.transaction((tx) => admission.optOut(tx, ctx, phone, exchange.service.clock.now()));
    expect(await status()).toBe('cancelled');
    expect(code(await callBack(milan, id))).toBe('409 call_back_closed');
  });
});

describe('the agents who may work on a call-back', () => {
  test("only responsible agents of its kind see a call-back; for others it doesn't exist", async () => {
    const { service, world } = exchange;
    const { id, status } = await requestCallBack();
    const nikolaId = await addNikola(service.ctx.db, world);
    const strangers = {
      'another vendor': await loggedIn(service, world, 'agnieszka'),
      'the same vendor, another kind': await loggedIn(service, world, 'ivana'),
      'the same vendor and kind, another product': await agentOf('sever', nikolaId, 'nikola@sever.example'),
    };
    for (const [who, agent] of Object.entries(strangers)) {
      expect(`${who}: ${(await callBack(agent, id)).status}`).toBe(`${who}: 404`);
      expect(`${who}: ${(await closing(agent, id)).status}`).toBe(`${who}: 404`);
    }
    for (const unknown of ['x', '01926d3a-7b1c-7def-8123-456789abcdef']) {
      expect((await callBack(milan, unknown)).status).toBe(404);
      expect((await closing(milan, unknown)).status).toBe(404);
    }
    expect(await status()).toBe('open');
    expect((await closing(colleague, id)).status).toBe(204);
    expect(await status()).toBe('done');
    const [kept] = await service.ctx.sql`
      select payload from events where name = 'call_back.closed' and payload ->> 'callBackId' = ${id}`;
    expect(kept?.payload).toEqual({ callBackId: id, agentId: colleagueId, note: 'Answered by mail' });
  });
});
