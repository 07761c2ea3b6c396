import type { callStates } from '#server/common/enums/calls.ts';
import type { Call, CallStatus } from './schema.ts';

type State = (typeof callStates)[number];

/** The machine's states as they are told to the outside. */
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

/** How an attempt is told to the caller: what an agent did with its phone is its own business. Null: not told. */
export const triedAs: Readonly<Record<string, Tried | undefined>> = {
  declined: 'declined',
  hung_up: 'declined',
  no_answer: 'no_answer',
  silent: 'no_answer',
  busy: 'busy',
  unreachable: 'unreachable',
};

const rateableDays = 7;

/** Until when the caller may rate it; null for what wasn't a conversation. */
export function rateUntil(call: {
  outcome: string | null;
  talkSeconds: number | null;
  endedAt: Date | null;
}): Date | null {
  if (call.outcome !== 'completed' || !call.talkSeconds || !call.endedAt) return null;
  return new Date(call.endedAt.getTime() + rateableDays * 86_400_000);
}

/** How long after its end a call that can be rated is still offered on every page. */
export const offeredMinutes = 10;

/** Legs that wait for the telephone company: each waits about a second at its rate for new accounts. */
export const mostWaiting = 10;
