import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Desk } from '#server/desk/schema.ts';
import type { Client } from '../../harness.ts';
import { type Exchange, startExchange } from '../calls/exchange.ts';
import { loggedIn, logIn } from '../presence/staff.ts';
import { openPage } from '../realtime/page.ts';

let exchange: Exchange;
let milan: Client;
beforeAll(async () => {
  exchange = await startExchange();
  milan = await loggedIn(exchange.service, exchange.world, 'milan');
});
afterAll(() => exchange.end());

test('an open desk shows a missed call, and a call-back that a colleague makes in vain, at once', async () => {
  const { service, simulator, world } = exchange;
  const colleague = await exchange.addColleague('Dragan');
  simulator.personas.set(world.phones.milan, { kind: 'no-answer' });
  simulator.personas.set(colleague.phone, { kind: 'no-answer' });
  const page = await openPage(service, milan);
  page.watch('agent');
  const desk = (fits: (state: Desk) => boolean) => page.until('agent', ({ state }) => fits(state), 20_000);
  await desk(({ missedUnseen }) => missedUnseen === 0);
  const call = await exchange.startCall({ kind: 'human', presses: ['1'] }, { agentId: world.agents.milan });
  await desk((state) => state.call?.id === call.id);
  await exchange.until(async () => (await exchange.record(call.id)).legs.length > 1);
  const { state } = await desk(({ missedUnseen }) => missedUnseen === 1);
  expect(state.recent[0]).toMatchObject({ id: call.id, result: 'missed', seen: false });
  await exchange.until(async () => (await exchange.record(call.id)).state === 'closed');
  await desk(({ recent }) => recent[0]?.outcome === 'no_agent');

  await exchange.advance(60);
  const email = 'dragan@sever.example';
  const agent = { email, name: 'Dragan', role: 'agent', locale: 'en', agentId: colleague.id } as const;
  const dragan = await logIn(service, { ...agent, vendorId: Number(world.vendors.sever) });
  const wantedAt = new Date(service.clock.now().getTime() + 3_600_000).toISOString();
  const asked = { offerId: world.offers.sensorSever, kind: 'sales', phone: exchange.newPhone(), wantedAt };
  const { id } = (await service.visitor().post('/api/call-backs', asked)).body;
  await desk(({ callBacks }) => callBacks[0]?.id === id && callBacks[0]?.status === 'open');
  const back = (await dragan.post(`/api/agent/call-backs/${id}/call`)).body;
  await desk(({ callBacks }) => callBacks[0]?.status === 'calling' && callBacks[0]?.calledBy === 'Dragan');
  await exchange.until(async () => (await exchange.record(back.id)).state === 'closed');
  await desk(({ callBacks }) => callBacks[0]?.status === 'open' && callBacks[0]?.attempts === 1);
  page.close();
});
