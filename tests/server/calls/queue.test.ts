import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Persona } from '#server/dev/twilio/personas.ts';
import { type Exchange, startExchange } from './desk.ts';

let exchange: Exchange;

beforeAll(async () => {
  exchange = await startExchange({ simulator: { callsPerSecond: 0.25 } });
}, 60_000);
afterAll(() => exchange.end());

test('case 7: calls that wait their turn ring later, and nobody gives up meanwhile', async () => {
  const colleague = await exchange.colleague('Petra Marić');
  for (const phone of [exchange.world.phones.milan, colleague.phone])
    exchange.simulator.personas.set(phone, { kind: 'human', answersAfter: 18, presses: ['1'] });
  const talk: Persona = { kind: 'human', presses: ['1'], hangsUpAfterTalking: 5 };
  const calls = [await exchange.begin(talk), await exchange.begin(talk)];
  for (const call of calls) expect(await exchange.finished(call)).toMatchObject({ outcome: 'completed' });
  const waits = exchange.simulator
    .ledger()
    .filter(({ direction }) => direction === 'outbound-api')
    .map(({ createdAt, initiatedAt }) => (initiatedAt!.getTime() - createdAt.getTime()) / 1000);
  expect(Math.max(...waits)).toBeGreaterThanOrEqual(3);
});
