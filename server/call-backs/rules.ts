import type { CallBackStatus, CallOutcome } from '#server/calls/schema.ts';
import type { Static } from 'typebox';

type Status = Static<typeof CallBackStatus>;

const dayMs = 86_400_000;

/** How far ahead a call-back can be requested, and how long after its time it stays open. */
const daysAhead = 14;
export const daysOpen = 14;

/** A call-back that failed so often expires. */
export const mostAttempts = 5;

/** "As soon as possible" is when the form was opened, by the buyer's clock. */
const clockSlackMs = 5 * 60_000;

/** Returns whether a call-back can be requested for this time. */
export function isOffered(wantedAt: Date, now: Date): boolean {
  const ahead = wantedAt.getTime() - now.getTime();
  return ahead >= -clockSlackMs && ahead <= daysAhead * dayMs;
}

/**
 * Returns from which statuses the end of its call changes a call-back, and to what; `tried` after `mostAttempts`. A
 * conversation counts even if the buyer had cancelled meanwhile.
 */
export function afterCall(outcome: CallOutcome): { from: readonly Status[]; to: Status; tried: Status } {
  if (outcome === 'completed') return { from: ['calling', 'cancelled'], to: 'done', tried: 'done' };
  return { from: ['calling'], to: 'open', tried: 'expired' };
}

/**
 * Masks the buyer's number (E.164) in what they typed: agents call from the desk. Matches any run of digits that ends with
 * the last six, with any prefix and up to three spaces or signs between two digits.
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

/** Returns whether nobody needs to hear of a call-back any more. */
export const isOver = (status: Status): boolean => status !== 'open' && status !== 'calling';
