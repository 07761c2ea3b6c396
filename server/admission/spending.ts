import type { CallingConfig } from '#server/platform/config.ts';
import { parse } from '#server/common/money.ts';

/** Today's minutes of all legs: ended ones, and live ones with their limit. */
export interface Minutes {
  over: number;
  live: number;
}

/** Whether another call fits. `full`: only if live calls end before their limit. `spent`: not today. */
export type Budget = 'fits' | 'full' | 'spent';

/** Returns the cost in 1/10000 of the account's currency. */
export function costOf(minutes: number, { minutePrice }: Pick<CallingConfig, 'minutePrice'>): bigint {
  return BigInt(minutes) * parse(minutePrice);
}

/** Returns whether a call's two legs fit the day's budget, even if all live calls reach their limit. */
export function budgetFor(
  { over, live }: Minutes,
  config: Pick<CallingConfig, 'minutePrice' | 'dailyBudget' | 'maxMinutes'>,
): Budget {
  const next = 2 * config.maxMinutes;
  const budget = parse(config.dailyBudget);
  if (costOf(over + next, config) > budget) return 'spent';
  return costOf(over + live + next, config) > budget ? 'full' : 'fits';
}

/** A stop or resumption of all calls. */
export interface Switch {
  stopped: boolean;
  reason: string;
  at: Date;
}

/** The reason of an automatic stop. */
export const budgetSpent = 'the budget of the day is spent';

/** Returns whether calls are stopped: for the budget until the next day (UTC), by hand until resumed. */
export function isStoppedBy(last: Switch | null, now: Date): boolean {
  if (!last?.stopped) return false;
  return last.reason !== budgetSpent || startOfDay(now) <= startOfDay(last.at);
}

/** Returns midnight UTC. */
export function startOfDay(at: Date): Date {
  return new Date(Date.UTC(at.getUTCFullYear(), at.getUTCMonth(), at.getUTCDate()));
}
