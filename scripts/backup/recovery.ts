import { createWriteStream } from 'node:fs';
import { mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { setTimeout as pause } from 'node:timers/promises';
import type postgres from 'postgres';
import { databaseFile } from '#server/platform/backup/base.ts';
import { chainFolder, listChains, listChanges } from '#server/platform/backup/layout.ts';
import { unpack } from '#server/platform/backup/packing.ts';
import { BackupError } from '#server/platform/backup/sealing.ts';
import type { Vault } from '#server/platform/backup/vault.ts';
import { accountFor } from '../pg/account.ts';
import { giveTo, hasPassword } from '../pg/cluster.ts';
import type { Span } from './points.ts';
import { adopt, type Connect, setAside, whileServing } from './serving.ts';

/** Where the server finds the next segment, in its data folder, which is its working directory. */
const spool = 'quoteline.log';

const failed = 'failed';

/** Asks for a segment and waits for it. A code over 125 ends recovery: the log must not end because something failed. */
const restoreCommand = `: > "${spool}/%f.wanted"; n=0
while [ -e "${spool}/%f.wanted" ]; do
  n=$((n+1)); if [ -e "${spool}/${failed}" ] || [ $n -gt 3000 ]; then exit 200; fi; sleep 0.02
done
[ -e "${spool}/%f" ] && mv "${spool}/%f" "%p"`;

const lookEveryMs = 10;

/** Unpacks what a copy holds into a new folder: the database into `postgres`. */
export async function unpackBase(vault: Vault, span: Span, folder: string): Promise<void> {
  const { base, manifest } = span;
  const cluster = join(folder, 'postgres');
  const account = accountFor(cluster);
  await mkdir(cluster, { recursive: true, mode: 0o700 });
  giveTo(account, cluster);
  for (const file of Object.keys(manifest.files)) {
    if (file === databaseFile)
      await unpackFile(vault, `${base}/${file}`, cluster, (path) => giveTo(account, path));
    else await unpackFile(vault, `${base}/${file}`, folder);
  }
  // Also what came after the time that is restored: above all what was forgotten then.
  const [system] = span.folder.split('-');
  for (const chain of await listChains(vault))
    for (const { path, at } of await listChanges(vault, chain))
      if (chain.startsWith(`${system}-`) && at >= new Date(manifest.startedAt))
        await unpackFile(vault, path, folder);
  if (!hasPassword(cluster)) await setAside(cluster);
  await mkdir(join(cluster, spool), { mode: 0o700 });
  await writeFile(join(cluster, 'backup_label'), manifest.label);
  await writeFile(join(cluster, 'recovery.signal'), '');
  for (const name of [spool, 'backup_label', 'recovery.signal']) giveTo(account, join(cluster, name));
}

async function unpackFile(
  vault: Vault,
  file: string,
  folder: string,
  done: (path: string) => void = () => {},
): Promise<void> {
  await vault.read(file, async (content) => {
    for await (const entry of unpack(content)) {
      const path = join(folder, entry.path);
      if (!path.startsWith(`${folder}/`)) throw new BackupError(`${file} holds the path ${entry.path}.`);
      if (path.endsWith('/')) await mkdir(path, { recursive: true, mode: 0o700 });
      else {
        await mkdir(dirname(path), { recursive: true, mode: 0o700 });
        await pipeline(entry.content, createWriteStream(path, { mode: 0o600 }));
      }
      done(path);
    }
  });
}

/**
 * Repeats the log of an unpacked copy up to a time, or to its end, and makes it a cluster of ours. Returns the time of the
 * last change.
 */
export function recover(vault: Vault, span: Span, folder: string, at: Date | null): Promise<Date | null> {
  const settings = {
    recovery_target_action: 'promote',
    // The server reads no "Z" here.
    ...(at ? { recovery_target_time: at.toISOString().replace('Z', '+00') } : {}),
    // Ready only once all is repeated.
    hot_standby: 'off',
  };
  return whileFed(vault, span, folder, settings, async (connect) => {
    const sql = connect();
    const [row] = await sql<{ at: Date | null }[]>`select pg_last_xact_replay_timestamp() as at`;
    await adopt(join(folder, 'postgres'), span.manifest.postgres, connect);
    return row?.at ?? null;
  });
}

/** Repeats the log of an unpacked copy up to a named point, and gives the database, which only reads, to `use`. */
export function recoverToPoint<T>(
  vault: Vault,
  span: Span,
  folder: string,
  { point, use }: { point: string; use: (sql: postgres.Sql) => Promise<T> },
): Promise<T> {
  const settings = { recovery_target_action: 'pause', recovery_target_name: point };
  return whileFed(vault, span, folder, settings, async (connect) => {
    const sql = connect();
    for (;;) {
      const [row] = await sql<{ state: string }[]>`select pg_get_wal_replay_pause_state() as state`;
      if (row?.state === 'paused') return use(sql);
      await pause(lookEveryMs);
    }
  });
}

/** Starts the server for `use`, giving it the segments it asks for. Throws a BackupError if one is damaged. */
async function whileFed<T>(
  vault: Vault,
  span: Span,
  folder: string,
  settings: Record<string, string>,
  use: (connect: Connect) => Promise<T>,
): Promise<T> {
  const feeder = feedSegments(vault, span, join(folder, 'postgres'));
  const { postgres } = span.manifest;
  try {
    return await whileServing(folder, postgres, { restore_command: restoreCommand, ...settings }, use);
  } catch (error) {
    throw feeder.failure() ?? error;
  } finally {
    await feeder.stop();
  }
}

/** Removes what only recovery needed. */
export const tidyUp = (folder: string): Promise<void> =>
  rm(join(folder, 'postgres', spool), { recursive: true, force: true });

/** Decrypts segments as the server asks for them. */
function feedSegments(
  vault: Vault,
  { segments, folder: chain }: Span,
  cluster: string,
): { failure(): unknown; stop(): Promise<void> } {
  const account = accountFor(cluster);
  const folder = join(cluster, spool);
  const [system] = chain.split('-');
  let isStopped = false;
  let failure: unknown;

  const chainOf = (history: string) => chainFolder(system ?? '', Number.parseInt(history, 16));

  async function answer(asked: string): Promise<void> {
    const name = basename(asked, '.wanted');
    const segment = segments.find((one) => one.name === name);
    if (segment) {
      const file = join(folder, `${name}.new`);
      await vault.read(segment.path, (content) =>
        pipeline(content, createWriteStream(file, { mode: 0o600 })),
      );
      giveTo(account, file);
      await rename(file, join(folder, name));
    }
    // Asked for to find a new timeline that no history has yet. Only whether there is such a file matters.
    else if (name.endsWith('.history') && (await listChains(vault)).includes(chainOf(name)))
      await writeFile(join(folder, name), '');
    await rm(join(folder, asked));
  }

  async function feed(): Promise<void> {
    while (!isStopped) {
      for (const file of await readdir(folder)) if (file.endsWith('.wanted')) await answer(file);
      await pause(lookEveryMs);
    }
  }

  const feeding = feed().catch(async (error: unknown) => {
    failure = error;
    await writeFile(join(folder, failed), '');
  });
  return {
    failure: () => failure,
    async stop() {
      isStopped = true;
      await feeding;
    },
  };
}
