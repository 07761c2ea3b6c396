import type { CallingConfig } from '#server/platform/config.ts';
import { parse } from '#server/common/money.ts';

/** Today's minutes of all legs: those that are over, and live ones at their longest. */
export interface Minutes {
  over: number;
  live: number;
}

/** Whether another call fits: `full` until live ones end below their longest, `spent` for the rest of the day. */
export type Budget = 'fits' | 'full' | 'spent';

/** Returns the cost in 1/10000 of the account's currency. */
export function costOf(minutes: number, { minutePrice }: Pick<CallingConfig, 'minutePrice'>): bigint {
  return BigInt(minutes) * parse(minutePrice);
}

/** Returns whether a call's two legs fit the day's budget even if every live call lasts to its limit. */
export function budgetFor(
  { over, live }: Minutes,
  config: Pick<CallingConfig, 'minutePrice' | 'dailyBudget' | 'maxMinutes'>,
): Budget {
  const next = 2 * config.maxMinutes;
  const budget = parse(config.dailyBudget);
  if (costOf(over + next, config) > budget) return 'spent';
  return costOf(over + live + next, config) > budget ? 'full' : 'fits';
}

/** The last time calls were stopped or resumed. */
export interface Switch {
  stopped: boolean;
  reason: string;
  at: Date;
}

/** Why calls stop automatically. */
export const budgetSpent = 'the budget of the day is spent';

/** Returns whether this stop still holds: the budget's until the next day (UTC), one made by hand until resumed. */
export function isStoppedBy(last: Switch | null, now: Date): boolean {
  if (!last?.stopped) return false;
  return last.reason !== budgetSpent || startOfDay(now) <= startOfDay(last.at);
}

/** Returns midnight UTC. */
export function startOfDay(at: Date): Date {
  return new Date(Date.UTC(at.getUTCFullYear(), at.getUTCMonth(), at.getUTCDate()));
}
