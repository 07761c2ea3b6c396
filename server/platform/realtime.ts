import { type SQL, sql } from 'drizzle-orm';
import type postgres from 'postgres';
import type { Db } from '#db/client.ts';

/** The PostgreSQL channel for changes. */
export const changesChannel = 'quoteline_changes';

/** A changed thing, such as `agent:12`, `call:<uuid>`, `solution:<uuid>`, `request:<uuid>`, `vendor:3`. */
export type ChangeKey = `${string}:${string}`;

/** Notifies all processes of changes when `tx` commits. They send the snapshots that depend on them. */
export async function announce(tx: Db, keys: readonly ChangeKey[]): Promise<void> {
  if (keys.length === 0) return;
  const payloads = sql.param(`{${[...new Set(keys)].join(',')}}`);
  await tx.execute(sql`select pg_notify(${changesChannel}, key) from unnest(${payloads}::text[]) as key`);
}

/** Returns the same as SQL, for the `returning` of a statement: notifies once per row. */
export function announcing(key: SQL): SQL {
  return sql`pg_notify(${changesChannel}, ${key})`;
}

/**
 * Listens to changes of all processes. `onGap`: changes may have been missed, which is so at first and after the
 * connection was lost. Throws if the database can't be reached.
 */
export async function listenToChanges(
  client: postgres.Sql,
  onKey: (key: string) => void,
  onGap: () => void,
): Promise<{ stop(): Promise<void> }> {
  const listening = await client.listen(changesChannel, onKey, onGap);
  return { stop: () => listening.unlisten() };
}

/** Returns the version for a snapshot read after this: the database's clock in microseconds. */
export async function nextVersion(db: Db): Promise<number> {
  const [row] = await db.execute<{ version: string }>(
    sql`select (extract(epoch from clock_timestamp()) * 1000000)::bigint::text as version`,
  );
  return Number(row?.version);
}
