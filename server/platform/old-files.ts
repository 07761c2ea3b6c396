import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';

/** Removes the files of a folder, which may be missing, that were last written before then and are `unwanted`. */
export async function removeOlder(
  folder: string,
  before: Date,
  unwanted: (name: string) => boolean = () => true,
): Promise<void> {
  const names = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw error;
  });
  for (const name of names.filter(unwanted)) {
    const path = join(folder, name);
    // Another process may have finished or removed it meanwhile.
    const found = await stat(path).catch(() => null);
    if (found && found.mtime < before) await rm(path, { force: true });
  }
}
