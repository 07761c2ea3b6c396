import type { startProcess } from './presence/targets.ts';
import { cpuSeconds } from './journey/cpu.ts';

/** What one caller does, once: a call or several. */
export type Work = () => Promise<unknown>;

export interface Result {
  perSecond: number;
  /** CPU time of one time, in ms. */
  processMs: number;
  postgresMs: number;
  rssMb: number;
}

export interface Terms {
  seconds: number;
  callers: number;
  postgresPid: number;
}

/** Repeats the work by several callers for some seconds. Counts the process's CPU and PostgreSQL's. */
export async function measure(
  process: Pick<Awaited<ReturnType<typeof startProcess>>, 'memory'>,
  work: Work,
  { seconds, callers, postgresPid }: Terms,
): Promise<Result> {
  const [before, postgresBefore, began] = [
    await process.memory(),
    cpuSeconds(postgresPid),
    performance.now(),
  ];
  const end = began + seconds * 1_000;
  let times = 0;
  const repeat = async () => {
    while (performance.now() < end) {
      await work();
      times += 1;
    }
  };
  await Promise.all(Array.from({ length: callers }, repeat));
  const took = (performance.now() - began) / 1_000;
  const after = await process.memory();
  return {
    perSecond: times / took,
    processMs: (after.cpu - before.cpu) / 1_000 / times,
    postgresMs: ((cpuSeconds(postgresPid) - postgresBefore) * 1_000) / times,
    rssMb: after.rss / 1024 / 1024,
  };
}

/** Returns the median of each figure. */
export function medianOf(results: readonly Result[]): Result {
  const median = (name: keyof Result) =>
    results.map((result) => result[name]).toSorted((a, b) => a - b)[results.length >> 1] ?? NaN;
  return {
    perSecond: median('perSecond'),
    processMs: median('processMs'),
    postgresMs: median('postgresMs'),
    rssMb: median('rssMb'),
  };
}
