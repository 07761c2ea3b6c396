import { randomUUID } from 'node:crypto';
import { sql } from 'drizzle-orm';
import type { Db } from '#db/client.ts';
import type { Log } from './log.ts';
import { announcing } from './realtime.ts';

/** The key of changes of `hasLiveWorker`. */
export const workersKey = 'workers:alive';

// Leases last by the database's clock, because workers and readers are different processes.
const leaseSeconds = 30;
const renewSeconds = 10;
const askPauseMs = 5_000;

/** Whether a process lives that runs jobs, as SQL. */
export const liveWorker = sql`exists (select from workers where alive_until > clock_timestamp())`;

/** Returns whether a process lives that runs jobs. One that was killed or is frozen counts until its lease ends. */
export async function hasLiveWorker(db: Db): Promise<boolean> {
  const [row] = await db.execute<{ alive: boolean }>(sql`select ${liveWorker} as alive`);
  return row?.alive ?? false;
}

/** A process's lease as a worker. */
export interface WorkerLease {
  /** Calls `work` unless workers are paused; then as soon as they aren't. */
  whenAllowed(work: () => Promise<void>): Promise<void>;
  /** Counts this process as a worker until `end`. */
  begin(): Promise<void>;
  end(): Promise<void>;
}

export function createWorkerLease(db: Db, log: Log): WorkerLease {
  const id = randomUUID();
  let timer: NodeJS.Timeout | undefined;
  let waiting: NodeJS.Timeout | undefined;
  let renewing: Promise<void> = Promise.resolve();
  const renewNow = () =>
    (renewing = renew(db, id).catch((error: unknown) => {
      log.warn({ err: error }, 'lease of the worker not renewed, to be tried again');
    }));
  // What a worker did after the time of a restored database must not be done again unless a person has looked at it.
  const isPaused = () =>
    pausedSince(db).then(
      (since) => since !== null,
      (error: unknown) => {
        log.warn({ err: error }, 'not known whether workers are paused, to be asked again');
        return true;
      },
    );
  return {
    async whenAllowed(work) {
      if (!(await isPaused())) return work();
      log.warn('workers are paused: npm run restore -- --resume lets them begin');
      const ask = async () => {
        if (await isPaused()) waiting = setTimeout(() => void ask(), askPauseMs);
        else await work();
      };
      waiting = setTimeout(() => void ask(), askPauseMs);
    },
    async begin() {
      await renewNow();
      timer = setInterval(() => void renewNow(), renewSeconds * 1000);
    },
    async end() {
      clearTimeout(waiting);
      if (!timer) return;
      clearInterval(timer);
      // A renewal in flight would restore the lease.
      await renewing;
      await forget(db, sql`id = ${id}`);
    },
  };
}

/** Announces a worker only when it is new: renewals change nothing for others. */
async function renew(db: Db, id: string): Promise<void> {
  await db.execute(sql`
    insert into workers (id, alive_until) values (${id}, clock_timestamp() + ${leaseSeconds} * interval '1 second')
    on conflict (id) do update set alive_until = excluded.alive_until
    returning case when xmax = 0 then ${announcing(sql`${workersKey}`)} end`);
}

async function forget(db: Db, which: ReturnType<typeof sql>): Promise<void> {
  await db.execute(sql`delete from workers where ${which} returning ${announcing(sql`${workersKey}`)}`);
}

/** Deletes the leases of workers that died, and notifies those who show whether one lives. */
export const forgetDeadWorkers = (db: Db): Promise<void> => forget(db, sql`alive_until <= clock_timestamp()`);

/** Returns since when workers are paused, or null. */
export async function pausedSince(db: Db): Promise<Date | null> {
  const [row] = await db.execute<{ since: string | null }>(
    sql`select min(since) as since from worker_pauses`,
  );
  return row?.since ? new Date(row.since) : null;
}

/** Lets no worker begin until `resumeWorkers`; those that have begun go on. */
export async function pauseWorkers(db: Db, reason: string): Promise<void> {
  await db.execute(sql`
    insert into worker_pauses (reason, since) values (${reason}, clock_timestamp())
    on conflict (reason) do update set since = excluded.since`);
}

/** Returns whether workers were paused. */
export async function resumeWorkers(db: Db): Promise<boolean> {
  const ended = await db.execute(sql`delete from worker_pauses returning 1`);
  return ended.length > 0;
}
