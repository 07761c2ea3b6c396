import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Persona } from '#server/dev/twilio/personas.ts';
import { type Exchange, startExchange } from './desk.ts';
import { expectSettled } from './settled.ts';

let exchange: Exchange;

beforeAll(async () => {
  exchange = await startExchange({ simulator: { callsPerSecond: 0.25 } });
});
afterAll(() => exchange.end());

test('calls queued at Twilio ring later, and no timeout hits meanwhile', async () => {
  const colleagues = [await exchange.colleague('Petra Marić'), await exchange.colleague('Jovan Ilić')];
  // Picked up just before they would stop ringing: 31 s after the last one was asked for.
  for (const phone of [exchange.world.phones.milan, ...colleagues.map((one) => one.phone)])
    exchange.simulator.personas.set(phone, { kind: 'human', answersAfter: 22, presses: ['1'] });
  const talk: Persona = { kind: 'human', presses: ['1'], hangsUpAfterTalking: 5 };
  const calls = [await exchange.begin(talk), await exchange.begin(talk), await exchange.begin(talk)];
  for (const call of calls) {
    const book = await expectSettled(exchange, call, { outcome: 'completed', talkSeconds: 5 });
    expect(book.legs.map(({ role }) => role)).toEqual(['agent', 'visitor']);
  }
  const waits = exchange.simulator
    .ledger()
    .filter(({ direction }) => direction === 'outbound-api')
    .map(({ createdAt, initiatedAt }) => (initiatedAt!.getTime() - createdAt.getTime()) / 1000);
  expect(waits).toEqual([0, 4, 8]);
});
