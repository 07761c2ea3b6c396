import type { Faults } from './faults.ts';
import type { LedgerLeg } from './ledger.ts';
import type { Personas } from './personas.ts';
import type { Phones } from './phones.ts';

/** A simulated phone network with Twilio's API. */
export interface Simulator {
  url: string;
  personas: Personas;
  phones: Phones;
  faults: Faults;
  /** Returns all legs so far, oldest first. */
  ledger(): LedgerLeg[];
  /** Resolves when no HTTP exchange is running, except those that wait for virtual time. */
  settled: () => Promise<void>;
  /** Returns the number of requests that wait for virtual time. */
  waitingForTime: () => number;
  close(): Promise<void>;
}
