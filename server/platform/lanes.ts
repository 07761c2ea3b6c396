import type { PgBoss } from 'pg-boss';
import { resultOf } from './job-runs.ts';
import type { JobHandler } from './jobs.ts';
import type { Log } from './log.ts';

/** How jobs that may take long run: one by one, so many at once. */
export interface Lanes {
  atOnce: number;
  /** A job that takes longer is slow: another takes its place, unless too many are slow. Then it is aborted. */
  slowAfterSeconds: number;
  mostSlow: number;
}

// Delayed jobs and retries send no notification, so poll for them.
// Batches, because after fetching a single job the worker would wait for the next poll.
export const workOptions = {
  batchSize: 5,
  localConcurrency: 2,
  burstWhenBatchFull: true,
  pollingIntervalSeconds: 2,
  notifyPollingIntervalSeconds: 2,
  perJobResults: true,
} as const;

const laneOptions = { ...workOptions, batchSize: 1, localConcurrency: 1, burstWhenBatchFull: false } as const;

/** Works a queue so that slow jobs hold up no others. */
export async function workInLanes(boss: PgBoss, handler: JobHandler, lanes: Lanes, log: Log): Promise<void> {
  const { name } = handler.job;
  let slow = 0;

  async function openLane(): Promise<void> {
    const lane = await boss.work<object, unknown, typeof laneOptions>(name, laneOptions, async (batch) => {
      const heldUp = new AbortController();
      let isSlow = false;
      const timer = setTimeout(() => {
        if (slow >= lanes.mostSlow) return heldUp.abort(new Error('too many jobs are slow'));
        slow += 1;
        isSlow = true;
        openLane().catch((error: unknown) => log.warn({ err: error, job: name }, 'no lane opened'));
      }, lanes.slowAfterSeconds * 1000);
      const results = await Promise.all(batch.map((one) => resultOf(boss, handler, one, log, heldUp.signal)));
      clearTimeout(timer);
      if (isSlow) {
        slow -= 1;
        await boss.offWork(name, { id: lane, wait: false });
      } else {
        // After a single job the worker would wait for the next poll.
        boss.notifyWorker(lane);
      }
      return results;
    });
  }
  for (let opened = 0; opened < lanes.atOnce; opened += 1) await openLane();
}
