import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Persona } from '#server/dev/twilio/personas.ts';
import { type Exchange, startExchange } from './exchange.ts';
import { expectEnd } from './call-ends.ts';

let exchange: Exchange;

beforeAll(async () => {
  exchange = await startExchange({ simulator: { callsPerSecond: 0.25 } });
});
afterAll(() => exchange.end());

test('calls queued at Twilio ring later, and no timeout hits meanwhile', async () => {
  const colleagues = [await exchange.addColleague('Petra Marić'), await exchange.addColleague('Jovan Ilić')];
  // The agents pick up just before the ringing stops, 31 s after the last call was created.
  for (const phone of [exchange.world.phones.milan, ...colleagues.map((one) => one.phone)])
    exchange.simulator.personas.set(phone, { kind: 'human', answersAfter: 22, presses: ['1'] });
  const talk: Persona = { kind: 'human', presses: ['1'], hangsUpAfterTalking: 5 };
  const calls = [
    await exchange.startCall(talk),
    await exchange.startCall(talk),
    await exchange.startCall(talk),
  ];
  for (const call of calls) {
    const record = await expectEnd(exchange, call, { outcome: 'completed', talkSeconds: 5 });
    expect(record.legs.map(({ role }) => role)).toEqual(['agent', 'visitor']);
  }
  const waits = exchange.simulator
    .ledger()
    .filter(({ direction }) => direction === 'outbound-api')
    .map(({ createdAt, initiatedAt }) => (initiatedAt!.getTime() - createdAt.getTime()) / 1000);
  expect(waits).toEqual([0, 4, 8]);
});
