import { appendFile, chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import postgres from 'postgres';
import { migrate } from '#db/migrate.ts';
import { connectForBackup, dataFiles } from '#server/platform/backup/server.ts';
import { connectOrStart, type Postgres } from '../scripts/pg.ts';
import { accountFor } from '../scripts/pg/account.ts';
import { giveTo } from '../scripts/pg/cluster.ts';

/** A PostgreSQL of its own and a streaming replica of it. */
export interface PrimaryAndStandby {
  primary: Postgres;
  standby: Postgres;
  /** A session with each. */
  sql: { primary: postgres.Sql; standby: postgres.Sql };
  /** Lets each commit wait until the standby has it. */
  synchronise(): Promise<void>;
  /** Waits until the standby has all that was committed so far. */
  catchUp(): Promise<void>;
  /** Kills the standby, and returns a function that starts it again at the same address. */
  killStandby(): Promise<() => Promise<void>>;
  end(): Promise<void>;
}

const name = 'standby';
// Nothing here needs to survive a crash of the machine.
const settings = { fsync: 'off', wal_receiver_status_interval: '1s', wal_retrieve_retry_interval: '100ms' };

/** Starts both, with a migrated database. */
export async function startWithStandby(): Promise<PrimaryAndStandby> {
  const folder = await mkdtemp(join(tmpdir(), 'quoteline-standby-'));
  await chmod(folder, 0o755);
  const primary = await connectOrStart({ dataDir: join(folder, 'primary'), settings });
  await migrate(primary.url);
  const sql = postgres(primary.url, { max: 1, onnotice: () => {} });
  await copy(primary.url, join(folder, name));
  let standby = await connectOrStart({ dataDir: join(folder, name), settings });
  const port = Number(new URL(standby.url).port);
  const reading = postgres(standby.url, { max: 1, onnotice: () => {} });

  async function until(isSo: () => Promise<boolean>): Promise<void> {
    while (!(await isSo())) await new Promise((resolve) => setTimeout(resolve, 20));
  }
  const stateIs = (state: string) => async () =>
    (await sql`select from pg_stat_replication where application_name = ${name} and sync_state = ${state}`)
      .length > 0;

  return {
    primary,
    get standby() {
      return standby;
    },
    sql: { primary: sql, standby: reading },
    async synchronise() {
      await until(stateIs('async'));
      await sql.unsafe(`alter system set synchronous_standby_names = '${name}'`);
      await sql`select pg_reload_conf()`;
      await until(stateIs('sync'));
    },
    async catchUp() {
      const [row] = await sql<{ now: string }[]>`select pg_current_wal_lsn()::text as now`;
      await until(async () => {
        const [reached] = await reading`select pg_last_wal_replay_lsn() >= ${row!.now}::pg_lsn as yes`;
        return reached?.['yes'] === true;
      });
    },
    async killStandby() {
      process.kill(standby.pid, 'SIGKILL');
      await standby.ended;
      return async () => {
        standby = await connectOrStart({ dataDir: join(folder, name), port, settings });
      };
    },
    async end() {
      await Promise.all([sql, reading].map((one) => one.end({ timeout: 1 })));
      await Promise.all([standby.stop(), primary.stop()]);
      await rm(folder, { recursive: true });
    },
  };
}

/** Copies the server's files into a new folder as those of a standby, as `pg_basebackup` would. */
async function copy(url: string, folder: string): Promise<void> {
  const cluster = join(folder, 'postgres');
  await mkdir(cluster, { recursive: true, mode: 0o700 });
  const sql = connectForBackup(url);
  const account = accountFor(cluster);
  await sql`select pg_create_physical_replication_slot(${name}, true)`;
  await sql`select pg_backup_start(${name}, true)`;
  giveTo(account, cluster);
  for await (const { path, content } of dataFiles(sql)) {
    const file = join(cluster, path);
    await mkdir(path.endsWith('/') ? file : dirname(file), { recursive: true, mode: 0o700 });
    if (!path.endsWith('/')) await writeFile(file, content, { mode: 0o600 });
    giveTo(account, file);
  }
  const [stopped] = await sql<{ label: string }[]>`select labelfile as label from pg_backup_stop(false)`;
  await sql.end();
  const { hostname, port, username, password } = new URL(url);
  const way = `host=${hostname} port=${port} user=${username} password=${password} application_name=${name}`;
  await writeFile(join(cluster, 'backup_label'), stopped!.label);
  await writeFile(join(cluster, 'standby.signal'), '');
  await appendFile(
    join(cluster, 'postgresql.auto.conf'),
    `primary_conninfo = '${way}'\nprimary_slot_name = '${name}'\n`,
  );
  for (const file of ['backup_label', 'standby.signal']) giveTo(account, join(cluster, file));
}
