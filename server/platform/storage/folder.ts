import { copyFile, mkdir, open, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { removeOlder } from '../old-files.ts';
import type { Storage } from './port.ts';

/** Keeps files in a folder, which several processes may share. */
export function createFolder(dir: string): Storage {
  const pathOf = (key: string) => join(dir, key);
  const unfinishedOf = (key: string) => join(dirname(pathOf(key)), `.${basename(key)}.part`);
  return {
    async put(key, path) {
      const folder = dirname(pathOf(key));
      await mkdir(folder, { recursive: true, mode: 0o700 });
      const unfinished = unfinishedOf(key);
      try {
        await copyFile(path, unfinished);
        await sync(unfinished);
        await rename(unfinished, pathOf(key));
      } finally {
        await rm(unfinished, { force: true });
      }
      // A new name survives a power cut only once its folder is written.
      await sync(folder);
    },
    async get(key) {
      const file = await open(pathOf(key)).catch((error: NodeJS.ErrnoException) => {
        if (error.code === 'ENOENT') return null;
        throw error;
      });
      return file && file.createReadStream();
    },
    async remove(key) {
      for (const path of [pathOf(key), unfinishedOf(key)]) await rm(path, { force: true });
    },
    removeUnfinished: (folder, before) => removeOlder(pathOf(folder), before, (name) => name.startsWith('.')),
  };
}

async function sync(path: string): Promise<void> {
  const handle = await open(path);
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
