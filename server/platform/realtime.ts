import { type SQL, sql } from 'drizzle-orm';
import type postgres from 'postgres';
import type { Db } from '#db/client.ts';

/** The channel on which processes tell each other what changed. */
export const changesChannel = 'quoteline_changes';

/** What changed, such as `agent:12`, `call:<uuid>`, `solution:<uuid>`, `request:<uuid>`, `vendor:3`. */
export type ChangeKey = `${string}:${string}`;

/**
 * Notifies every process of the changes if and when `tx` commits; dependent snapshots are then sent to their watchers.
 */
export async function announce(tx: Db, keys: readonly ChangeKey[]): Promise<void> {
  if (keys.length === 0) return;
  const payloads = sql.param(`{${[...new Set(keys)].join(',')}}`);
  await tx.execute(sql`select pg_notify(${changesChannel}, key) from unnest(${payloads}::text[]) as key`);
}

/** The same as a part of a statement that changes rows: for each of them, in its `returning`. */
export function announcing(key: SQL): SQL {
  return sql`pg_notify(${changesChannel}, ${key})`;
}

/**
 * Hears of every change of every process from when it resolves on: `onKey` per change; `onGap` at first, and when
 * changes may have been missed because the connection was lost. Throws when the database can't be reached.
 */
export async function listenToChanges(
  client: postgres.Sql,
  onKey: (key: string) => void,
  onGap: () => void,
): Promise<{ stop(): Promise<void> }> {
  const listening = await client.listen(changesChannel, onKey, onGap);
  return { stop: () => listening.unlisten() };
}

/** Returns the version of a snapshot that is read from now on: the database's clock in whole microseconds. */
export async function nextVersion(db: Db): Promise<number> {
  const [row] = await db.execute<{ version: string }>(
    sql`select (extract(epoch from clock_timestamp()) * 1000000)::bigint::text as version`,
  );
  return Number(row?.version);
}
