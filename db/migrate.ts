import { setTimeout as sleep } from 'node:timers/promises';
import { type MigrationMeta, readMigrationFiles } from 'drizzle-orm/migrator';
import postgres from 'postgres';

const ownMigrations = new URL('../migrations', import.meta.url).pathname;
const advisoryLock = 0x51_0e_11;
const retryLockAfterMs = 100;

/** How migrations wait for locks that others hold. */
export interface Waiting {
  /** How long a statement waits, and all others queue behind it. Then the migration begins again after a pause. */
  lockTimeoutMs: number;
  pauseMs: number;
  /** After this time without its lock a migration fails. */
  patienceMs: number;
  /** Called when a migration begins to wait. */
  onWait: (why: string) => void;
}

const patiently: Waiting = {
  // Less than deadlock_timeout, so that in a deadlock it is the migration that gives way.
  lockTimeoutMs: 500,
  pauseMs: 2_000,
  patienceMs: 300_000,
  onWait: (why) => console.error(`A migration waits for a lock, at most five minutes: ${why}`),
};

/**
 * Applies pending migrations, each once, even if several processes start together. Each is one transaction, unless it
 * does something `CONCURRENTLY` or says that each statement commits by itself: then its statements must be repeatable.
 * Throws the database's error.
 */
export async function migrate(
  url: string,
  migrationsFolder = ownMigrations,
  waiting: Partial<Waiting> = {},
): Promise<void> {
  const migrations = readMigrationFiles({ migrationsFolder });
  const open = () => postgres(url, { max: 1, onnotice: () => {} });
  // The second holds the lock while the first builds indexes, which is not possible in a transaction.
  const [client, holder] = [open(), open()];
  try {
    for (;;) {
      const applied = await appliedMigrations(client);
      const next = migrations.find(({ folderMillis }) => !applied.has(folderMillis));
      if (!next) return;
      const run = commitsEach(next) ? applyEach : applyAtOnce;
      const isDone = await run({ client, holder }, next, { ...patiently, ...waiting });
      if (!isDone) await sleep(retryLockAfterMs);
    }
  } finally {
    // Without a timeout the driver waits for ever for a connection that was reset within a statement.
    await Promise.all([client, holder].map((session) => session.end({ timeout: 5 })));
  }
}

interface Sessions {
  client: postgres.Sql;
  holder: postgres.Sql;
}

/** Returns the timestamps of applied migrations. Creates Drizzle's table if it is missing. */
async function appliedMigrations(client: postgres.Sql): Promise<Set<number>> {
  const [known] = await client`select to_regclass('drizzle.__drizzle_migrations') as name`;
  if (!known?.['name']) {
    await client.begin(async (tx) => {
      await tx`select pg_advisory_xact_lock(${advisoryLock})`;
      await tx.unsafe(`
        create schema if not exists drizzle;
        create table if not exists drizzle.__drizzle_migrations (
          id serial primary key, hash text not null, created_at bigint)`);
    });
  }
  const rows = await client<{ at: string }[]>`select created_at as at from drizzle.__drizzle_migrations`;
  return new Set(rows.map(({ at }) => Number(at)));
}

/** Returns whether the migration is still to be applied, and blocks other processes until the transaction ends. */
async function isOurs(tx: postgres.TransactionSql, { folderMillis }: MigrationMeta): Promise<boolean> {
  const [lock] = await tx<{ taken: boolean }[]>`select pg_try_advisory_xact_lock(${advisoryLock}) as taken`;
  if (!lock?.taken) return false;
  // Without parameters, as what the driver sends with them keeps its snapshot, for which building an index would wait.
  const applied = await tx.unsafe(
    `select from drizzle.__drizzle_migrations where created_at = ${folderMillis}`,
  );
  return applied.length === 0;
}

const note = (sql: postgres.Sql | postgres.TransactionSql, { hash, folderMillis }: MigrationMeta) =>
  sql`insert into drizzle.__drizzle_migrations (hash, created_at) values (${hash}, ${folderMillis})`;

/** Applies a migration in one transaction. Returns false if another process applies it or has done so. */
function applyAtOnce({ client }: Sessions, migration: MigrationMeta, waiting: Waiting): Promise<boolean> {
  return untilLocked(waiting, () =>
    client.begin(async (tx) => {
      if (!(await isOurs(tx, migration))) return false;
      await tx.unsafe(`set local lock_timeout = ${waiting.lockTimeoutMs}`);
      for (const statement of migration.sql) await tx.unsafe(statement);
      await note(tx, migration);
      return true;
    }),
  );
}

/** Applies a migration whose statements commit by themselves, while a transaction of another session holds the lock. */
function applyEach(
  { client, holder }: Sessions,
  migration: MigrationMeta,
  waiting: Waiting,
): Promise<boolean> {
  return holder.begin(async (tx) => {
    await tx.unsafe('set local idle_in_transaction_session_timeout = 0; set local transaction_timeout = 0');
    if (!(await isOurs(tx, migration))) return false;
    // If this process is killed, its statement ends, too, and the next process need not wait for it.
    await client`set client_connection_check_interval = '2s'`;
    for (const statement of migration.sql) await execute(client, statement, waiting);
    await note(client, migration);
    return true;
  });
}

const commitsEach = ({ sql }: MigrationMeta): boolean =>
  sql.some((statement) => isConcurrent(statement) || /^-- Each statement commits by itself/m.test(statement));

const isConcurrent = (statement: string): boolean =>
  /^\s*(?:create (?:unique )?|drop )index concurrently\b/im.test(statement);

async function execute(client: postgres.Sql, statement: string, waiting: Waiting): Promise<void> {
  if (!isConcurrent(statement)) {
    await client.unsafe(`set lock_timeout = ${waiting.lockTimeoutMs}`);
    await untilLocked(waiting, () => client.unsafe(statement));
    return;
  }
  // Waits for older transactions as long as they take: nothing queues behind this lock.
  await client.unsafe('set lock_timeout = 0');
  const [, name] =
    /create (?:unique )?index concurrently (?:if not exists )?"?(\w+)"?/i.exec(statement) ?? [];
  if (name !== undefined) await dropHalfBuilt(client, name);
  await client.unsafe(statement);
}

/** A build that failed leaves an invalid index, which `IF NOT EXISTS` would take for the finished one. */
async function dropHalfBuilt(client: postgres.Sql, name: string): Promise<void> {
  const halfBuilt = await client`
    select from pg_index i join pg_class c on c.oid = i.indexrelid
    where c.relname = ${name} and not i.indisvalid`;
  if (halfBuilt.length > 0) await client`drop index concurrently ${client(name)}`;
}

/** Ended by the lock timeout, or chosen to end a deadlock. */
const lostForLock = /^(?:55P03|40P01)$/;

/** Repeats what gave up waiting for a lock, with pauses in which those run that queued behind it. */
async function untilLocked<T>(
  { pauseMs, patienceMs, onWait }: Waiting,
  attempt: () => Promise<T>,
): Promise<T> {
  const until = performance.now() + patienceMs;
  for (let tries = 1; ; tries += 1) {
    try {
      return await attempt();
    } catch (error) {
      const { code = '', message } = error as Partial<postgres.PostgresError>;
      if (!lostForLock.test(code) || performance.now() >= until) throw error;
      if (tries === 1) onWait(message ?? code);
    }
    // Not always the same, so that two that wait for one another don't meet again.
    await sleep(pauseMs * (0.75 + Math.random() / 2));
  }
}
