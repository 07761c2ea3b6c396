import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import postgres from 'postgres';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { migrate } from '#db/migrate.ts';
import { cloneTemplate } from '../harness.ts';
import { proxyTo } from '../tcp-proxy.ts';

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

test('migrating ends with an error when its connection is reset while it waits for an answer', async () => {
  const between = await proxyTo(database.url, (question, reset) => {
    if (question.includes('__drizzle_migrations')) reset();
  });
  await expect(migrate(between.url)).rejects.toMatchObject({ code: 'ECONNRESET' });
  await between.close();
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

/** Gives up waiting at once, and begins again soon. */
const brief = { lockTimeoutMs: 50, pauseMs: 50, onWait: () => {} };

test('a migration that waits for a lock lets others through, and is applied when it gets the lock', async () => {
  await sql`create table held (id int)`;
  writeMigrations([
    'create table first (id int);--> statement-breakpoint\nalter table held add column a int',
    'alter table held add column b int',
  ]);
  let migrating: Promise<void> | undefined;
  let waits = 0;
  await sql.begin(async (tx) => {
    await tx`select from held`;
    migrating = migrate(database.url, folder, { ...brief, onWait: () => (waits += 1) });
    await expect.poll(() => waits).toBe(1);
    // Would wait for ever behind a migration that waits: this transaction ends only after them.
    for (let n = 0; n < 20; n += 1) await sql`select from held`;
  });
  await migrating;
  expect(await sql`select a, b from held`).toEqual([]);
  expect(waits).toBe(1);
});

test("a migration that doesn't get its lock in five minutes fails, and leaves nothing behind", async () => {
  await sql`create table held (id int)`;
  writeMigrations([
    'create table first (id int);--> statement-breakpoint\nalter table held add column a int',
  ]);
  await sql.begin(async (tx) => {
    await tx`select from held`;
    await expect(migrate(database.url, folder, { ...brief, patienceMs: 0 })).rejects.toThrow('lock timeout');
  });
  expect(await sql`select to_regclass('first') as name`).toEqual([{ name: null }]);
  await migrate(database.url, folder);
  expect(await sql`select a from held`).toEqual([]);
});

test('statements that commit by themselves wait for their locks one by one', async () => {
  await sql`create table held (id int)`;
  writeMigrations([
    '-- Each statement commits by itself: a reason.\ninsert into held values (1);--> statement-breakpoint\n' +
      'alter table held add column a int',
  ]);
  let waits = 0;
  let migrating: Promise<void> | undefined;
  await sql.begin(async (tx) => {
    await tx`select from held`;
    migrating = migrate(database.url, folder, { ...brief, onWait: () => (waits += 1) });
    await expect.poll(() => waits).toBe(1);
  });
  await migrating;
  expect(await sql`select id from held`).toEqual([{ id: 1 }]);
});

/** Runs `npm run migrate` on the folder's migrations in a process of its own. */
function migrateAsProcess(): ChildProcess {
  const run = `import { migrate } from '#db/migrate.ts';
    await migrate(${JSON.stringify(database.url)}, ${JSON.stringify(folder)});`;
  return spawn(process.execPath, ['--input-type=module-typescript', '--eval', run], { stdio: 'inherit' });
}

async function killOnce(isReady: () => Promise<boolean>): Promise<void> {
  const child = migrateAsProcess();
  const ended = once(child, 'exit');
  await expect.poll(isReady).toBe(true);
  child.kill('SIGKILL');
  await ended;
}

const isBuilding = async () =>
  (await sql`select from pg_index where indexrelid = to_regclass('things_id') and not indisvalid`).length > 0;

test('a process killed within a migration leaves nothing of it, and the next applies it', async () => {
  await sql`create table things (id int)`;
  writeMigrations([
    'create table first (id int);--> statement-breakpoint\nselect pg_sleep(0.1), pg_advisory_xact_lock(7)',
  ]);
  const isWaiting = async () =>
    (await sql`select from pg_locks where locktype = 'advisory' and objid = 7 and not granted`).length > 0;
  await sql.begin(async (tx) => {
    await tx`select pg_advisory_xact_lock(7)`;
    await killOnce(isWaiting);
  });
  await migrate(database.url, folder);
  expect(await sql`select count(*)::int from first`).toEqual([{ count: 0 }]);
});

test('an index is built again by the next process when the first is killed or cut off within the build', async () => {
  await sql`create table things (id int)`;
  writeMigrations(['create index concurrently if not exists things_id on things (id)']);
  // Building waits for older transactions that write to the table.
  await sql.begin(async (tx) => {
    await tx`insert into things values (1)`;
    await killOnce(isBuilding);
    // The server has noticed that nobody waits for the index.
    const builds = () => sql`
      select from pg_stat_activity where datname = current_database() and query like 'create index concurrently%'`;
    await expect.poll(async () => (await builds()).length).toBe(0);
    expect(await isBuilding()).toBe(true);
  });
  await Promise.all([migrate(database.url, folder), migrate(database.url, folder)]);
  const [index] = await sql`select indisvalid from pg_index where indexrelid = 'things_id'::regclass`;
  expect(index).toEqual({ indisvalid: true });
});
