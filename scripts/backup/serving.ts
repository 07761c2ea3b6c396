import { existsSync } from 'node:fs';
import { rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import postgres from 'postgres';
import type { Manifest } from '#server/platform/backup/layout.ts';
import { connectForBackup } from '#server/platform/backup/server.ts';
import { startAlone } from '../pg.ts';
import { accountFor } from '../pg/account.ts';
import { DATABASE, giveTo, hasPassword, HERE, newPassword, SUPERUSER, writePassword } from '../pg/cluster.ts';

/** Opens a session of a role and a database, by default those with which the backup was made. */
export type Connect = (role?: string, database?: string) => postgres.Sql;

const dayMs = 86_400_000;
const config = 'quoteline.conf';
const access = 'quoteline.hba';

/** Settings of another server's operator, which point at files and libraries that aren't here. */
const foreignSettings = ['postgresql.conf', 'postgresql.auto.conf', 'pg_hba.conf', 'pg_ident.conf'];

export async function setAside(cluster: string): Promise<void> {
  for (const name of foreignSettings)
    if (existsSync(join(cluster, name))) await rename(join(cluster, name), join(cluster, `${name}.former`));
}

/**
 * Starts the server of a cluster for `use`. It is reached without a password, because those of another server's roles aren't
 * known here, but only by a socket in its folder, which no other user can enter.
 */
export async function whileServing<T>(
  folder: string,
  { role, database, settings: least }: Manifest['postgres'],
  settings: Record<string, string>,
  use: (connect: Connect) => Promise<T>,
): Promise<T> {
  const cluster = join(folder, 'postgres');
  const account = accountFor(cluster);
  const lines = Object.entries(least).map(([name, value]) => `${name} = ${value}`);
  await writeFile(join(cluster, config), lines.join('\n'));
  await writeFile(join(cluster, access), 'local all all trust\n');
  for (const name of [config, access]) giveTo(account, join(cluster, name));
  const server = await startAlone({
    dataDir: folder,
    startTimeoutMs: dayMs,
    settings: {
      config_file: `${HERE}/${config}`,
      hba_file: `${HERE}/${access}`,
      listen_addresses: '',
      unix_socket_directories: HERE,
      recovery_target_timeline: 'current',
      ...settings,
    },
  });
  const opened: postgres.Sql[] = [];
  try {
    return await use((username = role, name = database) => {
      // By the server's own folder, because the path of a socket must be short.
      const where = { host: `/proc/${server.pid}/cwd`, port: server.port };
      const sql = connectForBackup({ ...where, username, database: name });
      opened.push(sql);
      return sql;
    });
  } finally {
    await Promise.all(opened.map((sql) => sql.end({ timeout: 5 })));
    await server.stop();
    for (const name of [config, access]) await rm(join(cluster, name));
  }
}

/** Gives a cluster that comes from another server the role, the database and the settings of an embedded one. */
export async function adopt(
  cluster: string,
  { role, database, settings }: Manifest['postgres'],
  connect: Connect,
): Promise<void> {
  if (hasPassword(cluster)) return;
  const account = accountFor(cluster);
  const [owner] = await connect(role)<
    { name: string }[]
  >`select rolname as name from pg_roles where oid = 10`;
  const sql = connect(owner?.name, 'template1');
  const password = newPassword();
  const [known] = await sql`select 1 from pg_roles where rolname = ${SUPERUSER}`;
  if (!known) await sql`create role ${sql(SUPERUSER)}`;
  await sql.unsafe(`alter role ${SUPERUSER} superuser login password '${password}'`);
  if (database !== DATABASE) {
    await sql`select pg_terminate_backend(pid) from pg_stat_activity where datname = ${database}`;
    await sql`alter database ${sql(database)} rename to ${sql(DATABASE)}`;
  }
  const lines = Object.entries(settings).map(([name, value]) => `${name} = ${value}`);
  await writeFile(join(cluster, 'postgresql.conf'), lines.join('\n'));
  await writeFile(join(cluster, 'pg_hba.conf'), 'host all all 127.0.0.1/32 scram-sha-256\n');
  await writeFile(join(cluster, 'pg_ident.conf'), '');
  for (const name of ['postgresql.conf', 'pg_hba.conf', 'pg_ident.conf'])
    giveTo(account, join(cluster, name));
  writePassword(cluster, account, password);
}
