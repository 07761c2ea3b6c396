import { beforeAll, beforeEach, expect, test } from 'vitest';
import { checkAgentNumbers } from '#server/admission/jobs.ts';
import { setCallable } from '#server/vendors/service.ts';
import type { Client } from '../../harness.ts';
import { startBeside } from '../../harness.ts';
import { loggedIn, statusOf } from '../presence/staff.ts';
import { setUpAdmission } from './setup.ts';

const setup = await setUpAdmission();
let milan: Client;
let id: number;
beforeAll(async () => {
  id = Number(setup.world.agents.milan);
  milan = await loggedIn(setup.service, setup.world, 'milan');
});
beforeEach(async () => {
  await setNumber(setup.world.phones.milan);
});

/** Sets the agent's number as an import would, and runs the job that checks it. */
async function setNumber(phone: string): Promise<void> {
  const { ctx } = setup.service;
  await ctx.sql`update agents set phone = ${phone} where id = ${id}`;
  await ctx.jobs.enqueue(ctx.db, checkAgentNumbers, [{}]);
  await setup.service.drain();
}

const declare = () =>
  milan.put('/api/agent/status', {
    status: 'available',
    until: new Date(setup.service.clock.now().getTime() + 36e5).toISOString(),
  });

test("an agent whose number can't be called is shown offline, and their desk shows no phone", async () => {
  expect((await declare()).body).toMatchObject({ status: 'available', phoneEnding: '2001' });
  for (const phone of ['+355692123456', '+381900123456', '+881612345678', 'ask at the desk']) {
    await setNumber(phone);
    expect(await statusOf(setup.service, id)).toBe('offline');
    expect((await declare()).body).toMatchObject({
      status: 'offline',
      declared: 'available',
      phoneEnding: null,
    });
    const desk = await milan.get('/api/agent/desk');
    expect(desk.body.me).toMatchObject({ status: 'offline', phoneEnding: null });
    await setNumber(setup.world.phones.milan);
    expect(await statusOf(setup.service, id)).toBe('available');
  }
});

test('a call to a vendor whose agents can’t be called is refused because nobody is free', async () => {
  await declare();
  await setNumber('+355692123456');
  const visitor = setup.service.visitor();
  const body = { offerId: setup.world.offers.sensorSever, kind: 'sales', phone: setup.newPhone() };
  const refused = await visitor.post('/api/calls', body);
  expect([refused.status, refused.body.code]).toEqual([409, 'nobody_free']);
});

test('a process with another list of countries changes which agents can be called', async () => {
  await declare();
  const { ctx } = setup.service;
  const { calling } = ctx.config;
  const other = await startBeside({
    ...setup.service,
    config: { ...setup.service.config, calling: { ...calling, countries: ['DE'] } },
  });
  await other.ctx.jobs.enqueue(other.ctx.db, checkAgentNumbers, [{}]);
  await other.ctx.jobs.drain();
  const shown = await statusOf(setup.service, id);
  await other.end();
  expect(shown).toBe('offline');
  await setNumber(setup.world.phones.milan);
  expect(await statusOf(setup.service, id)).toBe('available');
});

test('a check of an old number is not applied to the new one', async () => {
  const { db, sql } = setup.service.ctx;
  const callable = async () =>
    (await sql`select callable from agents where id = ${id}`)[0]?.callable as boolean;
  expect(await setCallable(db, [{ agentId: id, phone: '+355692123456' }], false)).toEqual([]);
  expect(await callable()).toBe(true);
  expect(await setCallable(db, [{ agentId: id, phone: setup.world.phones.milan }], false)).toEqual([id]);
  expect(await callable()).toBe(false);
});
