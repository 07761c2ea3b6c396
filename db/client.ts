import { drizzle, type PostgresJsDatabase } from 'drizzle-orm/postgres-js';
import postgres from 'postgres';
import { endingWaits } from './outage.ts';
import { preparing } from './prepared.ts';

export { planOnce } from './prepared.ts';

/** A Drizzle handle: the pool or a transaction. */
export type Db = Pick<
  PostgresJsDatabase,
  | 'select'
  | 'selectDistinct'
  | 'selectDistinctOn'
  | 'insert'
  | 'update'
  | 'delete'
  | 'execute'
  | 'with'
  | '$with'
  | 'transaction'
>;

/** For `db.transaction`: a read-only transaction in one snapshot. */
export const snapshot = { isolationLevel: 'repeatable read', accessMode: 'read only' } as const;

export interface Database {
  db: PostgresJsDatabase;
  /** Another client for raw SQL and LISTEN, because Drizzle replaces its client's date parsers. */
  sql: postgres.Sql;
  close(): Promise<void>;
}

export interface ConnectOptions {
  pool?: number;
  /** False for a pooler that accepts neither prepared statements nor settings. */
  prepare?: boolean;
  /** The database's own address, if `url` is that of a pooler. */
  directUrl?: string;
  /** Whether the server only reads. By default a session of one that isn't promoted yet fails, to be opened again. */
  isReplica?: boolean;
  /** After this time, a statement that waits asks whether the database is away; if so it fails. */
  longestWaitMs?: number;
  onStatement?: ((statement: string) => void) | undefined;
}

/**
 * Opens two pools of `pool` connections: for reads, and for transactions that write, so that reads never wait for their
 * locks. A single statement that may wait for a lock belongs into a transaction. A small one besides is for reads marked
 * `planOnce`. `onStatement` is called for every statement, including BEGIN and COMMIT.
 */
export function connect(
  url: string,
  {
    pool = 4,
    prepare = true,
    directUrl = url,
    isReplica = false,
    longestWaitMs = 5_000,
    onStatement,
  }: ConnectOptions = {},
): Database {
  const open = (address: string, max: number, prepares: boolean, settings: Record<string, string>) =>
    postgres(address, {
      max,
      onnotice: () => {},
      connect_timeout: 10,
      backoff: secondsToReconnect,
      prepare: prepares,
      // A pooler opens sessions before anybody asks for one.
      ...(prepares && !isReplica ? { target_session_attrs: 'primary' } : {}),
      // One statement at a time: PgBouncer takes the end of one for the end of those sent behind it, which then wait for ever.
      ...(prepares ? {} : { max_pipeline: 0 }),
      connection: prepares ? settings : {},
      ...(onStatement ? { debug: (_c: number, q: string) => onStatement(q) } : {}),
    });
  const openPool = (max: number, settings: Record<string, string>) =>
    endingWaits(open(url, max, prepare, settings), url, longestWaitMs);
  const reads = openPool(pool, planningEach);
  const writes = openPool(pool, planningSeldom);
  const plannedOnce = openPool(mostPlanningOnce, planningOnce);
  // Drizzle replaces the parsers of the clients it gets.
  drizzle(plannedOnce);
  const statements = prepare ? preparing(reads, { once: plannedOnce }) : reads;
  const db = drizzle(statements);
  const reading = drizzle(inSnapshots(statements));
  const writing = drizzle(prepare ? preparing(writes) : writes);
  db.transaction = (run, config) =>
    config?.accessMode === 'read only' ? reading.transaction(run) : writing.transaction(run, config);
  const sql = open(directUrl, 2, prepare || directUrl !== url, planningEach);
  return {
    db,
    sql,
    close: async () => {
      await Promise.all([reads, writes, plannedOnce, sql].map((client) => client.end({ timeout: 5 })));
    },
  };
}

/** What is planned once takes so little time that few connections suffice. */
const mostPlanningOnce = 2;

// Statements are short, so JIT compilation takes longer than it saves.
const planningOnce = { jit: 'off' };

// A plan made for any values can't use a partial index whose predicate has parameters, and takes each list for short.
const planningEach = { ...planningOnce, plan_cache_mode: 'force_custom_plan' };

// Statements of transactions that write find their rows by keys: PostgreSQL plans each a few times, then once for all if
// that costs no more.
const planningSeldom = planningOnce;

/**
 * Returns how long a connection waits before it tries again. At most a second, because the telephone network waits 15 s
 * for an answer; postgres.js itself waits up to 20 s, also after the database is back.
 */
export const secondsToReconnect = (failures: number): number =>
  (0.5 + Math.random() / 2) * Math.min(2 ** failures / 20, 1);

/** Sends the modes of `snapshot` with BEGIN, to save the round trip that Drizzle needs for them. */
const inSnapshots = (client: postgres.Sql): postgres.Sql =>
  new Proxy(client, {
    get: (target, name, receiver) =>
      name === 'begin'
        ? (run: (tx: postgres.TransactionSql) => unknown) =>
            target.begin('isolation level repeatable read read only', run)
        : (Reflect.get(target, name, receiver) as unknown),
  });

/** Returns whether every migration of this release has been applied. */
export async function isMigrated(db: Db): Promise<boolean> {
  const { default: journal } = await import('../migrations/meta/_journal.json', { with: { type: 'json' } });
  const [row] = await db.execute<{ applied: number }>(
    'select count(*)::int as applied from drizzle.__drizzle_migrations',
  );
  return (row?.applied ?? 0) >= journal.entries.length;
}
