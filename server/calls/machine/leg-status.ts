import type { callLegs } from '#db/tables/calls.ts';

export type Leg = typeof callLegs.$inferSelect;
export type AgentResult = NonNullable<Leg['result']>;

/** Statuses of a leg in order: ours first (`waiting` for its job, `sending` to Twilio), then Twilio's. */
const steps = ['waiting', 'sending', 'queued', 'initiated', 'ringing', 'in-progress'] as const;
const terminal = ['completed', 'busy', 'no-answer', 'failed', 'canceled'];

export const isTerminal = (status: string): boolean => terminal.includes(status);

const rank = (status: string): number =>
  isTerminal(status) ? steps.length : steps.indexOf(status as (typeof steps)[number]);

/** Returns whether `next` is a later step than `status`. Callbacks may arrive out of order. */
export const isLaterStatus = (status: string, next: string): boolean => rank(next) > rank(status);

/** Returns whether Twilio has no call for this leg: not sent yet, or refused. */
export const neverExisted = (leg: Leg): boolean =>
  leg.sid === null && (leg.status === 'waiting' || leg.status === 'failed');

/** SIP codes that mean no answer (RFC 3261: timeout, temporarily unavailable, terminated). */
const unansweredSipCodes = new Set(['408', '480', '487']);

/** Corrects Twilio's final status, which is `failed` for a phone that is switched off. */
export function finalStatus(status: string, sipCode: string | undefined): string {
  return status === 'failed' && sipCode !== undefined && unansweredSipCodes.has(sipCode)
    ? 'no-answer'
    : status;
}

/** Parses a duration of Twilio's, in seconds; null for anything else. */
export const parseSeconds = (text: string | undefined): number | null =>
  text !== undefined && /^\d{1,9}$/.test(text) ? Number(text) : null;

/** Returns an agent's result by the final status of their leg. */
export function agentResultOf(status: string): AgentResult {
  if (status === 'busy') return 'busy';
  if (status === 'no-answer') return 'no_answer';
  if (status === 'failed') return 'unreachable';
  if (status === 'canceled') return 'cancelled';
  return 'hung_up';
}

/** Returns whether a result counts as a missed call of the agent, who is declared available. */
export const isMiss = (result: AgentResult): boolean =>
  result === 'no_answer' || result === 'silent' || result === 'unreachable';
