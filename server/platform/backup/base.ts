import { basename } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type postgres from 'postgres';
import {
  baseFolder,
  type Chain,
  listBases,
  listSegments,
  type Manifest,
  positionOf,
  readManifest,
  segmentOf,
  unbroken,
  writeManifest,
} from './layout.ts';
import { copyLog } from './log.ts';
import { pack } from './packing.ts';
import { beginAttempt, noteSuccess, readProgress } from './progress.ts';
import { BackupError } from './sealing.ts';
import { chainOf, dataFiles, locks, refuseUnfit, tryLock } from './server.ts';
import type { Store, StoreContext } from './store.ts';
import { markPoint } from './tables.ts';
import type { StoredFile, Vault } from './vault.ts';

const retryAfterMs = 600_000;
const waitForLogMs = 500;

/** Returns whether a copy of the whole is due: none is younger, or the log copied since the last has a gap. */
export async function isBaseDue(sql: postgres.Sql, vault: Vault, everySeconds: number): Promise<boolean> {
  const now = (await nowOf(sql)).getTime();
  const last = (await readProgress(sql)).find(({ part }) => part === 'base');
  if (last?.failure && now - last.triedAt.getTime() < retryAfterMs) return false;
  const chain = await chainOf(sql);
  const newest = await newestBase(vault, chain);
  if (!newest || now - newest.startedAt.getTime() >= everySeconds * 1000) return true;
  const segments = await listSegments(vault, chain.folder);
  return unbroken(segments, newest.firstSegment, chain).at(-1)?.name !== segments.at(-1)?.name;
}

async function newestBase(
  vault: Vault,
  { folder }: Chain,
): Promise<{ startedAt: Date; firstSegment: string } | null> {
  for (const { path, startedAt } of (await listBases(vault, folder)).reverse()) {
    const manifest = await readManifest(vault, path);
    if (manifest) return { startedAt, firstSegment: manifest.firstSegment };
  }
  return null;
}

/**
 * Copies the whole database while it runs, and the other stores. `logSql`: another session, for the log. Returns null
 * if another process copies it now. Both sessions must be closed afterwards, which ends their locks.
 */
export async function copyBase(
  { sql, logSql, config }: StoreContext & { logSql: postgres.Sql },
  vault: Vault,
  stores: readonly Store[],
): Promise<Manifest | null> {
  if (!(await tryLock(sql, locks.base))) return null;
  await refuseUnfit(sql);
  const chain = await chainOf(sql);
  await removeUnfinished(vault, chain);
  // From then on the server keeps its log.
  await copyLogUntil(await nowOf(sql), { sql: logSql, config }, vault, stores);
  const startedAt = await beginAttempt(sql, 'base');
  const folder = baseFolder(chain, startedAt);
  const copy = await copyDatabase(sql, vault, folder);
  const files: Record<string, StoredFile> = { [databaseFile]: copy.file };
  for (const store of stores)
    files[`${store.name}.qlb`] = await vault.write(
      `${folder}/${store.name}.qlb`,
      pack(store.entries({ sql, config }, null)),
    );
  const point = await markPoint(sql, logSql, basename(folder));
  await copyLogUntil(await nowOf(sql), { sql: logSql, config }, vault, stores);
  const manifest: Manifest = {
    version: 1,
    startedAt: startedAt.toISOString(),
    finishedAt: copy.finishedAt.toISOString(),
    postgres: await describeServer(sql),
    timeline: chain.timeline,
    segmentBytes: Number(chain.segmentBytes),
    firstSegment: copy.firstSegment,
    lastSegment: segmentOf(chain, positionOf(copy.end) - 1n),
    label: copy.label,
    files,
    point,
  };
  await writeManifest(vault, folder, manifest);
  await noteSuccess(sql, 'base', startedAt);
  return manifest;
}

export const databaseFile = 'database.qlb';

/** Deletes what processes that ended in the middle left behind: nobody else writes now. */
async function removeUnfinished(vault: Vault, { folder }: Chain): Promise<void> {
  for (const { path } of await listBases(vault, folder))
    if (!(await readManifest(vault, path))) await vault.remove(path);
}

interface DatabaseCopy {
  file: StoredFile;
  label: string;
  firstSegment: string;
  /** The position up to which the log is needed. */
  end: string;
  finishedAt: Date;
}

async function copyDatabase(sql: postgres.Sql, vault: Vault, folder: string): Promise<DatabaseCopy> {
  await sql`select pg_backup_start('quoteline', true)`;
  const file = await vault.write(`${folder}/${databaseFile}`, pack(dataFiles(sql)));
  const [stopped] = await sql<{ end: string; label: string; at: Date }[]>`
    select lsn::text as end, labelfile as label, clock_timestamp() as at from pg_backup_stop(false)`;
  const firstSegment = /\(file ([0-9A-F]{24})\)/.exec(stopped?.label ?? '')?.[1];
  if (!stopped || !firstSegment) throw new BackupError('PostgreSQL did not say where the copy begins.');
  const { end, label, at } = stopped;
  return { file, label, firstSegment, end, finishedAt: at };
}

/** A copy without the log that was written meanwhile is worth nothing. */
async function copyLogUntil(at: Date, ...what: Parameters<typeof copyLog>): Promise<void> {
  for (;;) {
    const until = await copyLog(...what);
    if (until && until > at) return;
    await sleep(waitForLogMs);
  }
}

async function nowOf(sql: postgres.Sql): Promise<Date> {
  const [row] = await sql<{ now: Date }[]>`select clock_timestamp() as now`;
  if (!row) throw new Error('the server has no time');
  return row.now;
}

async function describeServer(sql: postgres.Sql): Promise<Manifest['postgres']> {
  const [row] = await sql<Manifest['postgres'][]>`
    select current_setting('server_version_num')::int as version, current_database() as database,
      current_user::text as role, (
        select jsonb_object_agg(name, setting) from pg_settings where name in ('max_connections',
          'max_worker_processes', 'max_wal_senders', 'max_prepared_transactions', 'max_locks_per_transaction')
      ) as settings`;
  if (!row) throw new Error('the server says nothing about itself');
  return row;
}
