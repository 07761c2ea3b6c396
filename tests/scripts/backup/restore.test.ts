import { randomBytes, randomUUID } from 'node:crypto';
import { existsSync, globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { drizzle } from 'drizzle-orm/postgres-js';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildApp } from '#server/app.ts';
import { forgetConsents } from '#server/admission/jobs.ts';
import * as admission from '#server/admission/service.ts';
import { forgetNumbers } from '#server/calls/events.ts';
import { backUpBase, backUpLog } from '#server/platform/backup/jobs.ts';
import type { Manifest } from '#server/platform/backup/layout.ts';
import { createVault } from '#server/platform/backup/vault.ts';
import { hasLiveWorker } from '#server/platform/workers.ts';
import { createWorld } from '../../world.ts';
import { type Installation, install, openRestored } from './installation.ts';

let here: Installation;
/** Between the second and the third row. */
let between: string;

beforeAll(async () => {
  here = await install();
  await here.sql`create table notes (id int primary key)`;
  await here.sql`create table traffic (id serial, text text)`;
  await note(1);
  // As a worker that begins.
  await Promise.all([here.run(backUpLog), here.run(backUpBase), writeMeanwhile()]);
  await note(2);
  await queueMail('before@partner.example');
  await here.sql`insert into phone_consents (buyer_id, phone_hash, at)
    values (gen_random_uuid(), '\\x07', now() - interval '1 year'), (gen_random_uuid(), '\\x08', now())`;
  await here.sql`insert into call_webhooks (leg_id, key, params, received_at, worked_at)
    values (gen_random_uuid(), 'old', '{}', now() - interval '1 year', now() - interval '1 year')`;
  await addCalls();
  await here.run(backUpLog);
  between = await now();
  await pause(5);
  await note(3);
  await queueMail('after@partner.example');
  const { db, config, hooks } = here.service.ctx;
  await db.transaction((tx) => admission.optOut(tx, { config, hooks }, optedOut, new Date()));
  for (const job of [forgetNumbers, forgetConsents]) await here.run(job);
  await here.run(backUpLog);
});
afterAll(() => here.end());

/** Writes while the database is copied, so that its files change, and there are moments at which nobody writes. */
async function writeMeanwhile(): Promise<void> {
  for (let n = 0; n < 100; n += 1) {
    await here.sql`insert into traffic (text) values (repeat('x', 5000))`;
    await here.sql`update traffic set text = repeat('y', 5000) where id % 3 = 0`;
    await pause(10);
  }
}

/** A call whose number is to be forgotten, and one of today. */
async function addCalls(): Promise<void> {
  const { offers } = await createWorld(here.service.ctx.db);
  await here.sql`
    with b as (insert into buyers default values returning id)
    insert into calls (buyer_id, kind, vendor_id, offer_id, phone, address_hash, phone_confirmed, locale, max_seconds,
      state, outcome, state_at, requested_at, ended_at)
    select b.id, 'sales', o.vendor_id, o.id, phone, '\\x01', false, 'en', 60, 'closed', 'no_answer', at, at, at
    from b, offers o, (values ('+420601000001', now() - interval '1 year'), ('+420601000002', now())) as c (phone, at)
    where o.id = ${offers.sensorSever}`;
}

const optedOut = '+420601123456';
const note = (id: number) => here.sql`insert into notes values (${id})`;
const queueMail = (to: string) => here.sql`
  insert into deliveries (kind, dedupe_key, subject_type, subject_id, role, to_email, to_name, locale, message_id,
    decided_at, status_at)
  values ('test', ${to}, 'test', ${randomUUID()}, 'vendor', ${to}, '', 'en', ${`<${to}>`}, now(), now())`;

async function now(): Promise<string> {
  const [row] = await here.sql<{ at: Date }[]>`select clock_timestamp() as at`;
  return row!.at.toISOString();
}

const restore = (...given: string[]) => here.command('restore', given);
const filesOf = (pattern: string) => globSync(`*/${pattern}`, { cwd: here.vault }).sort();

