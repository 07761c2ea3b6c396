import type { Faults } from './faults.ts';
import type { LedgerLeg } from './ledger.ts';
import type { Personas } from './personas.ts';
import type { Phones } from './phones.ts';

/** A phone network with Twilio's API, on loopback. */
export interface Simulator {
  url: string;
  personas: Personas;
  phones: Phones;
  faults: Faults;
  /** Returns every leg so far, in the order of placing. */
  ledger(): LedgerLeg[];
  /** Resolves when no HTTP exchange is running, except those that wait for the clock. */
  settled: () => Promise<void>;
  /** Returns how many requests are answered only once the clock advances. */
  waitingForTime: () => number;
  close(): Promise<void>;
}
