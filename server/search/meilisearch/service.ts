import type { EnqueuedTaskPromise, Index } from 'meilisearch';
import { MeilisearchApiError } from 'meilisearch';
import * as catalog from '#server/catalog/service.ts';
import type { Context } from '#server/context.ts';
import { type Address, connect, liveIndex, nextIndex } from './client.ts';
import { areOurs, documentOf, type ProductDocument, settings } from './documents.ts';
import * as queries from './queries.ts';

/*
 * The index tells itself how far it got: products are pushed in the order of their changes, each batch after the one
 * before has succeeded, so its last document is the place to go on from. There is no mark to lose or to disagree with,
 * and an index that is lost, emptied or restored from last week asks for what it lacks.
 */

type ProductIndex = Index<ProductDocument>;

const batchSize = 5_000;
const requestMs = 30_000;
const task = { timeout: 120_000, interval: 100 };

/** A run ends before the queue takes it for dead; the next one goes on where it ended. */
const runMs = 8 * 60_000;

interface Filled {
  pushed: number;
  /** All that PostgreSQL holds was reached. */
  isComplete: boolean;
}

/**
 * Pushes what changed since the index was last brought up to date. An index that is missing, empty, of other settings
 * or with products that are gone is built anew beside the one in use and takes its place. Throws when Meilisearch
 * fails; running again goes on.
 */
export async function keepCurrent(
  { db, config, log }: Pick<Context, 'db' | 'config' | 'log'>,
  address: Address,
): Promise<void> {
  const client = connect(address, requestMs);
  const live = client.index<ProductDocument>(liveIndex);
  const deadline = performance.now() + runMs;
  if (!(await queries.hasProducts(db))) return;
  if (await isUsable(live)) {
    const { pushed } = await fill(db, live, deadline);
    if (pushed > 0) log.info({ pushed }, 'search index brought up to date');
    if (pushed === 0 || !(await hasLeftovers(db, live))) return;
  }
}
