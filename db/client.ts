import { drizzle, type PostgresJsDatabase } from 'drizzle-orm/postgres-js';
import postgres from 'postgres';
import { endingWaits } from './outage.ts';

/** A Drizzle handle: the pool or a transaction. */
export type Db = Pick<
  PostgresJsDatabase,
  'select' | 'selectDistinct' | 'insert' | 'update' | 'delete' | 'execute' | 'with' | '$with' | 'transaction'
>;

/** For `db.transaction`: a read-only transaction in one snapshot. */
export const snapshot = { isolationLevel: 'repeatable read', accessMode: 'read only' } as const;

export interface Database {
  db: PostgresJsDatabase;
  /** Another client for raw SQL and LISTEN, because Drizzle replaces its client's date parsers. */
  sql: postgres.Sql;
  close(): Promise<void>;
}

/** After this time, a statement that waits asks whether the database is away; if so it fails. */
const longestWaitMs = 5_000;

/**
 * Opens two pools of `pool` connections: for reads, and for transactions that write, so that reads never wait for their
 * locks. A single statement that may wait for a lock belongs into a transaction. `onStatement` is called for every statement, including BEGIN and COMMIT.
 */
export function connect(
  url: string,
  { pool = 4, onStatement }: { pool?: number; onStatement?: ((statement: string) => void) | undefined } = {},
): Database {
  const shared = {
    onnotice: () => {},
    connect_timeout: 10,
    backoff: secondsToReconnect,
    // Statements are short, so JIT compilation takes longer than it saves.
    connection: { jit: 'off' },
    ...(onStatement ? { debug: (_c: number, q: string) => onStatement(q) } : {}),
  };
  const open = () => endingWaits(postgres(url, { max: pool, ...shared }), url, longestWaitMs);
  const statements = open();
  const transactions = open();
  const db = drizzle(statements);
  const reading = drizzle(inSnapshots(statements));
  const writing = drizzle(transactions);
  db.transaction = (run, config) =>
    config?.accessMode === 'read only' ? reading.transaction(run) : writing.transaction(run, config);
  const sql = postgres(url, { max: 2, ...shared });
  return {
    db,
    sql,
    close: async () => {
      await Promise.all([statements, transactions, sql].map((client) => client.end({ timeout: 5 })));
    },
  };
}

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
