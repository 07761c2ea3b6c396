import type { CallBackStatus, CallOutcome } from '../schema.ts';
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

/** A call-back request once its call has ended; `attempts` counts this one. */
export function afterCall(outcome: CallOutcome, attempts: number): Status {
  if (outcome === 'completed') return 'done';
  return attempts >= mostAttempts ? 'expired' : 'open';
}

/** Wanted before this time, it is open no longer. */
export function expiredBefore(now: Date): Date {
  return new Date(now.getTime() - daysOpen * dayMs);
}
