import postgres from 'postgres';
import { type Chain, chainFolder, positionOf, segmentOf } from './layout.ts';
import type { Entry } from './packing.ts';
import { BackupError } from './sealing.ts';

/** Keeps the log until it is copied. Files are read by SQL, so that it doesn't matter where the server runs. */
const slot = 'quoteline_backup';

/** Locks of a session, so that processes don't copy the same at once. */
export const locks = { base: 0x51_0e_21, log: 0x51_0e_22 } as const;

const readAtOnce = 4_194_304;

/** Connects for a backup: one session, which PostgreSQL needs to be the same from the start to the end of a copy. */
export function connectForBackup(to: string | postgres.Options<Record<string, never>>): postgres.Sql {
  const options = {
    max: 1,
    max_lifetime: null,
    onnotice: () => {},
    // The same texts of the same values everywhere.
    connection: { application_name: 'quoteline backup', TimeZone: 'UTC', DateStyle: 'ISO, YMD' },
  };
  return typeof to === 'string' ? postgres(to, options) : postgres({ ...to, ...options });
}

export async function tryLock(sql: postgres.Sql, lock: number): Promise<boolean> {
  const [row] = await sql<{ taken: boolean }[]>`select pg_try_advisory_lock(${lock}) as taken`;
  return row?.taken ?? false;
}

export async function unlock(sql: postgres.Sql, lock: number): Promise<void> {
  await sql`select pg_advisory_unlock(${lock})`;
}

/** Returns where the backups of this server belong. */
export async function chainOf(sql: postgres.Sql): Promise<Chain> {
  const [row] = await sql<{ system: string; timeline: number; bytes: string }[]>`
    select system_identifier::text as system,
      ('x' || left(pg_walfile_name(pg_current_wal_insert_lsn()), 8))::bit(32)::int as timeline,
      pg_size_bytes(current_setting('wal_segment_size'))::text as bytes
    from pg_control_system()`;
  if (!row) throw new Error('the server says nothing about itself');
  return {
    folder: chainFolder(row.system, row.timeline),
    timeline: row.timeline,
    segmentBytes: BigInt(row.bytes),
  };
}

/** Returns from which segment on the server keeps its log, from now on until `releaseLog`. */
export async function keepLog(sql: postgres.Sql, chain: Chain): Promise<string> {
  for (;;) {
    const [kept] = await sql<{ from: string | null; status: string }[]>`
      select restart_lsn::text as from, wal_status as status from pg_replication_slots where slot_name = ${slot}`;
    if (kept?.from && kept.status !== 'lost') return segmentOf(chain, positionOf(kept.from));
    // The server gave the log up, because nobody had copied it for too long.
    if (kept) await sql`select pg_drop_replication_slot(${slot})`;
    await sql`select pg_create_physical_replication_slot(${slot}, true)`;
  }
}

/** Lets the server delete the log before that position. */
export async function releaseLog(sql: postgres.Sql, before: string): Promise<void> {
  await sql`select pg_replication_slot_advance(${slot}, ${before})`;
}

/** Ends the log's current segment. Returns the end of what is in it. */
export async function endSegment(sql: postgres.Sql): Promise<string> {
  const [row] = await sql<{ end: string }[]>`select pg_switch_wal()::text as end`;
  if (!row) throw new Error('the segment was not ended');
  return row.end;
}

/** Yields a file's content; nothing if it has vanished meanwhile. */
export async function* contentOf(sql: postgres.Sql, path: string): AsyncGenerator<Buffer> {
  for (let offset = 0; ;) {
    const [row] = await sql<{ piece: Buffer | null }[]>`
      select pg_read_binary_file(${path}, ${offset}, ${readAtOnce}, true) as piece`;
    const piece = row?.piece;
    if (!piece || piece.length === 0) return;
    yield piece;
    offset += piece.length;
    if (piece.length < readAtOnce) return;
  }
}

/** What a restored server creates by itself, which pg_basebackup leaves out, too, and what belongs to the running one. */
const leftOut =
  /^(?:pg_wal|pg_replslot|pg_dynshmem|pg_notify|pg_serial|pg_snapshots|pg_stat_tmp|pg_subtrans)\/.|(?:^|\/)(?:pgsql_tmp|pg_internal\.init)|^(?:postmaster\.(?:pid|opts)|postgresql\.auto\.conf\.tmp|current_logfiles|backup_(?:label|manifest)|tablespace_map|quoteline\.users)|(?:^|\/)t\d+_\d+/;

/** Written last, because recovery reads in it how far the other files may be. */
const controlFile = 'global/pg_control';

/** Yields the files of the server's data folder. */
export async function* dataFiles(sql: postgres.Sql): AsyncGenerator<Entry> {
  const files = await sql<{ path: string; isFolder: boolean }[]>`
    with recursive files (path, is_folder) as (
      select name, stat.isdir from pg_ls_dir('.', true, false) as name, pg_stat_file(name, true) as stat
      union all
      select files.path || '/' || name, stat.isdir
      from files, pg_ls_dir(files.path, true, false) as name, pg_stat_file(files.path || '/' || name, true) as stat
      where files.is_folder)
    select path, is_folder as "isFolder" from files where is_folder is not null order by path = ${controlFile}, path`;
  for (const { path, isFolder } of files) {
    if (leftOut.test(path)) continue;
    yield isFolder ? { path: `${path}/`, content: nothing() } : { path, content: contentOf(sql, path) };
  }
}

async function* nothing(): AsyncGenerator<Buffer> {}

/** Throws if this server can't be copied file by file. */
export async function refuseUnfit(sql: postgres.Sql): Promise<void> {
  const [row] = await sql<{ elsewhere: number; level: string }[]>`
    select (select count(*)::int from pg_tablespace where spcname not in ('pg_default', 'pg_global')) as elsewhere,
      current_setting('wal_level') as level`;
  if (row?.level === 'minimal') throw new BackupError('Backups need wal_level = replica in PostgreSQL.');
  if (row && row.elsewhere > 0)
    throw new BackupError('Backups of a database with tablespaces are not made: use pg_basebackup.');
}
