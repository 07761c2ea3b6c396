import { type EnqueuedTaskPromise, type Index, type IndexSwap, MeilisearchApiError } from 'meilisearch';
import type { Db } from '#db/client.ts';
import * as catalog from '#server/catalog/service.ts';
import type { Context } from '#server/context.ts';
import { type Address, connect, liveIndex, nextIndex } from './client.ts';
import { isSameSettings, documentOf, type ProductDocument, settings } from './documents.ts';
import * as queries from './queries.ts';

/*
 * Products are pushed in the order of changes, so the index's newest document is where to continue. A lost, emptied or
 * restored index catches up by itself.
 */

type ProductIndex = Index<ProductDocument>;

const batchSize = 5_000;
const requestMs = 30_000;
const untilDone = { timeout: 120_000, interval: 100 };

/** A run ends before the queue's timeout; the next one continues. */
const runMs = 8 * 60_000;

/**
 * Pushes changes to the index. Builds a new index, which then replaces the old one, if that is missing, empty, outdated
 * or contains deleted products. Throws if Meilisearch fails; the next run continues.
 */
export async function updateIndex({ db, log }: Pick<Context, 'db' | 'log'>, address: Address): Promise<void> {
  if (!(await queries.hasProducts(db))) return;
  const client = connect(address, requestMs);
  const live = client.index<ProductDocument>(liveIndex);
  const next = client.index<ProductDocument>(nextIndex);
  const deadline = performance.now() + runMs;
  if ((await hasOurSettings(live)) && (await newestPosition(live)) !== null) {
    const { pushed } = await pushMissing(db, live, deadline);
    if (pushed > 0) log.info({ pushed }, 'search index brought up to date');
    if (pushed === 0 || !(await hasLeftovers(db, live))) return;
  }
  if (!(await hasOurSettings(next))) {
    await waitForTask(next.delete(), 'index_not_found');
    await waitForTask(client.createIndex(nextIndex, { primaryKey: 'id' }));
    await waitForTask(next.updateSettings(settings));
  }
  const { pushed, isComplete } = await pushMissing(db, next, deadline);
  if (!isComplete) return;
  await waitForTask(client.createIndex(liveIndex, { primaryKey: 'id' }), 'index_already_exists');
  // The SDK's type requires `rename`, which servers before 1.18 reject.
  await waitForTask(client.swapIndexes([{ indexes: [liveIndex, nextIndex] } as IndexSwap]));
  await waitForTask(next.delete());
  log.info({ pushed }, 'search index rebuilt');
}

/**
 * Returns how long the oldest change has waited that the index lacks, in seconds; 0: it has everything; null: Meilisearch
 * fails or doesn't answer in time.
 */
export async function lagSeconds(
  { db, clock }: Pick<Context, 'db' | 'clock'>,
  address: Address,
  timeoutMs: number,
): Promise<number | null> {
  const index = connect(address, timeoutMs).index<ProductDocument>(liveIndex);
  const newest = await newestPosition(index).catch(() => 'unknown' as const);
  if (newest === 'unknown') return null;
  const oldest = await queries.oldestChangeAfter(db, newest);
  return oldest ? Math.max(0, Math.round((clock.now().getTime() - oldest.getTime()) / 1000)) : 0;
}

/** Pushes missing products until the index is complete, time is up or an import is running. */
async function pushMissing(
  db: Db,
  index: ProductIndex,
  deadline: number,
): Promise<{ pushed: number; isComplete: boolean }> {
  let pushed = 0;
  let after = await newestPosition(index);
  while (performance.now() < deadline) {
    const from = after;
    // Not during an import: it commits products later with the same time of change, which would be missed.
    const batch = await catalog.unlessImporting(db, (tx) => queries.changedProducts(tx, from, batchSize));
    if (batch === null) break;
    if (batch.length > 0) await waitForTask(index.addDocuments(batch.map(documentOf), { primaryKey: 'id' }));
    pushed += batch.length;
    after = batch.at(-1) ?? after;
    if (batch.length < batchSize) return { pushed, isComplete: true };
  }
  return { pushed, isComplete: false };
}

/** Returns the position of the index's newest document; null if it is empty. */
async function newestPosition(index: ProductIndex): Promise<queries.IndexPosition | null> {
  const { hits } = await index.search('', {
    sort: ['changed:desc', 'id:desc'],
    limit: 1,
    attributesToRetrieve: ['changed', 'id'],
  });
  return hits[0] ?? null;
}

/** Returns whether the index exists and has our settings. */
async function hasOurSettings(index: ProductIndex): Promise<boolean> {
  try {
    return isSameSettings(await index.getSettings());
  } catch (error) {
    if (error instanceof MeilisearchApiError && error.cause?.code === 'index_not_found') return false;
    throw error;
  }
}

/** Returns whether the index has deleted products. Imports delete only by merging, which also changes products. */
async function hasLeftovers(db: Db, index: ProductIndex): Promise<boolean> {
  const { numberOfDocuments } = await index.getStats();
  return numberOfDocuments > (await queries.countProducts(db));
}

/** Waits for a task and throws if it failed, except with the error code `forgiven`. */
async function waitForTask(enqueued: EnqueuedTaskPromise, forgiven?: string): Promise<void> {
  const { type, status, error } = await enqueued.waitTask(untilDone);
  if (status === 'succeeded' || (error !== null && error.code === forgiven)) return;
  throw new Error(`Meilisearch: ${type} ${status}: ${error?.message ?? 'no reason given'}`);
}
