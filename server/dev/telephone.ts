import { randomBytes } from 'node:crypto';
import type { Config } from '#server/platform/config.ts';
import { ownOrigin } from './own-origin.ts';
import { demoPersona } from './phones/behaviours.ts';
import type { Simulator } from './twilio/port.ts';
import { startSimulator } from './twilio/simulator.ts';
import { realTime } from './twilio/time.ts';

// An unassigned number: subscriber numbers in Novi Sad don't begin with 0.
const ourNumber = '+381210000100';
const callsPerSecond = 5;

/** Starts the simulator with a generated account, unless a Twilio account is configured. */
export async function startTelephone(config: Config): Promise<Simulator | null> {
  if (config.twilio) return null;
  const account = {
    accountSid: `AC${hex(16)}`,
    authToken: hex(16),
    apiKey: `SK${hex(16)}`,
    apiSecret: hex(16),
    from: ourNumber,
  };
  const simulator = await startSimulator({
    account,
    time: realTime(),
    // The public URL may lead through a proxy, or nowhere.
    hosts: { [config.publicUrl]: ownOrigin(config) },
    defaultPersona: demoPersona,
    callsPerSecond,
    unassignedNumbers: config.calling.unassignedNumbers,
  });
  config.twilio = { ...account, secondaryAuthToken: undefined, baseUrl: simulator.url };
  return simulator;
}

const hex = (bytes: number): string => randomBytes(bytes).toString('hex');
