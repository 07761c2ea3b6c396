import type { callLegs } from '#db/tables/calls.ts';

export type Leg = typeof callLegs.$inferSelect;
export type AgentResult = NonNullable<Leg['result']>;

/**
 * How far a leg is: ours first (`waiting` to be asked for, `sending` while it is), then as the telephone company says.
 * Word of an earlier step that comes late changes nothing.
 */
const steps = ['waiting', 'sending', 'queued', 'initiated', 'ringing', 'in-progress'] as const;
const terminal = ['completed', 'busy', 'no-answer', 'failed', 'canceled'];

export const isTerminal = (status: string): boolean => terminal.includes(status);

const rank = (status: string): number =>
  isTerminal(status) ? steps.length : steps.indexOf(status as (typeof steps)[number]);

/** Whether `next` says something newer than `status`. */
export const isFurther = (status: string, next: string): boolean => rank(next) > rank(status);

/** Nothing was asked for yet, or asking failed: there is no call. */
export const neverExisted = (leg: Leg): boolean =>
  leg.sid === null && (leg.status === 'waiting' || leg.status === 'failed');

/** SIP answers that mean "nobody came to the phone" (RFC 3261: timeout, temporarily unavailable, terminated). */
const nobodyCame = new Set(['408', '480', '487']);

/** The telephone company's last word on a call: a phone that is switched off was not answered either. */
export function finalStatus(status: string, sipCode: string | undefined): string {
  return status === 'failed' && sipCode !== undefined && nobodyCame.has(sipCode) ? 'no-answer' : status;
}

/** A duration as the telephone company writes it; null for what is none. */
export const secondsOf = (text: string | undefined): number | null =>
  text !== undefined && /^\d{1,9}$/.test(text) ? Number(text) : null;

/** How the attempt with an agent went, by how its leg ended. */
export function resultOf(status: string): AgentResult {
  if (status === 'busy') return 'busy';
  if (status === 'no-answer') return 'no_answer';
  if (status === 'failed') return 'unreachable';
  if (status === 'canceled') return 'cancelled';
  return 'hung_up';
}

/** Attempts that count against an agent: it said it was there, and nobody was. */
export const isMiss = (result: AgentResult): boolean =>
  result === 'no_answer' || result === 'silent' || result === 'unreachable';
