import type { Job, JobResult, PgBoss } from 'pg-boss';
import type { JobHandler } from './jobs.ts';
import { type Log, messageOf } from './log.ts';

/** What a job that runs may ask about itself. */
export interface Run {
  /** Aborted when the job takes too long or another worker has it. */
  signal: AbortSignal;
  /** Renews the worker's lease of the job. Returns false once another worker has it, as after a time asleep. */
  isOurs(): Promise<boolean>;
}

/** A failure after which the job is tried again so many seconds later. */
export class RetryLater extends Error {
  readonly seconds: number;

  constructor(cause: unknown, seconds: number) {
    super(messageOf(cause), { cause });
    this.seconds = seconds;
  }
}

/** What pg-boss answers, though its types don't say so. */
interface Affected {
  affected: number;
}

/** Returns one job's result, so that a failure doesn't repeat the whole batch. */
export async function resultOf(
  boss: PgBoss,
  { job: { name }, run }: JobHandler,
  fetched: Job<object>,
  log: Log,
  heldUp?: AbortSignal,
): Promise<JobResult> {
  const { id } = fetched;
  try {
    await run(fetched.data, runOf(boss, name, fetched, heldUp));
    return { id, status: 'completed' };
  } catch (error) {
    log.warn({ err: error, job: name }, 'job failed, to be retried');
    const output = { message: messageOf(error) };
    if (!(error instanceof RetryLater)) return { id, status: 'failed', output };
    await retryLater(boss, name, fetched, error);
    // Completing does nothing to a job that has been put back.
    return { id, status: 'completed' };
  }
}

/** Puts the job back with a pause of its own, instead of the queue's. */
export async function retryLater(
  boss: PgBoss,
  name: string,
  fetched: Job<object>,
  { message, seconds }: RetryLater,
): Promise<void> {
  const { affected } = (await boss.fail(name, fetched, { message })) as Affected;
  if (affected > 0) await boss.update(name, undefined, { id: fetched.id, startAfter: seconds });
}

export function runOf(boss: PgBoss, name: string, fetched: Job<object>, heldUp?: AbortSignal): Run {
  const signals = [fetched.signal, heldUp].filter((signal) => signal !== undefined);
  return {
    signal: AbortSignal.any(signals),
    // Counts only for the attempt that this worker fetched.
    isOurs: async () => ((await boss.touch(name, fetched)) as Affected).affected === 1,
  };
}
