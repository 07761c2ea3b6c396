import type postgres from 'postgres';
import type { Db } from '#db/client.ts';
import type { Clock } from '#server/platform/clock.ts';
import { countProductsOfVendors, writeVendors } from '#server/vendors/service.ts';
import { onlyDeepest, pathOf, readCategories } from './categories.ts';
import { readAgents } from './agents.ts';
import { filesOf } from './files.ts';
import type { ImportContext, OnProductsMerged, Tally } from './merge/batch.ts';
import { latestRates } from './merge/queries.ts';
import { readAttributeWords, renamedCategories, searchedPaths } from './languages.ts';
import * as queries from './queries.ts';
import type { ImportIds } from './record.ts';
import type { RefusedRow } from './refusal.ts';
import {
  announceRewrite,
  findMissing,
  isImportLockTaken,
  isNoImportRunning,
  releaseImportLock,
  takeImportLock,
} from './staging/queries.ts';
import {
  stageFile,
  withdrawMissing,
  writeAgents,
  writeCategories,
  writeRenamedCategories,
  writeRenamedVendors,
  writeStaged,
} from './steps.ts';
import { readVendors } from './vendors.ts';

export { CatalogUnreadable, type RefusedRow } from './refusal.ts';
export { announceRewrite };

const missingShown = 20;

export interface ImportOptions {
  onProductsMerged: OnProductsMerged;
  /** Vendors without an address get `<slug>@<mailDomain>`. */
  mailDomain?: string | undefined;
  /** Whether a price of 0 means free; otherwise it is imported as "on request". */
  zeroIsFree?: boolean;
  /** Withdraws the offers that the file's vendors have and the file doesn't hold; otherwise they stay. */
  withdrawMissing?: boolean;
  /** Called for each refused row. */
  onRefused?: (refused: RefusedRow) => void;
  /** Called for each value that was left out of a row, or read otherwise than written. */
  onNoted?: (noted: RefusedRow) => void;
  /** `done` of `total` rows. While reading, `total` is an estimate. */
  onProgress?: (step: 'reading' | 'writing', done: number, total: number) => void;
  /** Called if this import must wait for another. */
  onWait?: () => void;
}

export interface ImportResult extends Tally {
  /** The number of records, including refused ones. */
  rows: number;
  /** The number of refused rows in all files. */
  refused: number;
  /** The number of notes on rows that were imported. */
  noted: number;
  /**
   * Offers of the file's vendors that the file doesn't hold: their number, and the first of them. `unnamed`: refused rows
   * that may be about them, so that none is withdrawn.
   */
  missing: { total: number; first: { vendor: string; sku: string }[]; unnamed: number };
  /** The number of offers withdrawn. */
  withdrawn: number;
  seconds: number;
}

/** Throws CatalogUnreadable if the directory lacks a required file. */
export function checkCatalog(directory: string): void {
  filesOf(directory);
}

/** Runs `read` and blocks imports meanwhile. Returns null, without reading, if an import is running. */
export async function unlessImporting<T>(db: Db, read: (tx: Db) => Promise<T>): Promise<T | null> {
  return db.transaction(async (tx) => ((await isNoImportRunning(tx)) ? read(tx) : null));
}

/** Returns whether an import, or another writer of many products, is at work. */
export const isImportRunning = (db: Db): Promise<boolean> => isImportLockTaken(db);

/**
 * Imports a catalogue, product by product atomically. A repeated or resumed import writes only what differs. Throws
 * CatalogUnreadable, before it changes products, if a file is missing or damaged.
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
  let noted = 0;
  const note = (row: RefusedRow) => {
    noted += 1;
    options.onNoted?.(row);
  };
  const progress = options.onProgress ?? (() => {});
  const vendors = await readVendors(files.vendors, options.mailDomain, refuse);
  const categories = await readCategories(files.categories, refuse);
  const words = files.words === null ? [] : await readAttributeWords(files.words, refuse);

  const sql = await pool.reserve();
  try {
    await takeImportLock(sql, () => options.onWait?.());
    const now = await queries.timeOfChanges(sql, clock.now());
    const stored = await writeVendors(sql, vendors, now);
    const idsByPath = await writeCategories(
      sql,
      [...categories.values()].map(({ names }) => names),
    );
    const named = await queries.namedCategories(sql);
    const renamedTo = renamedCategories(
      named,
      new Map([...categories.values()].map(({ names, translations }) => [pathOf(names), translations])),
    );
    await queries.writeAttributeWords(sql, words);
    const importIds: ImportIds = {
      vendors: new Map(stored.map((vendor) => [vendor.slug, vendor])),
      categories: new Map([...categories].map(([id, { names }]) => [id, idsByPath.get(pathOf(names)) ?? 0])),
      onlyCategory:
        idsByPath.get(onlyDeepest([...categories.values()].map(({ names }) => pathOf(names))) ?? '') ?? null,
    };
    // Before products change: agents.csv may be unreadable, too.
    const agents = files.agents === null ? [] : await readAgents(files.agents, importIds.vendors, refuse);
    const reading = { importIds, zeroIsFree: options.zeroIsFree ?? false };
    const staged = await stageFile(sql, files.products, reading, { refuse, note }, progress);
    const identified = staged.refused.filter((offer) => offer !== null);
    const unnamed = staged.refused.length - identified.length;
    const missing = { ...(await findMissing(sql, identified, missingShown)), unnamed };

    const idsBySlug = new Map(stored.map((vendor) => [vendor.slug, vendor.id]));
    const namedVendors = vendors.map((vendor) => ({ ...vendor, id: idsBySlug.get(vendor.slug) ?? 0 }));
    const paths = searchedPaths(named, renamedTo);
    const context: ImportContext = {
      vendorNames: new Map(namedVendors.map(({ id, name }) => [id, name])),
      categoryPath: (id) => paths.get(id) ?? '',
      rates: await latestRates(sql),
      now,
      onProductsMerged: options.onProductsMerged,
    };
    const tally = await writeStaged(sql, context, staged.rows, progress);
    const withdrawn = options.withdrawMissing && unnamed === 0 ? await withdrawMissing(sql, context) : 0;
    const oldNames = new Map(stored.map(({ id, name }) => [id, name]));
    await writeRenamedVendors(
      sql,
      namedVendors.filter(({ id, name }) => oldNames.get(id) !== name),
      context,
    );
    await writeRenamedCategories(sql, renamedTo, context);
    await writeAgents(sql, agents, idsByPath, refuse);
    await queries.countProducts(sql);
    await countProductsOfVendors(sql);
    if (tally.created + tally.updated + withdrawn > 0) await queries.vacuumTables(sql);
    const seconds = (performance.now() - startedAt) / 1000;
    return { rows: staged.rows, ...tally, refused, noted, missing, withdrawn, seconds };
  } finally {
    await releaseImportLock(sql).finally(() => sql.release());
  }
}
