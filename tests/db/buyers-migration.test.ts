import { randomBytes, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openOldDatabase, type OldDatabase } from './releases.ts';

let database: OldDatabase;
type Owned = Record<(typeof owned)[number], string>;
/** Adds rows of a visitor without a buyer, before and (`between`) in the middle of the migrations. */
let old: Owned & { visitor: string; buyer: string; staff: string; between: Owned };
const yesterday = new Date(Date.now() - 86_400_000);

const owned = ['solutions', 'requests', 'calls', 'call_backs'] as const;

beforeAll(async () => {
  database = await openOldDatabase();
  await database.migrateTo('0013_idempotency_keys');
  await addCatalogue();
  const visitor = await addVisitor();
  const rows = await addOwned('visitor_id', visitor);
  const buyer = await addAccount('ana@buyer.example', 'buyer');
  const staff = await addAccount('sam@staff.example', 'staff');
  await addConsent(visitor);
  await database.sql`update calls set state = 'closed', outcome = 'no_agent', ended_at = now()`;
  await database.sql`update solutions set current = false`;
  await database.migrateTo('0014_buyers');
  old = { ...{ visitor, buyer, staff }, ...rows, between: await addOwned('visitor_id', visitor) };
  await database.migrateTo('0017_buyers_valid');
});
afterAll(() => database.end());

async function addCatalogue(): Promise<void> {
  await database.sql`
    with category as (insert into categories (level, name, path, slug_path, lineage)
      values (1, 'Tools', 'Tools', 'tools', '{1}') returning id),
    product as (insert into products (category_id, kind, name, code, name_folded, search_text)
      select id, 'product', 'Saw', 'S-1', 'saw', 'saw' from category returning id),
    vendor as (insert into vendors (slug, name, name_folded) values ('sever', 'Sever', 'sever') returning id)
    insert into offers (product_id, vendor_id, sku, currency, unit)
    select product.id, vendor.id, 'S', 'EUR', 'piece' from product, vendor`;
}

async function addVisitor(): Promise<string> {
  const [visitor] = await database.sql`
    insert into visitors (token_hash, created_at) values (${randomBytes(32)}, ${yesterday}) returning id`;
  return visitor?.id as string;
}

async function addAccount(email: string, role: string): Promise<string> {
  const [account] = await database.sql`
    insert into accounts (email, name, password_hash, role, created_at)
    values (${email}, 'Person', '', ${role}, ${yesterday}) returning id`;
  await database.sql`
    insert into account_sessions (id_hash, account_id, expires_at, ends_at)
    values (${email}, ${account?.id as string}, now() + interval '1 day', now() + interval '1 day')`;
  return account?.id as string;
}

/** Adds one row of each kind, with its owner in this column. */
async function addOwned(column: 'visitor_id' | 'buyer_id', owner: string): Promise<Owned> {
  const { sql } = database;
  const by = sql(column);
  const number = randomUUID();
  const [solution] = await sql`insert into solutions (${by}) values (${owner}) returning id`;
  const [request] = await sql`
    insert into requests (number, kind, ${by}, solution_id, contact_name, contact_email, created_at)
    values (${number}, 'quote', ${owner}, ${solution?.id as string}, 'Ana', 'ana@buyer.example', now()) returning id`;
  const [call] = await sql`
    insert into calls (${by}, kind, vendor_id, offer_id, phone_confirmed, locale, max_seconds, state, state_at,
                       requested_at)
    select ${owner}, 'sales', vendor_id, id, false, 'en', 60, 'bridged', now(), now() from offers returning id`;
  const [callBack] = await sql`
    insert into call_backs (${by}, kind, vendor_id, offer_id, locale, wanted_at, status, status_at, created_at)
    select ${owner}, 'sales', vendor_id, id, 'en', now(), 'open', now(), now() from offers returning id`;
  const ids = [solution, request, call, callBack].map((row) => row?.id as string);
  return Object.fromEntries(owned.map((table, index) => [table, ids[index]])) as Owned;
}

/** Records a consent to calls as the last release does. */
async function addConsent(visitor: string): Promise<void> {
  await database.sql`
    insert into phone_consents (visitor_id, phone_hash, at) values (${visitor}, 'phone', now())
    on conflict (visitor_id, phone_hash) do update set at = excluded.at`;
}

async function owners(ids: Owned) {
  const rows = await Promise.all(
    owned.map((table) =>
      database.sql`select buyer_id, visitor_id from ${database.sql(table)} where id = ${ids[table]}`.then(
        ([row]) => row,
      ),
    ),
  );
  return [...new Set(rows.map((row) => JSON.stringify(row)))].map((row) => JSON.parse(row) as unknown);
}

