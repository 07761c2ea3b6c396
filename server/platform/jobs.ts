import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'drizzle-orm';
import { fromDrizzle, PgBoss, type QueueResult } from 'pg-boss';
import type { Db } from '#db/client.ts';
import { workInBatches, workOptions } from './batches.ts';
import { usualLeaseSeconds } from './config.ts';
import { neverEnding, PutBack, resultOf, RetryLater, retryLater, type Run, runOf } from './job-runs.ts';
import type { Log } from './log.ts';
import type { WorkerLease } from './workers.ts';

/** A kind of job with its payload's type and retry policy. */
export interface JobDefinition<P extends object> {
  name: string;
  retryLimit: number;
  /** Seconds before the first retry, doubled each time up to `retryDelayMax`. */
  retryDelay: number;
  retryDelayMax: number;
  /** At most one waiting job per key; further ones are dropped. */
  oneWaitingPerKey: boolean;
  /** At most one job that waits, runs or is to be retried; further ones are dropped. */
  oneAtATime: boolean;
  /** The most jobs that a worker claims at once for a handler of `handleTogether`. */
  together: number;
  /** Every worker enqueues it at start and at this interval. */
  everySeconds: number | null;
  /** Never set: carries the payload's type. */
  payload?: P;
}

const defaults = {
  retryLimit: 20,
  retryDelay: 5,
  retryDelayMax: 3600,
  oneWaitingPerKey: false,
  oneAtATime: false,
  together: 1,
  everySeconds: null,
};

export function defineJob<P extends object>(
  name: string,
  options: Partial<Omit<JobDefinition<P>, 'name' | 'payload'>> = {},
): JobDefinition<P> {
  return { name, ...defaults, ...options };
}

export interface JobHandler {
  job: JobDefinition<object>;
  run: (payload: object, run?: Run) => Promise<void>;
  /** Runs jobs that were claimed at once. Each ends by itself. Calls `hasRoom` when further ones may be claimed. */
  runTogether?: (claimed: readonly Claimed<object>[], hasRoom: () => void) => Promise<void>[];
}

export interface Claimed<P extends object> {
  payload: P;
  run: Run;
}

/** For a handler that is called without a queue. */
const unqueued: Run = { signal: neverEnding, ending: neverEnding, isOurs: () => Promise.resolve(true) };

export function handle<P extends object>(
  job: JobDefinition<P>,
  run: (payload: P, own: Run) => Promise<void>,
): JobHandler {
  return { job, run: (payload, own = unqueued) => run(payload as P, own) };
}

/** As `handle`, of a job with `together`. */
export function handleTogether<P extends object>(
  job: JobDefinition<P>,
  runTogether: (claimed: readonly Claimed<P>[], hasRoom: () => void) => Promise<void>[],
): JobHandler {
  return {
    job,
    run: (payload, run = unqueued) => runTogether([{ payload: payload as P, run }], () => {})[0]!,
    runTogether: (claimed, hasRoom) => runTogether(claimed as readonly Claimed<P>[], hasRoom),
  };
}

/** The queue. Jobs are enqueued in a transaction and run after its commit. */
export interface Jobs {
  /** Enqueues jobs, which run only if `tx` commits. */
  enqueue<P extends object>(
    tx: Db,
    job: JobDefinition<P>,
    payloads: P[],
    options?: { afterSeconds?: number; key?: string },
  ): Promise<void>;
  /** Runs jobs until `stop`, from when workers aren't paused. */
  work(): Promise<void>;
  /** Runs all waiting jobs and those they enqueue. Returns the number of runs; throws if a job fails. For tests. */
  drain(options?: { includeLater?: boolean }): Promise<number>;
  stop(): Promise<void>;
}

const daySeconds = 86_400;
const hourSeconds = 3_600;
const leaseGraceMs = 1_000;

/** Starts the queue on a migrated database. `handlers`: those of all jobs. `worker`: held while this process works. */
export async function startJobs(
  databaseUrl: string,
  handlers: JobHandler[],
  log: Log,
  { worker, leaseSeconds = usualLeaseSeconds }: { worker?: WorkerLease; leaseSeconds?: number } = {},
): Promise<Jobs> {
  // Looked for twice in a lease.
  const monitorSeconds = Math.ceil(leaseSeconds / 2);
  const boss = new PgBoss({
    connectionString: databaseUrl,
    max: 3,
    application_name: 'quoteline jobs',
    useListenNotify: true,
    schedule: false,
    monitorIntervalSeconds: monitorSeconds,
    superviseIntervalSeconds: monitorSeconds,
  });
  boss.on('error', (error) => log.error({ err: error }, 'job queue'));
  try {
    await boss.start();
    await prepareQueues(boss, handlers, leaseSeconds);
  } catch (error) {
    await boss.stop({ graceful: false }).catch(() => {});
    throw error;
  }
  const timers: NodeJS.Timeout[] = [];
  const stopping = new AbortController();

  async function work(): Promise<void> {
    for (const handler of handlers) {
      const { job, run, runTogether } = handler;
      if (runTogether) await workInBatches(boss, handler, runTogether, { log, stopping: stopping.signal });
      else
        await boss.work<object, unknown, typeof workOptions>(job.name, workOptions, (batch) =>
          Promise.all(
            batch.map((one) => resultOf(boss, job.name, one, run(one.data, runOf(boss, job.name, one)), log)),
          ),
        );
      if (job.everySeconds !== null) timers.push(await repeat(boss, job.name, job.everySeconds, log));
    }
    await worker?.begin();
  }

  return {
    async enqueue(tx, job, payloads, options = {}) {
      if (payloads.length === 0) return;
      const rows = payloads.map((data) => ({
        data,
        ...(options.afterSeconds ? { startAfter: options.afterSeconds } : {}),
        ...(options.key ? { singletonKey: options.key } : {}),
      }));
      await boss.insert(job.name, rows, { db: fromDrizzle(tx, sql) });
    },
    work: () => (worker ? worker.whenAllowed(work) : work()),
    drain: (options = {}) => drain(boss, handlers, options.includeLater ?? false),
    stop: async () => {
      stopping.abort(new PutBack());
      for (const timer of timers) clearInterval(timer);
      const leaseEnds = worker
        ?.end()
        .catch((error: unknown) => log.warn({ err: error }, 'lease of the worker not ended'));
      await boss.stop({ graceful: true, timeout: 10_000 });
      // Hardly longer than the queue: while the database is away, both would wait for it past the time a process has to end.
      const late = new AbortController();
      const isLate = sleep(leaseGraceMs, undefined, { signal: late.signal }).catch(() => {});
      await Promise.race([leaseEnds, isLate]);
      late.abort();
    },
  };
}

