import { randomUUID } from 'node:crypto';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import postgres from 'postgres';
import { inject } from 'vitest';
import { migrate } from '#db/migrate.ts';

const migrations = new URL('../../migrations', import.meta.url).pathname;

/** An empty database that tests migrate step by step, to see what migrations do to rows of older releases. */
export interface OldDatabase {
  sql: postgres.Sql;
  /** Applies the migrations up to the one with this file name. */
  migrateTo(tag: string): Promise<void>;
  end(): Promise<void>;
}

export async function openOldDatabase(): Promise<OldDatabase> {
  const url = new URL(inject('database').pgUrl);
  const admin = postgres(url.href, { max: 1, onnotice: () => {} });
  url.pathname = `/old_${randomUUID().replaceAll('-', '')}`;
  const name = url.pathname.slice(1);
  await admin.unsafe(`create database ${name}`);
  const sql = postgres(url.href, { max: 3, onnotice: () => {} });
  return {
    sql,
    async migrateTo(tag) {
      const folder = await migrationsUntil(tag);
      await migrate(url.href, folder);
      await rm(folder, { recursive: true });
    },
    async end() {
      await sql.end();
      await admin.unsafe(`drop database ${name} with (force)`);
      await admin.end();
    },
  };
}

async function migrationsUntil(tag: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'quoteline-migrations-'));
  await cp(migrations, folder, { recursive: true });
  const file = join(folder, 'meta', '_journal.json');
  const journal = JSON.parse(await readFile(file, 'utf8')) as { entries: { tag: string }[] };
  const last = journal.entries.findIndex((entry) => entry.tag === tag);
  if (last < 0) throw new Error(`there is no migration ${tag}`);
  await writeFile(file, JSON.stringify({ ...journal, entries: journal.entries.slice(0, last + 1) }));
  return folder;
}
