import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { checkAgentNumbers } from '#server/admission/jobs.ts';
import { setCallable } from '#server/vendors/service.ts';
import type { Client } from '../../harness.ts';
import { startBeside } from '../../harness.ts';
import { loggedIn, statusOf } from '../presence/staff.ts';
import { type Stand, stand } from './admitting.ts';

let s: Stand;
let milan: Client;
let id: number;
beforeAll(async () => {
  s = await stand();
  id = Number(s.world.agents.milan);
  milan = await loggedIn(s.service, s.world, 'milan');
});
afterAll(() => s.service.end());
beforeEach(async () => {
  await number(s.world.phones.milan);
});

/** The agent's number as a catalogue gives it, looked at by the job. */
async function number(phone: string): Promise<void> {
  const { ctx } = s.service;
  await ctx.sql`update agents set phone = ${phone} where id = ${id}`;
  await ctx.jobs.enqueue(ctx.db, checkAgentNumbers, [{}]);
  await s.service.drain();
}

const declare = () =>
  milan.put('/api/agent/status', {
    status: 'available',
    until: new Date(s.service.clock.now().getTime() + 36e5).toISOString(),
  });

test("an agent whose number's country isn’t called is shown offline and told why", async () => {
  expect((await declare()).body).toMatchObject({ status: 'available', phoneEnding: '2001' });
  for (const phone of ['+355692123456', '+381900123456', '+881612345678', 'ask at the desk']) {
    await number(phone);
    expect(await statusOf(s.service, id)).toBe('offline');
    expect((await declare()).body).toMatchObject({
      status: 'offline',
      declared: 'available',
      phoneEnding: null,
    });
    const desk = await milan.get('/api/agent/desk');
    expect(desk.body.me).toMatchObject({ status: 'offline', phoneEnding: null });
    await number(s.world.phones.milan);
    expect(await statusOf(s.service, id)).toBe('available');
  }
});

test('a vendor whose agents can’t be called shows nobody free before the click', async () => {
  await declare();
  await number('+355692123456');
  const visitor = s.service.visitor();
  const body = { offerId: s.world.offers.sensorSever, kind: 'sales', phone: s.phone() };
  const refused = await visitor.post('/api/calls', body);
  expect([refused.status, refused.body.code]).toEqual([409, 'nobody_free']);
});

test('callability follows the configuration of another service', async () => {
  await declare();
  const { ctx } = s.service;
  const { calling } = ctx.config;
  const other = await startBeside({
    ...s.service,
    config: { ...s.service.config, calling: { ...calling, countries: ['DE'] } },
  });
  await other.ctx.jobs.enqueue(other.ctx.db, checkAgentNumbers, [{}]);
  await other.ctx.jobs.drain();
  const shown = await statusOf(s.service, id);
  await other.end();
  expect(shown).toBe('offline');
  await number(s.world.phones.milan);
  expect(await statusOf(s.service, id)).toBe('available');
});

test('a result for an old number is not applied to a new one', async () => {
  const { db, sql } = s.service.ctx;
  const callable = async () =>
    (await sql`select callable from agents where id = ${id}`)[0]?.callable as boolean;
  expect(await setCallable(db, [{ agentId: id, phone: '+355692123456' }], false)).toEqual([]);
  expect(await callable()).toBe(true);
  expect(await setCallable(db, [{ agentId: id, phone: s.world.phones.milan }], false)).toEqual([id]);
  expect(await callable()).toBe(false);
});
