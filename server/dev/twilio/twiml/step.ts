import type { Leg } from '../leg.ts';
import type { Network } from '../network.ts';

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

/** One document being executed on a leg. */
export interface Run {
  network: Network;
  leg: Leg;
  /** Aborted when the leg ends or is sent elsewhere. */
  signal: AbortSignal;
  /** The document's own address, for relative ones in it. */
  base: string;
  /** Plays something to a callee before the two are joined. */
  whisper: (child: Leg, source: Source) => Promise<void>;
}
