import type { CallingConfig } from '#server/platform/config.ts';
import { parse } from '#server/common/money.ts';

/** Today's minutes of all phones called: those that are over, and those still on the line at their longest. */
export interface Minutes {
  over: number;
  live: number;
}

/** Whether a further call may begin: `full`: not before a live one ends for less than was set aside; `spent`: not today. */
export type Budget = 'fits' | 'full' | 'spent';

/** In 1/10000 of the account's currency. */
export function costOf(minutes: number, { minutePrice }: Pick<CallingConfig, 'minutePrice'>): bigint {
  return BigInt(minutes) * parse(minutePrice);
}

/** A call has two phones, and a day's calls may not cost more than its budget even if all of them last to the end. */
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

/** Why calls stopped by themselves. */
export const budgetSpent = 'the budget of the day is spent';

/** What the budget stopped runs again the next day (UTC), what a person stopped when a person says so. */
export function isStoppedBy(last: Switch | null, now: Date): boolean {
  if (!last?.stopped) return false;
  return last.reason !== budgetSpent || startOfDay(now) <= startOfDay(last.at);
}

/** Midnight UTC. */
export function startOfDay(at: Date): Date {
  return new Date(Date.UTC(at.getUTCFullYear(), at.getUTCMonth(), at.getUTCDate()));
}
