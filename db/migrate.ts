import { setTimeout as sleep } from 'node:timers/promises';
import { type MigrationMeta, readMigrationFiles } from 'drizzle-orm/migrator';
import postgres from 'postgres';

const ownMigrations = new URL('../migrations', import.meta.url).pathname;
const advisoryLock = 0x51_0e_11;
const retryLockAfterMs = 100;

/** A migration fails rather than waits longer for a lock, because other statements would queue behind it. */
const lockTimeout = '15s';

/**
 * Applies pending migrations, each once, even if several processes start together. Each is one transaction, unless it
 * builds indexes `CONCURRENTLY` or says that each statement commits by itself: then its statements must be repeatable.
 * Throws the database's error.
 */
export async function migrate(url: string, migrationsFolder = ownMigrations): Promise<void> {
  const client = postgres(url, { max: 1, onnotice: () => {} });
  try {
    await takeAdvisoryLock(client);
    await client.unsafe(`set lock_timeout = '${lockTimeout}'`);
    const applied = await appliedMigrations(client);
    for (const migration of readMigrationFiles({ migrationsFolder })) {
      if (!applied.has(migration.folderMillis)) await apply(client, migration);
    }
  } finally {
    await client.end();
  }
}

/** Polls for the lock: a session that waits in a statement would block building an index concurrently. */
async function takeAdvisoryLock(client: postgres.Sql): Promise<void> {
  for (;;) {
    const [row] = await client<{ taken: boolean }[]>`select pg_try_advisory_lock(${advisoryLock}) as taken`;
    if (row?.taken) return;
    await sleep(retryLockAfterMs);
  }
}

/** Returns the timestamps of applied migrations. Creates Drizzle's table if it is missing. */
async function appliedMigrations(client: postgres.Sql): Promise<Set<number>> {
  await client.unsafe(`
    create schema if not exists drizzle;
    create table if not exists drizzle.__drizzle_migrations (
      id serial primary key, hash text not null, created_at bigint)`);
  const rows = await client<{ at: string }[]>`select created_at as at from drizzle.__drizzle_migrations`;
  return new Set(rows.map(({ at }) => Number(at)));
}

async function apply(client: postgres.Sql, { sql, hash, folderMillis }: MigrationMeta): Promise<void> {
  const run = async (db: postgres.Sql | postgres.TransactionSql): Promise<void> => {
    for (const statement of sql) {
      const index = concurrentIndex(statement);
      if (index === null) await db.unsafe(statement);
      else await buildIndex(client, index, statement);
    }
    await db`insert into drizzle.__drizzle_migrations (hash, created_at) values (${hash}, ${folderMillis})`;
  };
  const commitsEach = sql.some(
    (statement) =>
      concurrentIndex(statement) !== null || /^-- Each statement commits by itself/m.test(statement),
  );
  if (commitsEach) await run(client);
  else await client.begin(run);
}

/** Returns the name of the index that a statement builds concurrently, or null. */
function concurrentIndex(statement: string): string | null {
  const pattern = /^\s*create (?:unique )?index concurrently (?:if not exists )?"?(\w+)"?/im;
  return pattern.exec(statement)?.[1] ?? null;
}

/** Builds an index, waiting for older transactions as long as they take: nothing queues behind this lock. */
async function buildIndex(client: postgres.Sql, name: string, statement: string): Promise<void> {
  await client.unsafe('set lock_timeout = 0');
  // A build that failed leaves an invalid index, which `IF NOT EXISTS` would take for the finished one.
  const halfBuilt = await client`
    select from pg_index i join pg_class c on c.oid = i.indexrelid
    where c.relname = ${name} and not i.indisvalid`;
  if (halfBuilt.length > 0) await client`drop index concurrently ${client(name)}`;
  await client.unsafe(statement);
  await client.unsafe(`set lock_timeout = '${lockTimeout}'`);
}