test('every browser keeps its rows as a buyer with the same id', async () => {
  const { sql } = database;
  const expected = [{ buyer_id: old.visitor, visitor_id: old.visitor }];
  expect(await owners(old)).toEqual(expected);
  expect(await owners(old.between)).toEqual(expected);
  expect(await sql`select created_at from buyers where id = ${old.visitor}`).toEqual([
    { created_at: yesterday },
  ]);
  expect(await sql`select buyer_id from phone_consents where visitor_id = ${old.visitor}`).toEqual([
    { buyer_id: old.visitor },
  ]);
});

test("a browser's cookie is as old as the browser", async () => {
  expect(await database.sql`select cookie_at from visitors where id = ${old.visitor}`).toEqual([
    { cookie_at: yesterday },
  ]);
});

test("a buyer's account gets a buyer, a proven address and an end of its sessions", async () => {
  const { sql } = database;
  const [buyer] = await sql`select buyer_id, email_proven_at from accounts where id = ${old.buyer}`;
  expect(buyer).toEqual({ buyer_id: expect.any(String), email_proven_at: yesterday });
  expect(await sql`select id from buyers where id = ${buyer?.buyer_id as string}`).toHaveLength(1);
  expect(await sql`select buyer_id from accounts where id = ${old.staff}`).toEqual([{ buyer_id: null }]);
  expect(await sql`select account_id from account_sessions`).toEqual([{ account_id: old.staff }]);
});

test('rows that a process of the last release writes get their buyer', async () => {
  const { sql } = database;
  const visitor = await addVisitor();
  expect(await owners(await addOwned('visitor_id', visitor))).toEqual([
    { buyer_id: visitor, visitor_id: visitor },
  ]);
  await addConsent(visitor);
  await addConsent(visitor);
  expect(await sql`select buyer_id from phone_consents where visitor_id = ${visitor}`).toEqual([
    { buyer_id: visitor },
  ]);
  const account = await addAccount('eva@buyer.example', 'buyer');
  expect(await sql`select buyer_id, email_proven_at from accounts where id = ${account}`).toEqual([
    { buyer_id: account, email_proven_at: yesterday },
  ]);
});

test('a process of the last release finds the rows of its visitor’s buyer', async () => {
  const { sql } = database;
  const visitor = await addVisitor();
  const rows = await addOwned('buyer_id', visitor);
  expect(await owners(rows)).toEqual([{ buyer_id: visitor, visitor_id: visitor }]);
  const again = await sql`
    insert into solutions (visitor_id) values (${visitor})
    on conflict (visitor_id) where current do update set updated_at = now() returning id`;
  expect(again).toEqual([{ id: rows.solutions }]);
  await sql`insert into phone_consents (buyer_id, phone_hash, at) values (${visitor}, 'phone', ${yesterday})`;
  await addConsent(visitor);
  expect(
    await sql`select at > ${yesterday} as renewed from phone_consents where buyer_id = ${visitor}`,
  ).toEqual([{ renewed: true }]);
});

test('rows that move to an account no longer belong to their visitor', async () => {
  const { sql } = database;
  const visitor = await addVisitor();
  const rows = await addOwned('buyer_id', visitor);
  const [account] = await sql`insert into buyers default values returning id`;
  const buyer = account?.id as string;
  for (const table of owned)
    await sql`update ${sql(table)} set buyer_id = ${buyer} where id = ${rows[table]}`;
  expect(await owners(rows)).toEqual([{ buyer_id: buyer, visitor_id: null }]);
});

test('rows that a browser’s former buyer keeps no longer belong to its visitor', async () => {
  const { sql } = database;
  const visitor = await addVisitor();
  const rows = await addOwned('buyer_id', visitor);
  const [fresh] = await sql`insert into buyers default values returning id`;
  await sql`update visitors set buyer_id = ${fresh?.id as string} where id = ${visitor}`;
  expect(await owners(rows)).toEqual([{ buyer_id: visitor, visitor_id: null }]);
});

test('two processes that start a buyer’s current solution at once start one', async () => {
  const { sql } = database;
  const visitor = await addVisitor();
  const start = (on: typeof sql) => on`
    insert into solutions (buyer_id) values (${visitor})
    on conflict (buyer_id) where current do update set updated_at = now() returning id`;
  let second: ReturnType<typeof start> | undefined;
  const first = await sql.begin(async (tx) => {
    const [row] = await start(tx as unknown as typeof sql);
    second = start(sql);
    const waits = () =>
      sql`select 1 from pg_stat_activity where wait_event_type = 'Lock' and state = 'active'`;
    second.catch(() => {});
    await expect.poll(waits).not.toEqual([]);
    return row?.id as string;
  });
  expect(await second).toEqual([{ id: first }]);
});
