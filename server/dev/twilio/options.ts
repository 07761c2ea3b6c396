import type { Direction } from './leg.ts';
import type { Persona } from './personas.ts';
import type { SimulatorTime } from './time.ts';

export interface SimulatedAccount {
  accountSid: string;
  authToken: string;
  apiKey?: string | undefined;
  apiSecret?: string | undefined;
  /** Our number, E.164. */
  from: string;
}

export interface SimulatorOptions {
  account: SimulatedAccount;
  time: SimulatorTime;
  /** Default: a free port. */
  port?: number;
  /** Default: 127.0.0.1. */
  host?: string;
  /** Replacements of origins, as in a hosts file. Signatures cover the original URL. */
  hosts?: Record<string, string>;
  /** The behaviour of phones for which none is set. */
  defaultPersona?: (number: string, leg: { direction: Direction }) => Persona;
  /** Calls started per second; others wait. Default: 1, as for a new account. */
  callsPerSecond?: number;
  /** Whether unassigned numbers ring, such as those of the demo's people. */
  unassignedNumbers?: boolean;
  /** The maximum of live calls; more are refused. */
  concurrency?: number;
}
