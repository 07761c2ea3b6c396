import { sql } from 'drizzle-orm';
import type { Db } from '#db/client.ts';

/** The channel on which processes tell each other what changed. */
export const changesChannel = 'quoteline_changes';

/** What changed, such as `agent:12`, `call:<uuid>`, `solution:<uuid>`, `request:<uuid>`, `vendor:3`. */
export type ChangeKey = `${string}:${string}`;

/**
 * Tells every process what changed, when and only if `tx` commits: those who watch a snapshot that depends on it get it
 * anew. One statement, none for an empty list.
 */
export async function announce(tx: Db, keys: readonly ChangeKey[]): Promise<void> {
  if (keys.length === 0) return;
  const payloads = sql.param(`{${[...new Set(keys)].join(',')}}`);
  await tx.execute(sql`select pg_notify(${changesChannel}, key) from unnest(${payloads}::text[]) as key`);
}
