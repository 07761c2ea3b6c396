import { sql } from 'drizzle-orm';
import type { FastifyRequest } from 'fastify';
import { connect, type Db } from '#db/client.ts';
import { outageOf } from '#db/outage.ts';
import type { Context } from '#server/context.ts';
import type { Config } from './config.ts';
import { Refusal } from './errors.ts';
import type { Log } from './log.ts';

const askEveryMs = 500;
/** How far behind, at least, a replica is known to be; further is not told from being away. */
const leastRememberedMs = 300_000;
/** A replica that doesn't answer holds up only those who ask while that isn't known yet. */
const longestWaitMs = 1_000;

/** What reads need; the rest of the context is the same. */
export type Source = Pick<Context, 'db' | 'search'>;

/** What an index holds already, the replica doesn't. */
export class ReplicaLacksRows extends Error {}

/** A streaming replica of the database, and how far it is behind. */
export interface Replica extends Source {
  /** Whether it is at most DATABASE_READ_LAG_SECONDS behind. */
  isClose(): boolean;
  /** How old what it answers may be; Infinity if that isn't known. */
  lagSeconds(): number;
  /** How many reads the database answered because the replica couldn't. */
  failures(): number;
  /** Counts a read that it couldn't answer. If its database is away, it isn't asked until it answers again. */
  noteFailure(error: unknown): void;
  close(): Promise<void>;
}

/** Connects to the replica of DATABASE_READ_URL and asks it twice a second how far it is. It may be away. */
export function openReplica(
  { databaseReadUrl, databaseReadLagSeconds, databasePool, databasePrepare }: Config,
  primary: Db,
  log: Log,
  searchIn: (db: Db) => Context['search'],
): Replica | null {
  if (databaseReadUrl === undefined) return null;
  const connection = connect(databaseReadUrl, {
    ...{ pool: databasePool, prepare: databasePrepare, isReplica: true, longestWaitMs },
  });
  const { db } = connection;
  const closeMs = databaseReadLagSeconds * 1000;
  const rememberedMs = Math.max(closeMs, leastRememberedMs);
  /** Where the database was, and when. */
  let positions: { position: bigint; at: number }[] = [];
  /** When the database was where the replica is now. */
  let freshAt = -Infinity;
  let failures = 0;
  let wasClose = false;
  let asking: Promise<void> | undefined;

  const lagMs = () => performance.now() - freshAt;
  const isClose = () => lagMs() <= closeMs;

  async function ask(): Promise<void> {
    const at = performance.now();
    positions.push({ position: await positionOfPrimary(primary), at });
    // Also while the replica is away.
    positions = positions.filter((one) => at - one.at <= rememberedMs);
    const replayed = await positionOfReplica(db);
    const reached = replayed === null ? -1 : positions.findLastIndex(({ position }) => position <= replayed);
    freshAt = positions[reached]?.at ?? -Infinity;
    positions = positions.slice(Math.max(reached, 0));
  }

  async function askAndLog(): Promise<void> {
    await ask().catch((error: unknown) => {
      freshAt = -Infinity;
      log.debug({ err: error }, 'position of the replica not known');
    });
    if (isClose() === wasClose) return;
    wasClose = !wasClose;
    if (wasClose) log.info('the replica is read from');
    else log.warn('the replica is away or too far behind: the database answers everything');
  }

  const timer = setInterval(() => {
    asking ??= askAndLog().finally(() => (asking = undefined));
  }, askEveryMs);
  timer.unref();

  return {
    db,
    search: searchIn(db),
    isClose,
    lagSeconds: () => lagMs() / 1000,
    failures: () => failures,
    noteFailure(error) {
      failures += 1;
      // One cancelled query says nothing about others.
      if (outageOf(error)) freshAt = -Infinity;
      log.warn({ err: error }, 'the replica failed, the database answers');
    },
    async close() {
      clearInterval(timer);
      await asking;
      await connection.close();
    },
  };
}

/**
 * Answers from the replica if nobody is named by the request, so that nobody misses what they wrote, and the replica is
 * close. Else, or if the replica fails or has no such thing yet, from the database. For the catalogue.
 */
export async function readingFor<T>(
  ctx: Context,
  request: FastifyRequest,
  read: (from: Context) => Promise<T>,
): Promise<T> {
  const { replica } = ctx;
  if (!replica?.isClose() || !request.isAnonymous) return read(ctx);
  const { db, search } = replica;
  try {
    return await read({ ...ctx, db, search, isReplica: true });
  } catch (error) {
    if (!(error instanceof Refusal || error instanceof ReplicaLacksRows)) replica.noteFailure(error);
    return read(ctx);
  }
}

async function positionOfPrimary(db: Db): Promise<bigint> {
  const [row] = await db.execute<{ position: string }>(
    sql`select (pg_current_wal_lsn() - '0/0')::text as position`,
  );
  return BigInt(row?.position ?? '');
}

/** Returns null if the server isn't a replica, as after its promotion, or receives nothing. */
async function positionOfReplica(db: Db): Promise<bigint | null> {
  const [row] = await db.execute<{ position: string | null }>(sql`
    select (pg_last_wal_replay_lsn() - '0/0')::text as position
    where pg_is_in_recovery() and exists (select from pg_stat_wal_receiver)`);
  return row?.position ? BigInt(row.position) : null;
}
