import type { Job, JobResult, PgBoss } from 'pg-boss';
import { storable } from './json.ts';
import { type Log, messageOf } from './log.ts';

/** What a job that runs may ask about itself. */
export interface Run {
  /** Aborted when another worker has the job. */
  signal: AbortSignal;
  /** Aborted when the worker is to end: what hasn't begun throws its reason, to be put back. */
  ending: AbortSignal;
  /** Renews the worker's lease of the job. Returns false once another worker has it, as after a time asleep. */
  isOurs(): Promise<boolean>;
}

/** A failure after which the job is tried again so many seconds later. */
export class RetryLater extends Error {
  readonly seconds: number;

  constructor(cause: unknown, seconds: number) {
    super(storable(messageOf(cause)), { cause });
    this.seconds = seconds;
  }
}

/** Puts a job that hasn't begun back for another worker. */
export class PutBack extends RetryLater {
  constructor() {
    super('put back by a worker that ends', 1);
  }
}

/** For a job that isn't put back. */
export const neverEnding = new AbortController().signal;

/** What pg-boss answers, though its types don't say so. `settled`: the ids. */
interface Affected {
  affected: number;
  settled: string[];
}

/** Returns one job's result, so that a failure doesn't repeat the whole batch. */
export async function resultOf(
  boss: PgBoss,
  name: string,
  fetched: Job<object>,
  end: Promise<void>,
  log: Log,
): Promise<JobResult> {
  const { id } = fetched;
  try {
    await end;
    return { id, status: 'completed' };
  } catch (error) {
    if (!(error instanceof PutBack)) log.warn({ err: error, job: name }, 'job failed, to be retried');
    const output = { message: storable(messageOf(error)) };
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

export const runOf = (boss: PgBoss, name: string, fetched: Job<object>): Run => ({
  signal: fetched.signal,
  ending: neverEnding,
  // Counts only for the attempt that this worker fetched.
  isOurs: async () => ((await boss.touch(name, fetched)) as Affected).affected === 1,
});

/** A third, because another worker may have the job once its whole lease is over. */
const trustedPart = 1 / 3;

/**
 * Returns what jobs that were claimed together may ask. The database is asked for all of them at once, and its answer is
 * trusted for a part of the lease, counted from the question: whatever time the process slept since, it asks again.
 */
export function runsOf(
  boss: Pick<PgBoss, 'touch'>,
  name: string,
  batch: readonly Job<object>[],
  ending: AbortSignal,
  now: () => number = realTime,
): Run[] {
  const seconds = Math.min(
    ...batch.map(({ heartbeatSeconds, expireInSeconds }) => heartbeatSeconds ?? expireInSeconds),
  );
  const trustedMs = seconds * 1000 * trustedPart;
  let asked: { since: number; ours: Promise<ReadonlySet<string>> } | null = null;

  async function ask(): Promise<ReadonlySet<string>> {
    try {
      const { settled } = (await boss.touch(name, [...batch])) as unknown as Affected;
      return new Set(settled);
    } catch (error) {
      asked = null;
      throw error;
    }
  }
  return batch.map(({ id, signal }) => ({
    signal,
    ending,
    async isOurs() {
      for (;;) {
        asked ??= { since: now(), ours: ask() };
        const own = asked;
        const isOurs = (await own.ours).has(id);
        if (!isOurs || now() - own.since < trustedMs) return isOurs;
        if (asked === own) asked = null;
      }
    },
  }));
}

const start = { wall: Date.now(), running: performance.now() };

/** Returns milliseconds that also pass while the process or the machine sleeps, of which each clock counts one. */
const realTime = (): number => Math.max(Date.now() - start.wall, performance.now() - start.running);
