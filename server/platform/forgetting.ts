import { sql } from 'drizzle-orm';
import type { Db } from '#db/client.ts';
import { inMemory } from './backup/packing.ts';
import type { Store } from './backup/store.ts';

/** What a feature forgets, and does again after a restore to a time at which it wasn't forgotten yet. */
export interface Forgetting {
  kind: string;
  again(tx: Db, key: string): Promise<void>;
}

/** Notes what was forgotten, in the transaction that does it. `key`: until when, or a keyed hash; never the data itself. */
export async function noteForgotten(tx: Db, kind: string, key: string): Promise<void> {
  await tx.execute(sql`
    insert into forgotten (kind, key, at) values (${kind}, ${key}, clock_timestamp())
    on conflict (kind, key) do update set at = excluded.at`);
}

/** Longer than any backup is kept. */
const keptDays = 60;

export async function deleteOldNotes(db: Db): Promise<void> {
  await db.execute(sql`delete from forgotten where at < clock_timestamp() - ${keptDays} * interval '1 day'`);
}

export interface Forgotten {
  kind: string;
  key: string;
}

/** A transaction may have begun before the last copy and committed after it. */
const overlapMs = 600_000;

/** Copies with the log what was forgotten since: a database restored to an earlier time doesn't know it. */
export const forgottenStore: Store = {
  name: 'forgotten',
  async *entries({ sql: database }, since) {
    if (!since) return;
    const notes = await database<Forgotten[]>`
      select kind, key from forgotten where at > ${new Date(since.getTime() - overlapMs)} order by at`;
    if (notes.length > 0)
      yield { path: `forgotten/${since.getTime()}.json`, content: inMemory(JSON.stringify(notes)) };
  },
};
