import { afterAll, beforeAll, expect, test } from 'vitest';
import { telephoneAccount } from '../../telephony.ts';
import { type Exchange, startExchange } from './desk.ts';
import { expectSettled } from './settled.ts';

let exchange: Exchange;

beforeAll(async () => {
  // The simulated network signs with this one where it is told to sign otherwise.
  exchange = await startExchange({
    env: { TWILIO_AUTH_TOKEN_SECONDARY: `not ${telephoneAccount.authToken}` },
  });
});
afterAll(() => exchange.end());

test('webhooks signed by the new token are accepted during a rotation', async () => {
  const { simulator, world } = exchange;
  const call = await exchange.begin({ kind: 'human', presses: ['1'], hangsUpAfterTalking: 12 });
  await exchange.untilStatus(call, 'calling_visitor');
  for (const on of ['callback', 'document', 'action'] as const)
    simulator.faults.add({ on, times: Infinity, effect: { kind: 'wrong-signature' } });
  await expectSettled(exchange, call, {
    outcome: 'completed',
    endedBy: 'visitor',
    attempts: [[world.agents.milan, 'accepted']],
    talkSeconds: 12,
  });
  const told = simulator.ledger().flatMap(({ callbacks }) => callbacks);
  expect(new Set(told.map(({ answered }) => answered))).toEqual(new Set([204]));
});
