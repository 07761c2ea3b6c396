import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import postgres from 'postgres';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { connect } from '#db/client.ts';
import { migrate } from '#db/migrate.ts';
import { findFreePort } from '../../scripts/pg.ts';
import { cloneTemplate, createClient } from '../harness.ts';
import { type MailSink, startMailSink } from '../mail-sink.ts';
import { answerTo, linkPath } from '../server/requests/answers.ts';
import { createWorld, type World } from '../world.ts';
import { environment, withoutLimits } from './environment.ts';
import { letBuy } from './many/buyers.ts';
import { letVisit } from './many/visitors.ts';
import { serve, stop } from './site.ts';

/**
 * What a next release may do to tables that this one writes all the time, as `migrations/README.md` has it: expanding, then
 * contracting what this release no longer uses.
 */
const nextRelease = [
  'create table carriers (id bigint generated always as identity primary key, name text not null)',
  'alter table requests add column carrier_id bigint, add column urgent boolean not null default false',
  'alter table deliveries add column tries_left integer',
  'alter table solution_lines add column weight numeric(12, 3)',
  'alter table products add column weight numeric(12, 3) not null default 0',
  `create function fill_weight() returns trigger language plpgsql as $$
   begin new.weight := coalesce(new.weight, new.quantity); return new; end $$;--> statement-breakpoint
   create trigger fill_weight before insert or update on solution_lines for each row execute function fill_weight()`,
  `create index concurrently if not exists requests_by_carrier on requests (carrier_id);--> statement-breakpoint
   create index concurrently if not exists solution_lines_by_weight on solution_lines (weight)`,
  `-- Each statement commits by itself: it fills rows that are being written.
   update solution_lines set weight = quantity where weight is null`,
  'alter table requests add constraint requests_carrier foreign key (carrier_id) references carriers (id) not valid',
  'alter table solution_lines add constraint solution_lines_weight check (weight is not null) not valid',
  `alter table requests validate constraint requests_carrier;--> statement-breakpoint
   alter table solution_lines validate constraint solution_lines_weight`,
  `drop index concurrently if exists offers_by_price;--> statement-breakpoint
   drop index concurrently if exists products_category;--> statement-breakpoint
   drop index concurrently if exists products_by_name;--> statement-breakpoint
   drop index concurrently if exists products_by_price;--> statement-breakpoint
   drop index concurrently if exists products_by_price_desc`,
];

let database: Awaited<ReturnType<typeof cloneTemplate>>;
let sql: postgres.Sql;
let mail: MailSink;
let world: World;
let service: ChildProcess;
let worker: ChildProcess;
let url: string;
let folder: string;

beforeAll(async () => {
  database = await cloneTemplate();
  sql = postgres(database.url, { max: 2, onnotice: () => {} });
  const connection = connect(database.url);
  world = await createWorld(connection.db);
  await connection.close();
  mail = await startMailSink();
  folder = mkdtempSync(join(tmpdir(), 'quoteline-migrations-'));
  mkdirSync(join(folder, 'meta'));
  url = `http://localhost:${await findFreePort()}`;
  const env = {
    ...environment({ url, databaseUrl: database.url, mail }),
    ...withoutLimits,
    ...{ LOG_LEVEL: 'error', WORKER: 'off' },
  };
  service = await serve('serve', env, url);
  worker = spawn(process.execPath, ['scripts/worker.ts'], { env, stdio: ['ignore', 'inherit', 'inherit'] });
});
afterAll(async () => {
  for (const one of [service, worker]) await stop(one, 'SIGKILL');
  await sql.end();
  await mail.close();
  await database.drop();
  rmSync(folder, { recursive: true });
});

/** Writes a folder of migrations as Drizzle generates it. */
function writeMigrations(files: readonly string[]): void {
  const entries = files.map((text, idx) => {
    const tag = `${String(idx).padStart(4, '0')}_next`;
    writeFileSync(join(folder, `${tag}.sql`), text);
    return { idx, version: '7', when: 4_000_000_000_000 + idx, tag, breakpoints: true };
  });
  const journal = { version: '7', dialect: 'postgresql', entries };
  writeFileSync(join(folder, 'meta/_journal.json'), JSON.stringify(journal));
}

/** Partners who answer each enquiry that they are mailed, at the list price. */
function letAnswer() {
  const failed: string[] = [];
  const client = createClient(url, null);
  let answered = 0;
  let isOver = false;
  const answering = (async () => {
    for (let read = 0; !isOver || read < mail.received.length;) {
      const received = mail.received[read];
      if (!received) await new Promise((resolve) => setTimeout(resolve, 50));
      else {
        read += 1;
        const token = received.links.map((link) => /\/e\/([\w-]+)/.exec(link)?.[1]).find(Boolean);
        if (token === undefined) continue;
        const asked = await client.get(linkPath(token));
        const { status } = await client.post(linkPath(token, 'answer'), answerTo(asked.body));
        if (status >= 300) failed.push(`${asked.status} ${status}`);
        else answered += 1;
      }
    }
  })();
  return {
    failed,
    answered: () => answered,
    end: () => ((isOver = true), answering),
  };
}

test('nothing fails while the next release migrates, also when it must wait for locks', async () => {
  const buyers = letBuy(url, world.products.sensor);
  const partners = letAnswer();
  const visitors = letVisit(url, [
    ['GET', '/api/products?q=sensor'],
    ['GET', `/p/${world.products.sensor}`],
    ['POST', '/api/solutions/current/lines', { productId: world.products.sensor, quantity: 1 }],
    ['GET', '/api/solutions/current'],
    ['GET', '/api/products?sort=price_asc'],
    ['GET', '/search?q=sensor'],
  ]);
  const everybody = () => Promise.all([buyers.more(), visitors.more()]);
  await everybody();
  writeMigrations(nextRelease);
  let waits = 0;
  let migrating: Promise<void> | undefined;
  // As a report or a dump that reads these tables for long.
  await sql.begin(async (tx) => {
    await tx`select from requests, solution_lines, deliveries, products limit 1`;
    migrating = migrate(database.url, folder, { pauseMs: 500, onWait: () => (waits += 1) });
    await expect.poll(() => waits).toBe(1);
    // They would be held up for as long as this transaction lasts, which waits for them.
    await everybody();
  });
  await migrating;
  await everybody();
  await buyers.end();
  await visitors.end();
  await partners.end();
  expect(visitors.failed).toEqual([]);
  expect([...buyers.refused]).toEqual([]);
  expect(partners.failed).toEqual([]);
  expect(partners.answered()).toBeGreaterThan(0);
  const [rows] = await sql`
    select count(*)::int as requests, count(*) filter (where not urgent)::int as filled from requests`;
  expect(rows).toEqual({ requests: buyers.sent.length, filled: buyers.sent.length });
  expect(await sql`select from solution_lines where weight is null`).toHaveLength(0);
});
