import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Entry } from '#server/platform/backup/packing.ts';
import type { Store, StoreContext } from '#server/platform/backup/store.ts';
import { storedAfter } from './queries.ts';
import { keyOf } from './rules.ts';

const atOnce = 500;
/** A file may have been marked as stored before the last copy and committed after it. */
const overlapMs = 600_000;

/** Copies the folder's files. A bucket is not copied: its own versions keep it. */
export const uploadStore: Store = { name: 'uploads', entries };

async function* entries({ config, sql }: StoreContext, since: Date | null): AsyncIterable<Entry> {
  if (config.storage.kind !== 'folder') return;
  const { dir } = config.storage;
  const after = new Date(since === null ? 0 : since.getTime() - overlapMs);
  let last: string | null = null;
  for (;;) {
    const ids: string[] = await storedAfter(sql, after, last, atOnce);
    for (const id of ids) {
      const path = join(dir, keyOf(id));
      // Removed since it was listed.
      if (!(await stat(path).catch(() => null))) continue;
      yield { path: `storage/${keyOf(id)}`, content: createReadStream(path) as AsyncIterable<Buffer> };
    }
    if (ids.length < atOnce) return;
    last = ids.at(-1) ?? null;
  }
}
