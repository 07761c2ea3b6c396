import { type EnqueuedTaskPromise, type Index, type IndexSwap, MeilisearchApiError } from 'meilisearch';
import type { Db } from '#db/client.ts';
import * as catalog from '#server/catalog/service.ts';
import type { Context } from '#server/context.ts';
import { type Address, connect, liveIndex, nextIndex } from './client.ts';
import { areOurs, documentOf, type ProductDocument, settings } from './documents.ts';
import * as queries from './queries.ts';

/*
 * The index itself records the progress: products are pushed in order of change, each batch after the previous one
 * succeeded, so its newest document is where to continue. A lost, emptied or restored index catches up by itself.
 */

type ProductIndex = Index<ProductDocument>;

const batchSize = 5_000;
const requestMs = 30_000;
const untilDone = { timeout: 120_000, interval: 100 };

/** A run ends before the queue considers it dead; the next one continues. */
const runMs = 8 * 60_000;

/**
 * Pushes what changed since the index was last brought up to date. An index that is missing, empty, of other settings
 * or with products that are gone is rebuilt beside the one in use and replaces it. Throws when Meilisearch
 * fails; the next run continues.
 */
export async function keepCurrent({ db, log }: Pick<Context, 'db' | 'log'>, address: Address): Promise<void> {
  if (!(await queries.hasProducts(db))) return;
  const client = connect(address, requestMs);
  const live = client.index<ProductDocument>(liveIndex);
  const next = client.index<ProductDocument>(nextIndex);
  const deadline = performance.now() + runMs;
  if ((await hasOurSettings(live)) && (await placeOf(live)) !== null) {
    const { pushed } = await fill(db, live, deadline);
    if (pushed > 0) log.info({ pushed }, 'search index brought up to date');
    if (pushed === 0 || !(await hasLeftovers(db, live))) return;
  }
  if (!(await hasOurSettings(next))) {
    await done(next.delete(), 'index_not_found');
    await done(client.createIndex(nextIndex, { primaryKey: 'id' }));
    await done(next.updateSettings(settings));
  }
  const { pushed, isComplete } = await fill(db, next, deadline);
  if (!isComplete) return;
  await done(client.createIndex(liveIndex, { primaryKey: 'id' }), 'index_already_exists');
  // The SDK's type requires `rename`, which servers before 1.18 reject.
  await done(client.swapIndexes([{ indexes: [liveIndex, nextIndex] } as IndexSwap]));
  await done(next.delete());
  log.info({ pushed }, 'search index rebuilt');
}

/** Pushes what the index lacks, until it is complete, time is up or an import runs. */
async function fill(
  db: Db,
  index: ProductIndex,
  deadline: number,
): Promise<{ pushed: number; isComplete: boolean }> {
  let pushed = 0;
  let after = await placeOf(index);
  while (performance.now() < deadline) {
    const from = after;
    // Products of an import have one time of change, whenever they are committed: those of a part can't be told apart.
    const batch = await catalog.betweenImports(db, (tx) => queries.changedProducts(tx, from, batchSize));
    if (batch === null) break;
    if (batch.length > 0) await done(index.addDocuments(batch.map(documentOf), { primaryKey: 'id' }));
    pushed += batch.length;
    after = batch.at(-1) ?? after;
    if (batch.length < batchSize) return { pushed, isComplete: true };
  }
  return { pushed, isComplete: false };
}

/** Returns how far the index got; null for an empty one. */
async function placeOf(index: ProductIndex): Promise<queries.Place | null> {
  const { hits } = await index.search('', {
    sort: ['changed:desc', 'id:desc'],
    limit: 1,
    attributesToRetrieve: ['changed', 'id'],
  });
  return hits[0] ?? null;
}

/** Returns false for a missing index. */
async function hasOurSettings(index: ProductIndex): Promise<boolean> {
  try {
    return areOurs(await index.getSettings());
  } catch (error) {
    if (error instanceof MeilisearchApiError && error.cause?.code === 'index_not_found') return false;
    throw error;
  }
}

/** Returns an import takes products away only by joining them to others, so there is something to push then too. */
async function hasLeftovers(db: Db, index: ProductIndex): Promise<boolean> {
  const { numberOfDocuments } = await index.getStats();
  return numberOfDocuments > (await queries.countProducts(db));
}

/** Waits for a task. A failed one resolves like any other: its status tells. */
async function done(enqueued: EnqueuedTaskPromise, forgiven?: string): Promise<void> {
  const { type, status, error } = await enqueued.waitTask(untilDone);
  if (status === 'succeeded' || (error !== null && error.code === forgiven)) return;
  throw new Error(`Meilisearch: ${type} ${status}: ${error?.message ?? 'no reason given'}`);
}
