import type postgres from 'postgres';
import type { Db } from '#db/client.ts';
import type { Clock } from '#server/platform/clock.ts';
import { writeVendors } from '#server/vendors/service.ts';
import { pathOf, readCategories } from './categories.ts';
import { filesOf } from './files.ts';
import type { Known, OnProductsMerged, Tally } from './merge/batch.ts';
import { latestRates } from './merge/queries.ts';
import * as queries from './queries.ts';
import type { Standing } from './record.ts';
import type { RefusedRow } from './refusal.ts';
import { endTurn, noneAtWork, takeTurn } from './staging/queries.ts';
import { stageFile, writeAgents, writeCategories, writeRenamedVendors, writeStaged } from './steps.ts';
import { readVendors } from './vendors.ts';

export { addRates, type Rate } from './queries.ts';
export { CatalogUnreadable, type RefusedRow } from './refusal.ts';

export interface ImportOptions {
  onProductsMerged: OnProductsMerged;
  /** Vendors without an address get `<slug>@<mailDomain>`. */
  mailDomain?: string | undefined;
  /** Called for every refused row as it is found. */
  onRefused?: (refused: RefusedRow) => void;
  /** `done` of `total` rows; while reading, `total` is estimated from the part of the file that was read. */
  onProgress?: (step: 'reading' | 'writing', done: number, total: number) => void;
  /** Called when this import has to wait for another. */
  onWait?: () => void;
}

export interface ImportResult extends Tally {
  /** Records read, refused ones included. */
  rows: number;
  /** Rows left out, those of vendors.csv, categories.csv and agents.csv included. */
  refused: number;
  seconds: number;
}

/** Throws CatalogUnreadable when the directory lacks a file that a catalogue has. */
export function checkCatalog(directory: string): void {
  filesOf(directory);
}

/** Returns what `read` finds while no import writes; null, without reading, while one is running. */
export async function betweenImports<T>(db: Db, read: (tx: Db) => Promise<T>): Promise<T | null> {
  return db.transaction(async (tx) => ((await noneAtWork(tx)) ? read(tx) : null));
}

/**
 * Imports a catalogue: vendors.csv, categories.csv, products.jsonl or products.jsonl.gz, and agents.csv if there is
 * one. Readers see each product whole, before or after; a repeated or resumed import writes only what differs. Throws
 * CatalogUnreadable, before any product is touched, when a file is missing or damaged.
 */
export async function importCatalog(
  { sql: pool, clock }: { sql: postgres.Sql; clock: Clock },
  directory: string,
  options: ImportOptions,
): Promise<ImportResult> {
  const startedAt = performance.now();
  const files = filesOf(directory);
  let refused = 0;
  const refuse = (row: RefusedRow) => {
    refused += 1;
    options.onRefused?.(row);
  };
  const progress = options.onProgress ?? (() => {});
  const vendors = await readVendors(files.vendors, options.mailDomain, refuse);
  const categories = await readCategories(files.categories, refuse);

  const sql = await pool.reserve();
  try {
    await takeTurn(sql, () => options.onWait?.());
    const now = await queries.timeOfChanges(sql, clock.now());
    const stored = await writeVendors(sql, vendors, now);
    const idsByPath = await writeCategories(sql, [...categories.values()]);
    const standing: Standing = {
      vendors: new Map(stored.map((vendor) => [vendor.slug, vendor])),
      categories: new Map([...categories].map(([id, names]) => [id, idsByPath.get(pathOf(names)) ?? 0])),
    };
    const rows = await stageFile(sql, files.products, standing, refuse, progress);

    const idsBySlug = new Map(stored.map((vendor) => [vendor.slug, vendor.id]));
    const named = vendors.map((vendor) => ({ ...vendor, id: idsBySlug.get(vendor.slug) ?? 0 }));
    const paths = new Map([...idsByPath].map(([path, id]) => [id, path]));
    const known: Known = {
      vendorNames: new Map(named.map(({ id, name }) => [id, name])),
      categoryPath: (id) => paths.get(id) ?? '',
      rates: await latestRates(sql),
      now,
      onProductsMerged: options.onProductsMerged,
    };
    const tally = await writeStaged(sql, known, rows, progress);
    const oldNames = new Map(stored.map(({ id, name }) => [id, name]));
    await writeRenamedVendors(
      sql,
      named.filter(({ id, name }) => oldNames.get(id) !== name),
      known,
    );
    await writeAgents(sql, files.agents, standing, idsByPath, refuse);
    await queries.countProducts(sql);
    if (tally.created + tally.updated > 0) await queries.settleTables(sql);
    return { rows, ...tally, refused, seconds: (performance.now() - startedAt) / 1000 };
  } finally {
    await endTurn(sql).finally(() => sql.release());
  }
}
