import type { CallBackStatus, CallOutcome } from '#server/calls/schema.ts';
import type { Static } from 'typebox';

type Status = Static<typeof CallBackStatus>;

const dayMs = 86_400_000;

/** How far ahead a call back can be asked for, and how long after that time it stays open. */
const daysAhead = 14;
export const daysOpen = 14;

/** A call back that failed so often isn't tried again. */
export const mostAttempts = 5;

/** "As soon as possible" is the time when the form was opened, by the visitor's clock. */
const clockSlackMs = 5 * 60_000;

/** Whether a call back can be asked for at this time. */
export function isOffered(wantedAt: Date, now: Date): boolean {
  const ahead = wantedAt.getTime() - now.getTime();
  return ahead >= -clockSlackMs && ahead <= daysAhead * dayMs;
}

/**
 * From which states the end of its call changes a call-back request, and to what; `tried`: after so many attempts. A
 * conversation that took place does it, though the visitor had cancelled it meanwhile.
 */
export function afterCall(outcome: CallOutcome): { from: readonly Status[]; to: Status; tried: Status } {
  if (outcome === 'completed') return { from: ['calling', 'cancelled'], to: 'done', tried: 'done' };
  return { from: ['calling'], to: 'open', tried: 'expired' };
}

/**
 * What a visitor typed, without its number (E.164): who reads it calls from the desk. It is known by its last six digits
 * wherever a run of plain digits ends with them, with any prefix and up to three spaces or signs between two digits.
 */
export function withoutNumber(text: string, phone: string): string {
  const between = '[^\\p{L}\\p{N}]{0,3}';
  const end = [...phone.slice(-6)].join(between);
  const number = new RegExp(`(?<!\\d)\\+?(?:\\d${between}){0,12}${end}(?!\\d)`, 'gu');
  return text.replace(number, '•••');
}

/** Wanted before this time, it is open no longer. */
export function expiredBefore(now: Date): Date {
  return new Date(now.getTime() - daysOpen * dayMs);
}

/** Whether nobody needs to hear of a call-back any more. */
export const isOver = (status: Status): boolean => status !== 'open' && status !== 'calling';
