import { sql } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { connect, type Database, type Db, planOnce, snapshot } from '#db/client.ts';
import { cloneTemplate } from '../harness.ts';

let clone: Awaited<ReturnType<typeof cloneTemplate>>;
let database: Database;

beforeEach(async () => {
  clone = await cloneTemplate();
  // One connection for reads and one for transactions, so that statements meet again on the same one.
  database = connect(clone.url, { pool: 1 });
  await database.sql`create table things (id int primary key, status text not null, name text not null)`;
  await database.sql`create unique index open_things on things (name) where status in ('open', 'calling')`;
});
afterEach(async () => {
  await database.close();
  await clone.drop();
});

/** Returns how many statements with that text the handle's connection keeps prepared. */
async function countPrepared(db: Db, text: string): Promise<number> {
  const rows = await db.execute<{ statement: string }>('select statement from pg_prepared_statements');
  return rows.filter(({ statement }) => statement.includes(text)).length;
}

const readThing = (db: Db, id: number) =>
  db.execute<{ id: number }>(sql`select id from things where id = ${id}`);

describe('repeated statements', () => {
  test('a repeated statement is prepared once on the connection for reads', async () => {
    await readThing(database.db, 1);
    expect(await countPrepared(database.db, 'from things')).toBe(0);
    for (const id of [2, 3, 4]) await readThing(database.db, id);
    expect(await countPrepared(database.db, 'from things')).toBe(1);
  });

  test('repeated statements of transactions, their savepoints and snapshots are prepared', async () => {
    const { db } = database;
    for (const id of [1, 2, 3]) await db.transaction((tx) => readThing(tx, id));
    expect(await db.transaction((tx) => countPrepared(tx, 'from things'))).toBe(1);
    const other = (tx: Db) => tx.execute(sql`select name from things where id = ${1}`);
    for (let time = 0; time < 3; time += 1) await db.transaction((tx) => tx.transaction(other));
    expect(await db.transaction((tx) => countPrepared(tx, 'select name from things'))).toBe(1);
    const read = (tx: Db) => readThing(tx, 1);
    for (let time = 0; time < 3; time += 1)
      await db.transaction(read, { isolationLevel: 'repeatable read', accessMode: 'read only' });
    expect(await countPrepared(db, 'from things')).toBe(1);
  });

  test('the predicate of a partial index may have parameters, because such a statement isn’t prepared', async () => {
    for (let time = 0; time < 8; time += 1)
      await database.db.transaction((tx) =>
        tx.execute(sql`
          insert into things (id, status, name) values (${time}, 'open', 'one')
          on conflict (name) where status in (${'open'}, ${'calling'}) do update set id = excluded.id`),
      );
    expect(await database.sql`select id from things`).toEqual([{ id: 7 }]);
    expect(await database.db.transaction((tx) => countPrepared(tx, 'on conflict'))).toBe(0);
  });

  test('a read that is marked is planned once, as is a cheap statement of a transaction that writes', async () => {
    const { db } = database;
    const read = (on: Db) => on.execute(sql`${planOnce} select name, status from things where id = ${1}`);
    const countGeneric = (on: Db) =>
      on.execute(sql`
        ${planOnce} select sum(generic_plans)::int as generic, sum(custom_plans)::int as custom
        from pg_prepared_statements where statement like ${'%select name, status%'}`);
    for (let time = 0; time < 10; time += 1) await read(db);
    expect(await countGeneric(db)).toEqual([{ generic: 4, custom: 5 }]);
    for (let time = 0; time < 10; time += 1) await db.transaction(read);
    expect(await db.transaction(countGeneric)).toEqual([{ generic: 4, custom: 5 }]);
    const unmarked = (tx: Db) => tx.execute(sql`select status, name from things where id = ${1}`);
    for (let time = 0; time < 10; time += 1) await db.transaction(unmarked, snapshot);
    const planned = await db.execute(sql`
      select sum(generic_plans)::int as generic from pg_prepared_statements where statement like ${'%select status, name%'}`);
    expect(planned).toEqual([{ generic: 0 }]);
  });

  test('a connection keeps a limited number of statements prepared', async () => {
    const text = (length: number) => sql`select ${sql.raw(`${length}`)} as length, ${length}::int as same`;
    for (let length = 1; length <= 610; length += 1)
      for (let time = 0; time < 2; time += 1) await database.db.execute(text(length));
    expect(await countPrepared(database.db, 'as length')).toBe(600);
  });
});

describe('a migration while a process runs', () => {
  test('statements that list their columns stay usable, in transactions too', async () => {
    const { db } = database;
    const read = () => db.transaction((tx) => readThing(tx, 1));
    await database.sql`insert into things values (1, 'open', 'one')`;
    for (let time = 0; time < 3; time += 1) await read();
    await database.sql`alter table things add column more text`;
    expect(await read()).toEqual([{ id: 1 }]);
  });

  test('a statement whose result changes is prepared again', async () => {
    const read = () => database.db.execute(sql`select * from things where id = ${1}`);
    await database.sql`insert into things values (1, 'open', 'one')`;
    for (let time = 0; time < 3; time += 1) await read();
    await database.sql`alter table things add column more text`;
    expect(await read()).toEqual([{ id: 1, status: 'open', name: 'one', more: null }]);
  });

  test('a transaction fails at most once because of a statement whose result changes', async () => {
    const { db } = database;
    const read = () => db.transaction((tx) => tx.execute(sql`select * from things where id = ${1}`));
    await database.sql`insert into things values (1, 'open', 'one')`;
    for (let time = 0; time < 3; time += 1) await read();
    await database.sql`alter table things add column more text`;
    await read().catch(() => {});
    expect(await read()).toEqual([{ id: 1, status: 'open', name: 'one', more: null }]);
  });
});

test('a process behind a pooler prepares nothing and sends no settings', async () => {
  const pooled = connect(clone.url, { pool: 1, prepare: false });
  for (const id of [1, 2, 3]) await readThing(pooled.db, id);
  expect(await countPrepared(pooled.db, 'from things')).toBe(0);
  for (const id of [1, 2, 3]) await pooled.sql`select id from things where id = ${id}`;
  const kept = await pooled.sql.unsafe<{ statement: string }[]>(
    'select statement from pg_prepared_statements',
  );
  expect(kept).toEqual([]);
  const sources = await pooled.db.execute<{ source: string }>(
    `select source from pg_settings where name in ('jit', 'plan_cache_mode') and source = 'client'`,
  );
  expect(sources).toEqual([]);
  await pooled.close();
});
