import { basename } from 'node:path';
import type postgres from 'postgres';
import * as vendors from '#server/vendors/service.ts';
import { type AgentRow, responsibilitiesOf } from './agents.ts';
import { missingCategories } from './categories.ts';
import type { CategoryNames } from './languages.ts';
import { type ImportContext, prepareBatch, refreshProducts, type Tally, writeBatch } from './merge/batch.ts';
import { openProducts } from './productRows.ts';
import * as queries from './queries.ts';
import { type Fields, type ImportIds, namedOffer, readRecord } from './record.ts';
import { type RefusedRow, RowRefused } from './refusal.ts';
import * as staging from './staging/queries.ts';

type Sql = postgres.ReservedSql;
type Refuse = (refused: RefusedRow) => void;
type Progress = (step: 'reading' | 'writing', done: number, total: number) => void;

const batchSize = 1_000;
const batchesBetweenCounts = 20;
const rowsBetweenReports = 500;

/** Inserts missing categories. Returns the ids of all categories by path. */
export async function writeCategories(
  sql: Sql,
  paths: readonly (readonly string[])[],
): Promise<Map<string, number>> {
  const known = await queries.allCategories(sql);
  const missing = missingCategories(paths, known, () => 0).length;
  const ids = await queries.newCategoryIds(sql, missing);
  const made = missingCategories(paths, known, () => ids.shift() ?? 0);
  await queries.addCategories(sql, made);
  return new Map([...known, ...made].map(({ path, id }) => [path, id]));
}

export interface Staged {
  /** The number of records, including refused ones. */
  rows: number;
  /** The offers that refused records are about; null for each that doesn't tell. */
  refused: (staging.NamedOffer | null)[];
}

/** Reads the records into the staging table. */
export async function stageFile(
  sql: Sql,
  file: string,
  { importIds, zeroIsFree }: { importIds: ImportIds; zeroIsFree: boolean },
  { refuse, note }: { refuse: Refuse; note: Refuse },
  progress: Progress,
): Promise<Staged> {
  const name = basename(file);
  const { rows: sources, share, decimalMark } = await openProducts(file);
  const staged: Staged = { rows: 0, refused: [] };
  async function* records(): AsyncGenerator<staging.StagedRecord> {
    for await (const { row, fields } of sources) {
      const rows = (staged.rows += 1);
      if (rows % rowsBetweenReports === 0) progress('reading', rows, Math.round(rows / share()));
      const noteRow = (reason: string) => note({ file: name, row, reason });
      let read: Fields | null = null;
      try {
        read = fields();
        yield { row, record: readRecord(read, importIds, { zeroIsFree, decimalMark }, noteRow) };
      } catch (error) {
        if (!(error instanceof RowRefused)) throw error;
        staged.refused.push(read && namedOffer(read, importIds));
        refuse({ file: name, row, reason: error.message });
      }
    }
  }
  await staging.stage(sql, records());
  for (const { row, firstRow } of await staging.removeRepeated(sql)) {
    refuse({ file: name, row, reason: `the vendor's SKU is already in row ${firstRow}` });
  }
  return staged;
}

/**
 * Writes the staged records, each batch in its own transaction. Computes the next batch meanwhile, which takes about as
 * long and doesn't read what is being written.
 */
export async function writeStaged(
  sql: Sql,
  context: ImportContext,
  rows: number,
  progress: Progress,
): Promise<Tally> {
  const total: Tally = { created: 0, updated: 0, unchanged: 0 };
  const batches = await staging.makePlan(sql, batchSize);
  const prepare = async (batch: number) =>
    batch < batches ? prepareBatch(sql, await staging.plannedRecords(sql, batch), context) : null;

  let next = prepare(0);
  for (let batch = 0; batch < batches; batch += 1) {
    const prepared = await next;
    if (!prepared) break;
    const writing = staging.inTransaction(sql, () => writeBatch(sql, prepared, context));
    next = prepare(batch + 1);
    const [written] = await Promise.all([writing, next]);
    total.created += written.created;
    total.updated += written.updated;
    total.unchanged += written.unchanged;
    await countMeanwhile(sql, batch + 1);
    progress('writing', total.created + total.updated + total.unchanged, rows);
  }
  return total;
}

/** Counts products after a number of batches. Counting vendors' products reads all offers, so it is done ever more rarely. */
async function countMeanwhile(sql: Sql, batches: number): Promise<void> {
  if (batches % batchesBetweenCounts !== 0) return;
  await queries.countProducts(sql);
  if (Number.isInteger(Math.log2(batches / batchesBetweenCounts))) await vendors.countProductsOfVendors(sql);
}

/** Withdraws the offers that `findMissing` found, with their products' search texts. Returns how many. */
export async function withdrawMissing(sql: Sql, context: ImportContext): Promise<number> {
  let total = 0;
  for (;;) {
    const withdrawn = await staging.inTransaction(sql, async () => {
      const products = await staging.withdrawNext(sql, batchSize, context.now);
      await refreshProducts(sql, [...new Set(products)], context);
      return products.length;
    });
    if (withdrawn === 0) return total;
    total += withdrawn;
  }
}

/**
 * Renames vendors after updating their products' search texts: a crash in between keeps the old name, so that the next
 * import repeats the work.
 */
export async function writeRenamedVendors(
  sql: Sql,
  renamed: readonly { id: number; name: string; nameFolded: string }[],
  context: ImportContext,
): Promise<void> {
  if (renamed.length === 0) return;
  const ids = renamed.map((vendor) => vendor.id);
  await refreshAll(sql, (after) => queries.productsOfVendors(sql, ids, after, batchSize), context);
  await vendors.renameVendors(sql, renamed, context.now);
}

/**
 * Writes categories' names in other languages after updating their products' search texts: after a crash in between the next
 * import repeats the work.
 */
export async function writeRenamedCategories(
  sql: Sql,
  renamed: readonly CategoryNames[],
  context: ImportContext,
): Promise<void> {
  if (renamed.length === 0) return;
  const ids = renamed.map(({ id }) => id);
  await refreshAll(sql, (after) => queries.productsOfCategories(sql, ids, after, batchSize), context);
  await queries.writeCategoryNames(sql, renamed);
}

/** Refreshes products page by page. `next`: the ids after an id. */
async function refreshAll(
  sql: Sql,
  next: (after: number) => Promise<number[]>,
  context: ImportContext,
): Promise<void> {
  let after = 0;
  for (;;) {
    const products = await next(after);
    const last = products.at(-1);
    if (last === undefined) break;
    await staging.inTransaction(sql, () => refreshProducts(sql, products, context));
    after = last;
  }
}

/** Writes the agents with their responsibilities. Must run after the products have been written. */
export async function writeAgents(
  sql: Sql,
  agents: readonly AgentRow[],
  categoriesByPath: ReadonlyMap<string, number>,
  refuse: Refuse,
): Promise<void> {
  const places = [...new Set(agents.flatMap((agent) => agent.responsibilities))];
  const products = await staging.productsByKey(sql, places);
  for (const agent of agents) {
    try {
      await vendors.writeAgent(sql, agent, responsibilitiesOf(agent, categoriesByPath, products));
    } catch (error) {
      if (!(error instanceof RowRefused)) throw error;
      refuse({ file: 'agents.csv', row: agent.line, reason: error.message });
    }
  }
}