/** Enqueues the job now and at every interval. A failure is logged and skipped. */
async function repeat(boss: PgBoss, name: string, seconds: number, log: Log): Promise<NodeJS.Timeout> {
  const send = () =>
    boss.send(name, {}).catch((error: unknown) => log.warn({ err: error, job: name }, 'job not enqueued'));
  await send();
  return setInterval(() => void send(), seconds * 1000);
}

async function prepareQueues(
  boss: PgBoss,
  handlers: readonly JobHandler[],
  leaseSeconds: number,
): Promise<void> {
  const known = new Map((await boss.getQueues()).map((queue) => [queue.name, queue]));
  for (const { job } of handlers) {
    const queue = known.get(job.name);
    const own = { ...retriesOf(job), heartbeatSeconds: leaseSeconds };
    if (!queue) await createQueue(boss, job, own);
    else if (isOutdated(queue, own)) await boss.updateQueue(job.name, own);
  }
}

const retriesOf = ({ retryLimit, retryDelay, retryDelayMax }: JobDefinition<object>) => ({
  ...{ retryLimit, retryDelay, retryDelayMax, retryBackoff: true },
});

type OwnOptions = ReturnType<typeof retriesOf> & { heartbeatSeconds: number };

/** Returns whether an earlier release made the queue with another policy of retries, or the lease was another. */
const isOutdated = (queue: QueueResult, own: OwnOptions): boolean =>
  queue.retryLimit !== own.retryLimit ||
  queue.retryDelay !== own.retryDelay ||
  queue.retryDelayMax !== own.retryDelayMax ||
  queue.heartbeatSeconds !== own.heartbeatSeconds;

async function createQueue(boss: PgBoss, job: JobDefinition<object>, own: OwnOptions): Promise<void> {
  await boss.createQueue(job.name, {
    policy: job.oneAtATime ? 'exclusive' : job.oneWaitingPerKey ? 'short' : 'standard',
    ...own,
    // Mails must survive a mail server that is down for days.
    retentionSeconds: 30 * daySeconds,
    // Repeated jobs would leave too many rows.
    deleteAfterSeconds: job.everySeconds === null ? 7 * daySeconds : hourSeconds,
    notify: true,
  });
}

async function drain(boss: PgBoss, handlers: JobHandler[], includeLater: boolean): Promise<number> {
  let runs = 0;
  for (;;) {
    const waiting = await queuesWithWork(boss, includeLater);
    const ready = handlers.filter(({ job }) => waiting.has(job.name));
    let ran = 0;
    for (const handler of ready) ran += await runWaiting(boss, handler, includeLater);
    // Jobs that can't be fetched wait for one running in another process.
    if (ran === 0) return runs;
    runs += ran;
  }
}

/** Returns the names of queues with jobs to run, to avoid a query for each queue. */
async function queuesWithWork(boss: PgBoss, includeLater: boolean): Promise<Set<string>> {
  const { rows } = await boss
    .getDb()
    .executeSql(
      `select distinct name from pgboss.job where state in ('created', 'retry') and ($1 or start_after <= now())`,
      [includeLater],
    );
  return new Set((rows as { name: string }[]).map(({ name }) => name));
}

async function runWaiting(boss: PgBoss, { job, run }: JobHandler, includeLater: boolean): Promise<number> {
  const waiting = await boss.fetch<object>(job.name, { batchSize: 100, ignoreStartAfter: includeLater });
  for (const next of waiting) {
    try {
      // What is fetched without a worker has no signal, though its type says so.
      await run(next.data, runOf(boss, job.name, { ...next, signal: unqueued.signal }));
      await boss.complete(job.name, next);
    } catch (error) {
      if (!(error instanceof RetryLater)) await boss.fail(job.name, next);
      else await retryLater(boss, job.name, next, error);
      throw error instanceof RetryLater ? error.cause : error;
    }
  }
  return waiting.length;
}
