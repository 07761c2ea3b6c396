import { setTimeout as sleep } from 'node:timers/promises';
import type postgres from 'postgres';

/** How many rows each table has and a hash of them, at a named point of the log. */
export interface Point {
  name: string;
  /** By the name of the table with its schema. */
  tables: Record<string, TableContent>;
}

export interface TableContent {
  rows: number;
  /** Sums a hash of each row, so that their order doesn't matter. */
  hash: string;
}

const giveUpAfterMs = 300_000;
const longestPauseMs = 100;

/**
 * Marks a point in the log and reads the tables as they are at exactly that point: one at which no transaction was writing.
 * Returns null if the database was never quiet for that moment. `other`: another session.
 */
export async function markPoint(
  sql: postgres.Sql,
  other: postgres.Sql,
  prefix: string,
): Promise<Point | null> {
  const giveUpAt = Date.now() + giveUpAfterMs;
  for (let tried = 1; Date.now() < giveUpAt; tried += 1) {
    const name = `${prefix}-${tried}`;
    const tables = await sql.begin('isolation level repeatable read', async (tx) => {
      const [seen] = await tx<{ snapshot: string }[]>`
        select pg_current_snapshot()::text as snapshot, pg_create_restore_point(${name})`;
      return seen && (await wasQuiet(other, seen.snapshot)) ? readTables(tx) : null;
    });
    if (tables) return { name, tables };
    await sleep(Math.random() * longestPauseMs);
  }
  return null;
}

/**
 * Returns whether no transaction was under way or has ended since the snapshot. Who wrote a commit to the log but isn't
 * seen to have ended is still in the list of those who write, so that list is read first.
 */
async function wasQuiet(other: postgres.Sql, snapshot: string): Promise<boolean> {
  // Sent together, because the moment must be short.
  const [[writers], [now]] = await Promise.all([
    other<{ count: number }[]>`
      select count(*)::int as count from pg_stat_activity where backend_xid is not null`,
    other<{ snapshot: string }[]>`select pg_current_snapshot()::text as snapshot`,
  ]);
  const [oldest, next, running] = snapshot.split(':');
  return writers?.count === 0 && now?.snapshot === snapshot && oldest === next && running === '';
}

/** Reads all tables that are kept after a crash. */
export async function readTables(
  sql: postgres.Sql | postgres.TransactionSql,
): Promise<Record<string, TableContent>> {
  const tables = await sql<{ schema: string; name: string }[]>`
    select nspname as schema, relname as name from pg_class join pg_namespace n on n.oid = relnamespace
    where relkind in ('r', 'm') and relpersistence = 'p' and nspname not in ('pg_catalog', 'information_schema')
    order by 1, 2`;
  const contents: Record<string, TableContent> = {};
  for (const { schema, name } of tables) {
    const [content] = await sql<TableContent[]>`
      select count(*)::int as rows, coalesce(sum(hashtextextended((t.*)::text, 0)::numeric), 0)::text as hash
      from ${sql(schema)}.${sql(name)} as t`;
    if (content) contents[`${schema}.${name}`] = content;
  }
  return contents;
}
