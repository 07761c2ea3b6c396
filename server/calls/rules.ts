import type { callStates } from '#server/common/enums/calls.ts';
import type { Call, CallStatus } from './schema.ts';

type State = (typeof callStates)[number];

/** The API's status by the machine's state. */
export const statusOf: Readonly<Record<State, CallStatus>> = {
  requested: 'requested',
  reserved: 'requested',
  agent_dialing: 'calling_agent',
  agent_unknown: 'calling_agent',
  agent_ringing: 'calling_agent',
  agent_screening: 'calling_agent',
  next_agent: 'calling_agent',
  visitor_dialing: 'calling_visitor',
  visitor_ringing: 'calling_visitor',
  bridged: 'in_call',
  ending: 'ending',
  settling: 'ending',
  closed: 'ended',
};

type Tried = Call['tried'][number]['result'];

/** An attempt's result for the buyer, without details about the agent. Undefined: not shown. */
export const resultForBuyer: Readonly<Record<string, Tried | undefined>> = {
  declined: 'declined',
  hung_up: 'declined',
  no_answer: 'no_answer',
  silent: 'no_answer',
  busy: 'busy',
  unreachable: 'unreachable',
};

const rateableDays = 7;

/** Returns until when the buyer may rate the call; null without a conversation. */
export function rateUntil(call: {
  outcome: string | null;
  talkSeconds: number | null;
  endedAt: Date | null;
}): Date | null {
  if (call.outcome !== 'completed' || !call.talkSeconds || !call.endedAt) return null;
  return new Date(call.endedAt.getTime() + rateableDays * 86_400_000);
}

/** Minutes after a call's end in which every page offers to rate it. */
export const offeredMinutes = 10;

/** The maximum of legs waiting for Twilio, which starts about one call per second for new accounts. */
export const mostWaiting = 10;
