import { afterAll, beforeAll, expect, test } from 'vitest';
import { telephoneAccount } from '../../telephony.ts';
import { type Exchange, startExchange } from './exchange.ts';
import { expectEnd } from './call-ends.ts';

let exchange: Exchange;

beforeAll(async () => {
  // The simulator's wrong signatures are made with this token.
  exchange = await startExchange({
    env: { TWILIO_AUTH_TOKEN_SECONDARY: `not ${telephoneAccount.authToken}` },
  });
});
afterAll(() => exchange.end());

test('webhooks signed by the second token are accepted during a rotation', async () => {
  const { simulator, world } = exchange;
  const call = await exchange.startCall({ kind: 'human', presses: ['1'], hangsUpAfterTalking: 12 });
  await exchange.untilStatus(call, 'calling_visitor');
  for (const on of ['callback', 'document', 'action'] as const)
    simulator.faults.add({ on, times: Infinity, effect: { kind: 'wrong-signature' } });
  await expectEnd(exchange, call, {
    outcome: 'completed',
    endedBy: 'visitor',
    attempts: [[world.agents.milan, 'accepted']],
    talkSeconds: 12,
  });
  const received = simulator.ledger().flatMap(({ callbacks }) => callbacks);
  expect(new Set(received.map(({ answered }) => answered))).toEqual(new Set([204]));
});
