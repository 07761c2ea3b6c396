import type { Faults } from '../faults.ts';
import type { Leg } from '../leg.ts';
import type { Lines } from '../lines.ts';
import type { NumberRule } from '../numbers.ts';
import type { SimulatedAccount } from '../options.ts';
import type { SimulatorTime } from '../time.ts';
import type { Web } from '../web.ts';

/** The source of a call's next document. */
export interface Source {
  /** `action`: requested after a verb. */
  kind: 'document' | 'action';
  from: { url: string; method: string } | { twiml: string };
  params: Record<string, string>;
}

export interface Fallback {
  url: string;
  method: string;
}

/** Undefined: go on with the next verb. */
export type Outcome = Source | 'hang-up' | undefined;

/** The parts of the simulator that documents need. */
export interface RunParts extends NumberRule {
  account: SimulatedAccount;
  time: SimulatorTime;
  faults: Faults;
  web: Web;
  lines: Lines;
}

/** The execution of a document on a leg. */
export interface Run {
  parts: RunParts;
  leg: Leg;
  /** Aborted when the leg ends or is redirected. */
  signal: AbortSignal;
  /** The document's URL, to resolve relative ones. */
  base: string;
  /** Executes a document for a callee before they are connected. */
  whisper: (child: Leg, source: Source) => Promise<void>;
}
