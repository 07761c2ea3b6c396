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
  /** Any free one unless said. */
  port?: number;
  /** 127.0.0.1 unless said. */
  host?: string;
  /** Origins reached elsewhere, as in a hosts file; signatures cover the original address. */
  hosts?: Record<string, string>;
  /** How a phone behaves that nobody set. */
  defaultPersona?: (number: string, leg: { direction: Direction }) => Persona;
  /** Calls started in a second; more wait their turn. 1, as for a new account. */
  callsPerSecond?: number;
  /** Numbers of ranges without subscribers ring too, as those of invented people do. */
  unassignedNumbers?: boolean;
  /** Live calls at once; more are refused. */
  concurrency?: number;
}
