import type { Faults } from '../faults.ts';
import type { Leg } from '../leg.ts';
import type { Lines } from '../lines.ts';
import type { NumberRule } from '../numbers.ts';
import type { SimulatedAccount } from '../options.ts';
import type { SimulatorTime } from '../time.ts';
import type { Web } from '../web.ts';

/** Where a call's next document comes from. */
export interface Source {
  /** `action`: asked after a verb, to go on with its answer. */
  kind: 'document' | 'action';
  from: { url: string; method: string } | { twiml: string };
  params: Record<string, string>;
}

export interface Fallback {
  url: string;
  method: string;
}

/** Nothing: on to the next verb. */
export type Outcome = Source | 'hang-up' | undefined;

/** What executing a document needs of the simulator. */
export interface RunParts extends NumberRule {
  account: SimulatedAccount;
  time: SimulatorTime;
  faults: Faults;
  web: Web;
  lines: Lines;
}

/** One document being executed on a leg. */
export interface Run {
  parts: RunParts;
  leg: Leg;
  /** Aborted when the leg ends or is sent elsewhere. */
  signal: AbortSignal;
  /** The document's own address, for relative ones in it. */
  base: string;
  /** Plays something to a callee before the two are joined. */
  whisper: (child: Leg, source: Source) => Promise<void>;
}
