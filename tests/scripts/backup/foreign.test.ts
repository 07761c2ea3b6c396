import { randomBytes } from 'node:crypto';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import postgres from 'postgres';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { migrate } from '#db/migrate.ts';
import { connectOrStart, type Postgres } from '../../../scripts/pg.ts';
import { runCommand } from '../command.ts';
import { openRestored } from './installation.ts';

const folder = mkdtempSync(join(tmpdir(), 'quoteline-backup-'));
chmodSync(folder, 0o755);
let server: Postgres;
let url: URL;
let env: Record<string, string>;

/** A server as an operator has it: other names, and its settings not in its data folder. */
beforeAll(async () => {
  const dataDir = join(folder, 'data');
  server = await connectOrStart({ dataDir, settings: { fsync: 'off', max_connections: '150' } });
  const admin = postgres(server.url, { max: 1, onnotice: () => {} });
  await admin`create role owner superuser login password 'secret'`;
  await admin`create role clerk login password 'secret'`;
  await admin`create database shop owner owner`;
  await admin.end();
  for (const file of ['quoteline.password', 'postgresql.conf', 'pg_hba.conf', 'pg_ident.conf'])
    rmSync(join(dataDir, 'postgres', file));
  url = new URL(server.url);
  Object.assign(url, { username: 'owner', password: 'secret', pathname: '/shop' });
  await migrate(url.href);
  const sql = postgres(url.href, { max: 1 });
  await sql`drop database quoteline`;
  await sql`grant create on database shop to clerk`;
  await sql`create table notes as select 'kept' as text`;
  await sql`grant all on all tables in schema public, drizzle to clerk`;
  await sql`grant all on schema public, drizzle to clerk`;
  await sql.end();
  env = {
    BACKUP_DIR: join(folder, 'vault'),
    BACKUP_KEY: randomBytes(32).toString('base64'),
    SECRET_KEY: 'a key for tests only, of more than 32 bytes',
  };
});
afterAll(async () => {
  await server.stop();
  rmSync(folder, { recursive: true });
});

test('a role that may not read the server’s files is told what it needs', async () => {
  const clerk = new URL(url);
  clerk.username = 'clerk';
  const { code, said } = await runCommand('backup', clerk.href, [], env);
  expect([code, said]).toEqual([1, expect.stringContaining('Backups need a superuser')]);
});

test('a server with other names and settings is restored as an embedded one', async () => {
  expect((await runCommand('backup', url.href, [], env)).said).toContain('Backed up to ');
  const drilled = await runCommand('restore', '', ['--drill', '--into', join(folder, 'drill')], env);
  expect([drilled.code, drilled.said]).toEqual([0, expect.stringContaining('is whole')]);
  const into = join(folder, 'restored');
  const { code, said } = await runCommand('restore', '', ['--newest', '--into', into], env);
  expect([code, said]).toEqual([0, expect.stringContaining('Restored into')]);
  const restored = await openRestored(into);
  try {
    expect(await restored.sql`select text from notes`).toEqual([{ text: 'kept' }]);
  } finally {
    await restored.end();
  }
});
