import type { CallBackStatus, CallOutcome } from '#server/calls/schema.ts';
import type { Static } from 'typebox';

type Status = Static<typeof CallBackStatus>;

const dayMs = 86_400_000;

/** How far ahead a call-back can be requested, and how long it stays open after its time. */
const daysAhead = 14;
export const daysOpen = 14;

/** The number of failed attempts after which a call-back expires. */
export const mostAttempts = 5;

/** "As soon as possible" is the time at which the form was opened, by the buyer's clock. */
const clockSlackMs = 5 * 60_000;

/** Returns whether a call-back can be requested for this time. */
export function isOffered(wantedAt: Date, now: Date): boolean {
  const ahead = wantedAt.getTime() - now.getTime();
  return ahead >= -clockSlackMs && ahead <= daysAhead * dayMs;
}

/**
 * Returns a call-back's new status after its call, by former status; `tried`: after `mostAttempts`. A conversation counts
 * even if the buyer has cancelled meanwhile.
 */
export function afterCall(outcome: CallOutcome): { from: readonly Status[]; to: Status; tried: Status } {
  if (outcome === 'completed') return { from: ['calling', 'cancelled'], to: 'done', tried: 'done' };
  return { from: ['calling'], to: 'open', tried: 'expired' };
}

/**
 * Masks the buyer's number (E.164) in a text for agents, who call from the desk. Matches any digits that end with its last
 * six, with up to three spaces or signs between two digits.
 */
export function withoutNumber(text: string, phone: string): string {
  const between = '[^\\p{L}\\p{N}]{0,3}';
  const end = [...phone.slice(-6)].join(between);
  const number = new RegExp(`(?<!\\d)\\+?(?:\\d${between}){0,12}${end}(?!\\d)`, 'gu');
  return text.replace(number, '•••');
}

/** Returns the time before which an open call-back expires. */
export function expiredBefore(now: Date): Date {
  return new Date(now.getTime() - daysOpen * dayMs);
}

/** Returns whether a call-back needs no further action. */
export const isOver = (status: Status): boolean => status !== 'open' && status !== 'calling';
