import * as credits from '#server/credits/service.ts';
import type { CallRow } from './queries.ts';
import type { LockedCall } from './locked-call.ts';
import * as queries from './queries.ts';
import { consentSeconds, limitGraceSeconds } from './rules.ts';

/** Support takes the buyer's credit, unless an agent calls back: then the partner wants the call. */
export const isMetered = ({ kind, callBackId }: Pick<CallRow, 'kind' | 'callBackId'>): boolean =>
  kind === 'support' && callBackId === null;

type Limited = Pick<CallRow, 'kind' | 'callBackId' | 'phoneConfirmed' | 'maxSeconds'>;

const isPromptedAndMetered = (call: Limited): boolean => isMetered(call) && !call.phoneConfirmed;

/**
 * Returns Twilio's limit for the buyer's leg, which counts the prompt too. That of a metered call leaves room for the
 * prompt, which the buyer doesn't pay for: our own timer then ends the conversation first.
 */
export const dialLimitSeconds = (call: Limited): number =>
  call.maxSeconds + (isPromptedAndMetered(call) ? consentSeconds : 0);

/** Returns after how many seconds of conversation our own timer ends it. */
export const talkLimitSeconds = (call: Limited): number =>
  call.maxSeconds + (isPromptedAndMetered(call) ? 0 : limitGraceSeconds);

/** How long after a cut an agent is kept for the buyer, who may have bought credit meanwhile. */
const keptSeconds = 60;

/** Returns for how long the agent of a call that is being closed is kept for its buyer; 0 unless it was cut off. */
export const secondsToKeep = (call: CallRow): number =>
  isMetered(call) && call.outcome === 'completed' && call.endedBy === 'system' ? keptSeconds : 0;

/** Holds credit for a call and limits it to what that is enough for. Returns false under a minute's worth. */
export async function holdCredit({ tx, call, now }: LockedCall): Promise<boolean> {
  if (!isMetered(call)) return true;
  const { id: callId, buyerId, vendorId, maxSeconds } = call;
  const seconds = await credits.holdForCall(tx, {
    ...{ callId, buyerId, vendorId },
    ...{ mostSeconds: maxSeconds, at: now },
  });
  if (seconds !== null) call.maxSeconds = seconds;
  return seconds !== null;
}

/** Charges the conversation of a call that is being closed, and releases the rest of its credit. */
export async function settleCredit(locked: LockedCall): Promise<void> {
  if (isMetered(locked.call)) await credits.settleCall(locked.tx, await settlementOf(locked));
}

/** Gives back what a closed call was charged too much by the length that is known now. */
export async function correctCredit(locked: LockedCall): Promise<void> {
  if (isMetered(locked.call)) await credits.correctCall(locked.tx, await settlementOf(locked));
}

async function settlementOf({ tx, call, now }: LockedCall) {
  const { id: callId, vendorId, offerId, outcome, talkSeconds } = call;
  const seconds = outcome === 'completed' ? (talkSeconds ?? 0) : 0;
  const { vendor, code } = await queries.subjectOf(tx, offerId);
  return { callId, vendorId, seconds, text: `${vendor}, ${code}, ${clock(seconds)}`, at: now };
}

/** Formats 726 as "12:06". */
const clock = (seconds: number): string =>
  `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
