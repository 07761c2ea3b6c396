import { readdir, rename, rm } from 'node:fs/promises';
import { resolve } from 'node:path';
import postgres from 'postgres';
import { connect } from '#db/client.ts';
import { migrate } from '#db/migrate.ts';
import type { Vault } from '#server/platform/backup/vault.ts';
import { pauseWorkers } from '#server/platform/workers.ts';
import { connectOrStart } from '../pg.ts';
import { dataDirOf, readEnvironment } from '../environment.ts';
import { PlainError } from '../plain-error.ts';
import { forgetAgain } from './forgetting.ts';
import { describePending } from './pending.ts';
import { findSpan } from './points.ts';
import { recover, tidyUp, unpackBase } from './recovery.ts';

/** Restores a time, or all that was backed up, into a new folder. Returns what the operator should know. */
export async function restore(vault: Vault, at: Date | null, into: string | undefined): Promise<string[]> {
  const begunAt = Date.now();
  const folder = await newFolder(into, 'restored', at ?? undefined);
  const span = await findSpan(vault, at);
  const unfinished = `${folder}.unfinished`;
  await rm(unfinished, { recursive: true, force: true });
  let said: string[];
  try {
    await unpackBase(vault, span, unfinished);
    const newest = await recover(vault, span, unfinished, at);
    said = [
      ...(newest ? [`The newest change in it is of ${newest.toISOString()}.`] : []),
      ...(await prepare(unfinished)),
    ];
    await tidyUp(unfinished);
  } catch (error) {
    // It holds everything in clear.
    await rm(unfinished, { recursive: true, force: true });
    throw error;
  }
  await rename(unfinished, folder);
  const seconds = ((Date.now() - begunAt) / 1000).toFixed(1);
  return [
    `Restored into ${folder} in ${seconds} s, from the copy of ${span.manifest.startedAt}.`,
    ...said,
    `Its SECRET_KEY is in ${folder}/secret-key. Its workers are paused: look at it, with DATA_DIR=${folder}`,
    `and DATABASE_URL unset, then let them begin: DATA_DIR=${folder} npm run restore -- --resume`,
  ];
}

/** Returns the path of a folder that doesn't exist: a restore never writes over data. */
export async function newFolder(into: string | undefined, kind: string, at = new Date()): Promise<string> {
  const stamp = at.toISOString().replace(/[-:]|\.\d+/g, '');
  // npm runs this in the repository, but the path is relative to the folder in which npm was run.
  const folder = into
    ? resolve(process.env.INIT_CWD ?? '.', into)
    : `${dataDirOf(readEnvironment())}.${kind}-${stamp}`;
  const found = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw new PlainError(`${folder} can't be written: ${error.message}`);
  });
  if (found.length > 0) throw new PlainError(`${folder} isn't empty. Choose a new folder with --into.`);
  return folder;
}

async function prepare(folder: string): Promise<string[]> {
  const server = await connectOrStart({ dataDir: folder });
  const sql = postgres(server.url, { max: 1, onnotice: () => {} });
  const database = connect(server.url, { pool: 1 });
  try {
    // A copy that was made before an update.
    await migrate(server.url);
    await pauseWorkers(database.db, 'restored');
    const forgotten = await forgetAgain(folder, database.db);
    return [forgotten, ...(await describePending(sql))];
  } finally {
    await Promise.all([sql.end(), database.close()]);
    await server.stop();
  }
}
