import type { PgBoss } from 'pg-boss';
import { resultOf, runsOf } from './job-runs.ts';
import type { JobHandler } from './jobs.ts';
import type { Log } from './log.ts';

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

/**
 * Works a queue whose jobs are claimed `most` at a time. A batch ends with its slowest job, so another lane claims the
 * next one as soon as the handler has room for it, which it has at the latest when a batch ends.
 */
export async function workInBatches(
  boss: PgBoss,
  handler: JobHandler,
  runTogether: NonNullable<JobHandler['runTogether']>,
  { log, stopping }: { log: Log; stopping: AbortSignal },
): Promise<void> {
  const { name, together } = handler.job;
  const options = { ...workOptions, batchSize: together, localConcurrency: 1 } as const;

  async function openLane(): Promise<void> {
    const lane = await boss.work<object, unknown, typeof options>(name, options, async (batch) => {
      let isReplaced = false;
      const replace = () => {
        // A queue that stops refuses workers.
        if (isReplaced || stopping.aborted) return;
        isReplaced = true;
        openLane().catch((error: unknown) => log.warn({ err: error, job: name }, 'no lane opened'));
      };
      const runs = runsOf(boss, name, batch, stopping);
      const claimed = batch.map(({ data }, index) => ({ payload: data, run: runs[index]! }));
      const ends = runTogether(claimed, replace);
      const results = await Promise.all(
        batch.map((one, index) => resultOf(boss, name, one, ends[index]!, log)),
      );
      replace();
      await boss.offWork(name, { id: lane, wait: false });
      return results;
    });
  }
  await openLane();
}
