import type postgres from 'postgres';

/** Injected, so that tests can set the time. Rules take `now` as an argument. */
export interface Clock {
  now(): Date;
}

export const systemClock: Clock = { now: () => new Date() };

export interface DatabaseClock extends Clock {
  /** Measures the database's clock. On failure the former offset stays. */
  compare(): Promise<void>;
  stop(): void;
}

const compareEveryMs = 30_000;

/**
 * Returns the database's clock, so that all processes agree on leases and deadlines: this process's clock plus an
 * offset measured every 30 s. Call `compare` once before using it.
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
