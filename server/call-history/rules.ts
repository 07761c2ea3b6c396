import { formatCredit } from '#server/common/credits.ts';
import type { FiguresRow } from './queries.ts';
import type { CallFigures } from './schema.ts';

/** The days that statistics cover unless a buyer names others: eight weeks, with this one. */
export const usualDays = 7 * 7;
export const mostDays = 731;

const dayMs = 86_400_000;
const timeOf = (day: string): number => Date.parse(`${day}T00:00:00Z`);

export const addDays = (day: string, days: number): string =>
  new Date(timeOf(day) + days * dayMs).toISOString().slice(0, 10);
export const daysBetween = (from: string, to: string): number => (timeOf(to) - timeOf(from)) / dayMs;

/** Returns the Monday of a day's week. */
export const mondayOf = (day: string): string => addDays(day, -((new Date(timeOf(day)).getUTCDay() + 6) % 7));

/** Returns the Mondays of all weeks that a range of days touches. */
export function weeksBetween(from: string, to: string): string[] {
  const first = mondayOf(from);
  const weeks = Math.floor(daysBetween(first, to) / 7) + 1;
  return Array.from({ length: weeks }, (_, nth) => addDays(first, nth * 7));
}

const mean = (total: number, count: number): number | null =>
  count === 0 ? null : Math.round((total / count) * 100) / 100;

/** Returns the figures of these rows together; none: zeros. */
export function figures(rows: readonly FiguresRow[]): CallFigures {
  const sum = (of: (row: FiguresRow) => number) => rows.reduce((total, row) => total + of(row), 0);
  const ratings = sum((row) => row.ratings);
  const talkSeconds = sum((row) => row.talkSeconds);
  return {
    ...{ calls: sum((row) => row.calls), answered: sum((row) => row.answered), talkSeconds, ratings },
    minutes: Math.round(talkSeconds / 6) / 10,
    line: mean(
      sum((row) => row.lineTotal),
      ratings,
    ),
    agent: mean(
      sum((row) => row.agentTotal),
      ratings,
    ),
    credits: formatCredit(rows.reduce((total, row) => total + BigInt(row.spent), 0n)),
  };
}
