import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import postgres from 'postgres';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { migrate } from '#db/migrate.ts';
import { cloneTemplate } from '../harness.ts';

let database: Awaited<ReturnType<typeof cloneTemplate>>;
let sql: postgres.Sql;
let folder: string;

beforeEach(async () => {
  database = await cloneTemplate();
  sql = postgres(database.url, { max: 2, onnotice: () => {} });
  folder = mkdtempSync(join(tmpdir(), 'quoteline-migrations-'));
  mkdirSync(join(folder, 'meta'));
});

afterEach(async () => {
  await sql.end();
  await database.drop();
  rmSync(folder, { recursive: true });
});

/** Writes a folder of migrations as Drizzle generates it. */
function writeMigrations(statements: string[]): void {
  const entries = statements.map((text, idx) => {
    const tag = `000${idx}_step`;
    writeFileSync(join(folder, `${tag}.sql`), text);
    return { idx, version: '7', when: 4_000_000_000_000 + idx, tag, breakpoints: true };
  });
  const journal = { version: '7', dialect: 'postgresql', entries };
  writeFileSync(join(folder, 'meta/_journal.json'), JSON.stringify(journal));
}

test('a failed migration is rolled back, and those before it are kept', async () => {
  writeMigrations([
    'create table kept (id int)',
    'create table lost (id int);--> statement-breakpoint\nselect 1 / 0',
  ]);
  await expect(migrate(database.url, folder)).rejects.toThrow('division by zero');
  const tables = await sql`select relname from pg_class where relname in ('kept', 'lost')`;
  expect(tables).toEqual([{ relname: 'kept' }]);

  writeMigrations(['create table kept (id int)', 'create table found (id int)']);
  await migrate(database.url, folder);
  expect(await sql`select count(*)::int from found`).toEqual([{ count: 0 }]);
});

test('an index whose build failed is built by the next run', async () => {
  const build = 'create unique index concurrently if not exists things_id on things (id)';
  writeMigrations(['create table things (id int); insert into things values (1), (1)', build]);
  await expect(migrate(database.url, folder)).rejects.toThrow('could not create unique index');
  await sql`delete from things`;
  await migrate(database.url, folder);
  const [index] = await sql`select indisvalid from pg_index where indexrelid = 'things_id'::regclass`;
  expect(index).toEqual({ indisvalid: true });
});

test('a migration whose statements commit by themselves keeps those before a failure and is run again', async () => {
  await sql`create table things (id int)`;
  const step = (last: string) =>
    `-- Each statement commits by itself: a reason.\ninsert into things values (1);--> statement-breakpoint\n${last}`;
  writeMigrations([step('select 1 / 0')]);
  await expect(migrate(database.url, folder)).rejects.toThrow('division by zero');
  expect(await sql`select id from things`).toEqual([{ id: 1 }]);
  writeMigrations([step('select 1')]);
  await migrate(database.url, folder);
  await migrate(database.url, folder);
  expect(await sql`select id from things`).toEqual([{ id: 1 }, { id: 1 }]);
});

test('an index built concurrently is applied once by ten processes that start together', async () => {
  writeMigrations([
    'create table things (id int)',
    'create index concurrently if not exists things_id on things (id)',
    'alter table things add column note text',
  ]);
  await Promise.all(Array.from({ length: 10 }, () => migrate(database.url, folder)));
  const [index] = await sql`select indisvalid from pg_index where indexrelid = 'things_id'::regclass`;
  expect(index).toEqual({ indisvalid: true });
  const [applied] = await sql`
    select count(*)::int from drizzle.__drizzle_migrations where created_at >= 4000000000000`;
  expect(applied).toEqual({ count: 3 });
});

test('a migration that cannot get its lock fails instead of holding up everybody behind it', async () => {
  await sql`create table held (id int)`;
  writeMigrations([
    "set local lock_timeout = '50ms';--> statement-breakpoint\nalter table held add column a int",
  ]);
  await sql.begin(async (tx) => {
    await tx`lock table held in access share mode`;
    await expect(migrate(database.url, folder)).rejects.toThrow('lock timeout');
  });
  await migrate(database.url, folder);
  expect(await sql`select a from held`).toEqual([]);
});
