import { randomBytes } from 'node:crypto';
import type { Config } from '#server/platform/config.ts';
import { demoPersona } from './phones/behaviours.ts';
import type { Simulator } from './twilio/port.ts';
import { startSimulator } from './twilio/simulator.ts';
import { realTime } from './twilio/time.ts';

// Subscriber numbers in Novi Sad do not begin with 0: nobody's.
const ourNumber = '+381210000100';
const callsPerSecond = 5;

/** Without a Twilio account the demo's calls go to the simulator, with an account made up now. */
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
    // The public name may lead through a proxy, or nowhere.
    hosts: { [config.publicUrl]: ownOrigin(config) },
    defaultPersona: demoPersona,
    callsPerSecond,
    unassignedNumbers: config.calling.unassignedNumbers,
  });
  config.twilio = { ...account, secondaryAuthToken: undefined, baseUrl: simulator.url };
  return simulator;
}

const hex = (bytes: number): string => randomBytes(bytes).toString('hex');

/** Returns where this machine reaches the service, whatever its public name is. */
function ownOrigin({ host, port }: Config): string {
  const reachable = host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host;
  return `http://${reachable.includes(':') ? `[${reachable}]` : reachable}:${port}`;
}