test('a backup shows nothing of what it holds', async () => {
  const files = filesOf('**/*.qlb');
  expect(files.map((file) => file.replace(/^\d+-1\//, '').replace(/\d{8}T\d{9}Z/, 'TIME'))).toEqual(
    expect.arrayContaining(['base/TIME/database.qlb', 'base/TIME/manifest.qlb', 'base/TIME/secrets.qlb']),
  );
  for (const file of files) {
    const content = readFileSync(join(here.vault, file));
    for (const secret of ['partner.example', here.config.secretKey, 'notes'])
      expect(content.includes(secret)).toBe(false);
  }
});

test('what a killed process had begun to write is deleted by the next', async () => {
  const begun = join(here.vault, `${filesOf('log/*.qlb').at(-1)!}.unfinished`);
  writeFileSync(begun, 'half');
  await here.run(backUpLog);
  expect(existsSync(begun)).toBe(false);
});

test('a time between two backups is restored with all that was committed before it, and nothing else', async () => {
  const folder = join(here.folder, 'between');
  const { code, said } = await restore('--at', between, '--into', folder);
  expect([code, said]).toEqual([0, expect.stringContaining(`Restored into ${folder}`)]);
  expect(said).toContain(
    '1 mail would be sent, again if that was done after this time (same Message-ID): 1 test',
  );
  expect(said).toContain('before@partner.example  <before@partner.example>');
  expect(said).not.toContain('after@partner.example');
  expect(readFileSync(join(folder, 'secret-key'), 'utf8')).toBe(here.config.secretKey);
  const restored = await openRestored(folder);
  try {
    expect(await restored.sql`select id from notes order by id`).toEqual([{ id: 1 }, { id: 2 }]);
    // What was forgotten later is forgotten in it, too.
    expect(said).toContain('What was forgotten since is forgotten again, by 4 notes.');
    expect(await restored.sql`select phone_hash from phone_consents`).toEqual([
      { phone_hash: Buffer.from([8]) },
    ]);
    expect(await restored.sql`select key from call_webhooks`).toEqual([]);
    expect(await restored.sql`select phone, address_hash from calls order by ended_at`).toEqual([
      { phone: null, address_hash: null },
      { phone: '+420601000002', address_hash: Buffer.from([1]) },
    ]);
    expect(await admission.isOptedOut(drizzle(restored.sql), here.service.ctx, optedOut)).toBe(true);
    expect(existsSync(join(folder, 'forgotten'))).toBe(false);
    await restored.sql`insert into notes values (30)`;
  } finally {
    await restored.end();
  }
  const again = await restore('--at', between, '--into', folder);
  expect(again).toEqual({ code: 1, said: `${folder} isn't empty. Choose a new folder with --into.\n` });
});

test('all that was backed up is restored, and its workers begin only when they are let', async () => {
  const folder = join(here.folder, 'newest');
  // Another database was restored from this one before, and was backed up.
  const other = filesOf('base')[0]!.replace(/-1\/base$/, '-2');
  mkdirSync(join(here.vault, other));
  const { code, said } = await restore('--newest', '--into', folder);
  expect([code, said]).toEqual([0, expect.stringContaining('2 mails would be sent')]);
  const restored = await openRestored(folder);
  const worker = await buildApp({
    ...here.config,
    ...{ databaseUrl: restored.url, databaseDirectUrl: restored.url, backup: undefined },
  });
  try {
    expect(await restored.sql`select id from notes order by id`).toEqual([{ id: 1 }, { id: 2 }, { id: 3 }]);
    const [history] = await restored.sql`select timeline_id from pg_control_checkpoint()`;
    expect(history).toEqual({ timeline_id: 3 });
    await worker.ctx.jobs.work();
    expect(await hasLiveWorker(worker.ctx.db)).toBe(false);
    const resumed = await here.command('restore', ['--resume'], { DATA_DIR: folder });
    expect(resumed).toEqual({ code: 0, said: 'Workers begin.\n' });
    await expect.poll(() => hasLiveWorker(worker.ctx.db)).toBe(true);
  } finally {
    await worker.close();
    await restored.end();
    rmSync(join(here.vault, other), { recursive: true });
  }
});

test('a drill compares every table, says how old the newest change is, and leaves nothing behind', async () => {
  const folder = join(here.folder, 'drill');
  const { code, said } = await restore('--drill', '--into', folder);
  expect([code, said]).toEqual([
    0,
    expect.stringMatching(/is whole: \d+ tables with [\d,]+ rows, each with the same/),
  ]);
  expect(said).toMatch(/The newest change in it is of \S+Z: \d+ (s|minutes) old, of 5 minutes at most\./);
  expect(said).toMatch(/The restore took \d+ s, of 30 minutes at most\./);
  expect(existsSync(folder)).toBe(false);
});

test('a drill fails and names the tables that differ', async () => {
  const vault = createVault(here.config.backup!);
  const [path] = filesOf('base/*/manifest.qlb');
  const manifest = await vault.readJson<Manifest>(path!);
  const { tables } = manifest.point!;
  expect(tables['public.notes']?.rows).toBe(1);
  const changed = {
    'public.notes': { rows: 2, hash: '1' },
    'drizzle.__drizzle_migrations': { ...tables['drizzle.__drizzle_migrations']!, hash: '7' },
  };
  await vault.writeJson(path!, {
    ...manifest,
    point: { ...manifest.point, tables: { ...tables, ...changed } },
  });
  const { code, said } = await restore('--drill', '--into', join(here.folder, 'drill'));
  await vault.writeJson(path!, manifest);
  expect([code, said]).toEqual([
    1,
    expect.stringMatching(
      / differs:\n {2}drizzle.__drizzle_migrations: other content in its \d+ rows\n {2}public.notes: 1 row instead of 2 rows\n$/,
    ),
  ]);
});

test('a time that is not in the backups is refused with those that are', async () => {
  const { said } = await restore('--list');
  const [from, until] = /^(\S+Z) to (\S+Z) /.exec(said)!.slice(1) as [string, string];
  expect(from < between && between < until).toBe(true);
  for (const at of ['2020-01-01 00:00', '2099-01-01T00:00:00+01:00']) {
    const refused = await restore('--at', at, '--into', join(here.folder, 'never'));
    expect(refused).toEqual({ code: 1, said: expect.stringContaining(`${from} to ${until}`) });
  }
  expect((await restore('--at', 'yesterday')).said).toContain('"yesterday" is not a time');
  expect((await restore()).said).toContain('Usage: npm run restore');
  expect((await restore('--newest', '--list')).code).toBe(1);
});

test('another key opens nothing, and the command says why', async () => {
  const BACKUP_KEY = randomBytes(32).toString('base64');
  const { code, said } = await here.command('restore', ['--list'], { BACKUP_KEY });
  expect([code, said]).toEqual([1, expect.stringContaining('was encrypted with another BACKUP_KEY.')]);
});

test('a damaged or missing file ends a restore with its name, instead of a shorter history', async () => {
  const log = filesOf('log/*.qlb');
  const [database] = filesOf('base/*/database.qlb');
  for (const file of [database!, log.at(-1)!]) {
    const path = join(here.vault, file);
    const content = readFileSync(path);
    const changed = Buffer.from(content);
    changed.writeUInt8(changed.readUInt8(changed.length >> 1) ^ 1, changed.length >> 1);
    writeFileSync(path, changed);
    const { code, said } = await restore('--newest', '--into', join(here.folder, 'damaged'));
    writeFileSync(path, content);
    expect([code, said]).toEqual([1, `${file} is damaged.\n`]);
    expect(existsSync(join(here.folder, 'damaged.unfinished'))).toBe(false);
  }
  const missing = join(here.vault, log.at(-2)!);
  const content = readFileSync(missing);
  rmSync(missing);
  const { said } = await restore('--at', between, '--into', join(here.folder, 'damaged'));
  writeFileSync(missing, content);
  expect(said).toContain("can't be restored");
});

test('a gap in the log, after which it leads nowhere, is closed by a new copy of the whole', async () => {
  const copies = () => filesOf('base/*/manifest.qlb').length;
  const before = copies();
  await here.run(backUpBase);
  expect(copies()).toBe(before);
  // As after so long without a worker that the server gave its log up.
  await here.sql`select pg_drop_replication_slot('quoteline_backup')`;
  for (const id of [101, 102, 103]) {
    await note(id);
    await here.sql`select pg_switch_wal()`;
  }
  await here.sql`checkpoint`;
  const inGap = await now();
  await here.run(backUpLog);
  await here.run(backUpBase);
  expect(copies()).toBe(before + 1);
  const refused = await restore('--at', inGap, '--into', join(here.folder, 'never'));
  expect(refused).toEqual({ code: 1, said: expect.stringContaining("can't be restored") });
  expect(await restore('--drill', '--into', join(here.folder, 'drill'))).toEqual({
    code: 0,
    said: expect.stringContaining('is whole'),
  });
});
