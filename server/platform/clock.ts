import type postgres from 'postgres';

/** The time, injected: rules take `now` as an argument, tests set it. */
export interface Clock {
  now(): Date;
}

export const systemClock: Clock = { now: () => new Date() };

export interface DatabaseClock extends Clock {
  /** Compares with the database's clock; kept as before when that fails. */
  compare(): Promise<void>;
  stop(): void;
}

const compareEveryMs = 30_000;

/**
 * Returns the database's clock, the same for every process whatever its own shows: measured against ours every half
 * minute, so that reading it costs nothing. Leases, deadlines and durations of one process are then those of all.
 * `compare` it once before it is used.
 */
export function databaseClock(sql: postgres.Sql, own: Clock = systemClock): DatabaseClock {
  let aheadMs = 0;
  async function compare(): Promise<void> {
    const asked = own.now().getTime();
    const [row] = await sql<{ now: number }[]>`select extract(epoch from clock_timestamp()) * 1000 as now`;
    const answered = own.now().getTime();
    if (row) aheadMs = Math.round(Number(row.now) - (asked + answered) / 2);
  }
  const timer = setInterval(() => void compare().catch(() => {}), compareEveryMs);
  timer.unref();
  return {
    now: () => new Date(own.now().getTime() + aheadMs),
    compare,
    stop: () => clearInterval(timer),
  };
}
