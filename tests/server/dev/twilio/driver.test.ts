import { afterAll, beforeAll, expect, test } from 'vitest';
import { startWithTelephony, telephoneAccount, type Telephony } from '../../../telephony.ts';
import { agentPhone, realClient } from './simulator-setup.ts';

let telephony: Telephony;
beforeAll(async () => {
  telephony = await startWithTelephony();
});
afterAll(() => telephony.end());

test('the service and the simulator share a clock that only moves in steps', async () => {
  const { service, simulator, advance } = telephony;
  const before = service.clock.now();
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(service.clock.now()).toEqual(before);
  await advance(2.5);
  expect(service.clock.now().getTime() - before.getTime()).toBe(2500);

  const { accountSid, authToken, from } = telephoneAccount;
  const client = realClient(simulator.url, [accountSid, authToken]);
  client.accountSid = accountSid;
  await client.calls.create({ to: agentPhone, from, twiml: '<Response><Pause length="30"/></Response>' });
  await telephony.until(() => simulator.phones.view(agentPhone).state === 'listening', 10);
  await advance(40);
  const [leg] = simulator.ledger();
  expect(leg).toMatchObject({ status: 'completed', durationSeconds: 30, endedBy: 'document' });
});
