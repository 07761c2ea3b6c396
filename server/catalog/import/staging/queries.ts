import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { sql as drizzleSql } from 'drizzle-orm';
import type postgres from 'postgres';
import type { Db } from '#db/client.ts';
import type { CatalogRecord } from '../record.ts';

/** A record with its line number in the file. */
export interface StagedRecord {
  row: number;
  record: CatalogRecord;
}

/** The advisory lock of imports, held by the connection so that a dead import releases it. */
const importLock = 0x51_0e_20;
/** The advisory lock that announces another writer of many products. It excludes nobody. */
const rewriteLock = 0x51_0e_24;

/** Takes the import lock. Calls `onWait` if another import is running. */
export async function takeImportLock(sql: postgres.ReservedSql, onWait: () => void): Promise<void> {
  // Otherwise foreign keys and triggers would be planned again for each row.
  await sql`set plan_cache_mode = auto`;
  const [lock] = await sql<{ ours: boolean }[]>`select pg_try_advisory_lock(${importLock}) as ours`;
  if (lock?.ours) return;
  onWait();
  await sql`select pg_advisory_lock(${importLock})`;
}

/** Returns whether no import is running, and if so blocks imports until the transaction ends. */
export async function isNoImportRunning(tx: Db): Promise<boolean> {
  const [lock] = await tx.execute<{ free: boolean }>(
    drizzleSql`select pg_try_advisory_xact_lock_shared(${importLock}) as free`,
  );
  return lock?.free ?? false;
}

/** Announces until the end of the transaction that it rewrites many products. */
export async function announceRewrite(tx: Db): Promise<void> {
  await tx.execute(drizzleSql`select pg_advisory_xact_lock_shared(${rewriteLock})`);
}

/** Returns whether an import is running, or something that announced that it rewrites many products. */
export async function isImportLockTaken(db: Db): Promise<boolean> {
  const [lock] = await db.execute<{ taken: boolean }>(drizzleSql`
    select exists (
      select from pg_locks where locktype = 'advisory' and granted and objsubid = 1
        and database = (select oid from pg_database where datname = current_database())
        and classid = 0
        and (objid = ${importLock}::oid and mode = 'ExclusiveLock' or objid = ${rewriteLock}::oid)) as taken`);
  return lock?.taken ?? false;
}

/** Runs `work` in a transaction on this connection. */
export async function inTransaction<T>(sql: postgres.ReservedSql, work: () => Promise<T>): Promise<T> {
  await sql`begin`;
  try {
    const result = await work();
    await sql`commit`;
    return result;
  } catch (error) {
    await sql`rollback`;
    throw error;
  }
}

/** Drops the temporary tables and releases the import lock, before the connection is reused. */
export async function releaseImportLock(sql: postgres.ReservedSql): Promise<void> {
  await dropTables(sql);
  await sql`reset plan_cache_mode`;
  await sql`select pg_advisory_unlock(${importLock})`;
}

async function dropTables(sql: postgres.ReservedSql): Promise<void> {
  await sql`drop table if exists pg_temp.import_plan, pg_temp.import_records, pg_temp.import_missing`;
}

/**
 * Copies the records into a temporary table, because a product's records may be anywhere in the file, which may be larger
 * than memory.
 */
export async function stage(sql: postgres.ReservedSql, records: AsyncIterable<StagedRecord>): Promise<void> {
  await dropTables(sql);
  await sql`create temporary table import_records (
    row integer not null, vendor_id bigint not null, sku text not null, product_key text, record text not null)`;
  const copy = await sql`copy import_records from stdin`.writable();
  await pipeline(Readable.from(copyLines(records)), copy);
}

async function* copyLines(records: AsyncIterable<StagedRecord>): AsyncGenerator<string> {
  for await (const { row, record } of records) {
    const { vendorId, sku, productKey } = record;
    const key = productKey === null ? String.raw`\N` : escaped(productKey);
    yield `${row}\t${vendorId}\t${escaped(sku)}\t${key}\t${escaped(JSON.stringify(record))}\n`;
  }
}

const escapes: Readonly<Record<string, string>> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' };

function escaped(text: string): string {
  return text.replace(/[\\\t\n\r]/g, (character) => escapes[character] ?? character);
}

/** Removes records whose vendor and SKU occur earlier in the file. */
export async function removeRepeated(
  sql: postgres.ReservedSql,
): Promise<{ row: number; firstRow: number }[]> {
  await sql`create index on pg_temp.import_records (vendor_id, sku, row)`;
  await sql`create index on pg_temp.import_records (row)`;
  await sql`analyze pg_temp.import_records`;
  return sql<{ row: number; firstRow: number }[]>`
    delete from pg_temp.import_records r
    using (select row, min(row) over (partition by vendor_id, sku) as first from pg_temp.import_records) d
    where d.row = r.row and d.row <> d.first
    returning r.row, d.first as "firstRow"`;
}

/** An offer as a row of the file names it. */
export interface NamedOffer {
  vendorId: number;
  sku: string;
}

/**
 * Writes down, in `import_missing`, the live offers of the records' vendors that neither a record nor a refused row names.
 * Returns their number and the first of them.
 */
