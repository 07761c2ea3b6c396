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

/** Whether a process lives that runs jobs, as SQL. */
export const liveWorker = sql`exists (select from workers where alive_until > clock_timestamp())`;

/** Returns whether a process lives that runs jobs. One that was killed or is frozen counts until its lease ends. */
export async function hasLiveWorker(db: Db): Promise<boolean> {
  const [row] = await db.execute<{ alive: boolean }>(sql`select ${liveWorker} as alive`);
  return row?.alive ?? false;
}

/** A process's lease as a worker. */
export interface WorkerLease {
  /** Counts this process as a worker until `end`. */
  begin(): Promise<void>;
  end(): Promise<void>;
}

export function createWorkerLease(db: Db, log: Log): WorkerLease {
  const id = randomUUID();
  let timer: NodeJS.Timeout | undefined;
  let renewing: Promise<void> = Promise.resolve();
  const renewNow = () =>
    (renewing = renew(db, id).catch((error: unknown) => {
      log.warn({ err: error }, 'lease of the worker not renewed, to be tried again');
    }));
  return {
    async begin() {
      await renewNow();
      timer = setInterval(() => void renewNow(), renewSeconds * 1000);
    },
    async end() {
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