export async function findMissing(
  sql: postgres.ReservedSql,
  refused: readonly NamedOffer[],
  limit: number,
): Promise<{ total: number; first: { vendor: string; sku: string }[] }> {
  await sql`create temporary table import_missing as
    select o.id, o.product_id, v.slug as vendor, o.sku
    from live_offers o join vendors v on v.id = o.vendor_id
    where o.vendor_id in (select distinct vendor_id from pg_temp.import_records)
      and not exists (select from pg_temp.import_records r where r.vendor_id = o.vendor_id and r.sku = o.sku)
      and (o.vendor_id, o.sku) not in (
        select * from unnest(${refused.map(({ vendorId }) => vendorId)}::bigint[], ${refused.map(({ sku }) => sku)}::text[]))`;
  const rows = await sql<{ vendor: string; sku: string; total: number }[]>`
    select vendor, sku, (count(*) over ())::int as total
    from pg_temp.import_missing order by vendor, sku limit ${limit}`;
  return { total: rows[0]?.total ?? 0, first: rows.map(({ vendor, sku }) => ({ vendor, sku })) };
}

/** Withdraws up to `limit` of the offers in `import_missing`, and takes them from it. Returns the ids of their products. */
export async function withdrawNext(sql: postgres.ReservedSql, limit: number, now: Date): Promise<number[]> {
  const withdrawn = await sql<{ productId: number }[]>`
    with next as (
      delete from pg_temp.import_missing
      where id in (select id from pg_temp.import_missing order by product_id, id limit ${limit})
      returning id)
    update offers set withdrawn_at = ${now}, updated_at = ${now} from next where offers.id = next.id
    returning offers.product_id::float8 as "productId"`;
  return withdrawn.map(({ productId }) => productId);
}

/**
 * Assigns the file's records to products and batches, in `import_plan`. Returns the number of batches; all records of a
 * product are in the same batch.
 *
 * A group (records with the same key, or one record without) keeps a product of its offers, so that URLs and solutions stay
 * valid; of several groups the one with the product's oldest offer keeps it. Offers missing in this import stay: they may be
 * another catalogue's. A record without a key leaves a product with such offers. `describes`: the group has the product's
 * oldest offer, so it may change its texts.
 */
export async function makePlan(sql: postgres.ReservedSql, batchSize: number): Promise<number> {
  await sql`create temporary table import_plan as
    with listed as (
      select r.row, coalesce('k' || r.product_key, 'r' || r.row) as grp, r.product_key is not null as keyed,
        o.id as offer_id, o.product_id
      from pg_temp.import_records r
      left join offers o on o.vendor_id = r.vendor_id and o.sku = r.sku
    ), elsewhere as (
      select o.product_id, min(o.id) as oldest
      from offers o
      where o.product_id in (select product_id from listed)
        and not exists (select from listed l where l.offer_id = o.id)
      group by o.product_id
    ), claims as (
      select distinct on (l.product_id) l.product_id, l.grp, l.offer_id as oldest
      from listed l left join elsewhere e using (product_id)
      where l.product_id is not null and (l.keyed or e.product_id is null)
      order by l.product_id, l.offer_id
    ), kept as (
      select distinct on (c.grp) c.grp, c.product_id, coalesce(c.oldest < e.oldest, true) as describes
      from claims c left join elsewhere e using (product_id)
      order by c.grp, c.product_id
    ), sized as (
      select l.*, min(l.row) over (partition by l.grp) as first_row
      from listed l
    ), counted as (
      select s.*, row_number() over (order by s.first_row, s.row) as n from sized s
    )
    select c.row, c.first_row, c.offer_id, c.product_id as from_product_id, k.product_id,
      coalesce(k.describes, true) as describes,
      (min(c.n) over (partition by c.first_row) - 1) / ${batchSize}::int as batch
    from counted c left join kept k using (grp)`;
  await sql`create index on pg_temp.import_plan (batch)`;
  await sql`create index on pg_temp.import_plan (offer_id)`;
  await sql`analyze pg_temp.import_plan`;
  const [count] = await sql<{ batches: number }[]>`
    select coalesce(max(batch) + 1, 0)::int as batches from pg_temp.import_plan`;
  return count?.batches ?? 0;
}

/** A record with its product. `firstRow` identifies its group. */
export interface PlannedRecord extends StagedRecord {
  firstRow: number;
  offerId: number | null;
  /** The product that its offer belongs to before the import. */
  fromProductId: number | null;
  /** The product that its group keeps; null: a new one. */
  productId: number | null;
  describes: boolean;
}

/** Returns a batch's records by group, oldest offer first. */
export async function plannedRecords(sql: postgres.ReservedSql, batch: number): Promise<PlannedRecord[]> {
  const rows = await sql<(Omit<PlannedRecord, 'record'> & { record: string })[]>`
    select p.row, p.first_row as "firstRow", p.offer_id::float8 as "offerId",
      p.from_product_id::float8 as "fromProductId", p.product_id::float8 as "productId", p.describes, r.record
    from pg_temp.import_plan p join pg_temp.import_records r using (row)
    where p.batch = ${batch}
    order by p.first_row, p.offer_id nulls last, p.row`;
  return rows.map((row) => ({ ...row, record: JSON.parse(row.record) as CatalogRecord }));
}

/** Returns product ids by this import's keys. */
export async function productsByKey(
  sql: postgres.ReservedSql,
  keys: readonly string[],
): Promise<Map<string, number>> {
  const rows = await sql<{ key: string; id: number }[]>`
    select distinct r.product_key as key, o.product_id::float8 as id
    from pg_temp.import_records r
    join offers o on o.vendor_id = r.vendor_id and o.sku = r.sku
    where r.product_key = any(${keys as string[]})`;
  return new Map(rows.map((row) => [row.key, row.id]));
}
