import { setImmediate as nextTurn, setTimeout as sleep } from 'node:timers/promises';
import type { Db } from '#db/client.ts';
import * as catalog from '#server/catalog/service.ts';
import type { Log } from '#server/platform/log.ts';
import type { MemoryIndex } from '../memory/port.ts';
import { isSurrounding, productsAfter } from '../memory/queries.ts';
import { type Backlog, createBacklog, type Slice } from './backlog.ts';
import { ChangesForgotten, createChangeReader } from './changes.ts';
import { createFilling, type Filling } from './filling.ts';
import type { IndexVersion } from './kept-answers.ts';
import { sharedByCallers } from './shared.ts';

/** How long a search waits for what was committed before it: usually some milliseconds, for an import's changes not longer. */
const longestWaitMs = 1_000;
const longestWaitForImportMs = 50;
/** While an import writes, searches may miss changes for so long. */
const longestLagMs = 30_000;
/** How often changes are read while nobody searches. */
const idleMs = 500;
/** How long it is known whether an import runs. */
const importKnownMs = 1_000;
const retryMs = 500;
const betweenWarningsMs = 60_000;
const loadedAtOnce = 2_000;
const filledAtOnce = 200;

/**
 * `current`: the index holds everything committed before. `importing`: it may lack what an import wrote within the last 30
 * seconds. Otherwise it must not be searched.
 */
export type Readiness = 'current' | 'importing' | 'behind' | 'building';

export interface FollowerFigures {
  products: number;
  bytes: number;
  /** Products whose changes wait. */
  waiting: number;
  lagSeconds: number;
  buildSeconds: number;
}

/** An index of the whole catalogue that follows its changes. */
export interface Follower {
  /** Null while it is being built. */
  index(): MemoryIndex | null;
  version(): IndexVersion;
  /** How long the oldest change has waited that the index lacks. */
  lagMs(): number;
  /** Returns whether an import, or another writer of many products, is at work. Known for a second. */
  isImporting(): Promise<boolean>;
  /** Reads what was committed before the call, and waits a moment until the index holds it. */
  readiness(): Promise<Readiness>;
  figures(): FollowerFigures;
  stop(): Promise<void>;
}

/** Loads the catalogue into an index and follows it until it is stopped. While the database is away it waits. */
export function follow(db: Db, log: Log, createIndex: () => MemoryIndex): Follower {
  const ending = new AbortController();
  const waiters = new Set<() => void>();
  let filling: Filling | undefined;
  let backlog = createBacklog();
  let read: (() => Promise<void>) | null = null;
  const draining = new Set<Backlog>();
  const version: IndexVersion = { all: 0, small: 0 };
  let buildSeconds = 0;
  let noWarningUntil = 0;

  function warn(error: unknown): void {
    if (performance.now() < noWarningUntil) return;
    noWarningUntil = performance.now() + betweenWarningsMs;
    log.warn({ err: error }, 'the search index cannot follow the catalogue, trying again');
  }

  /** Repeats what fails, as while the database is away. */
  async function insist<T>(work: () => Promise<T>): Promise<T> {
    for (;;) {
      try {
        return await work();
      } catch (error) {
        if (ending.signal.aborted || error instanceof ChangesForgotten) throw error;
        warn(error);
        await sleep(retryMs, undefined, ending);
      }
    }
  }

  async function build(): Promise<void> {
    const begun = performance.now();
    read = null;
    const [made, own] = [createFilling(db, createIndex()), createBacklog()];
    [filling, backlog] = [made, own];
    const changes = await insist(() => createChangeReader(db));
    const readChanges = async () => {
      const found = await changes.read();
      // A search that began before this index was replaced.
      if (backlog !== own) return;
      if (found.some(({ changed, productIds }) => productIds === null && !isSurrounding(changed))) {
        read = null;
        throw new ChangesForgotten('any product may have changed');
      }
      own.add(found, performance.now());
    };
    await insist(() => made.surround());
    for (let after = 0; ;) {
      const from = after;
      const products = await insist(() => productsAfter(db, from, loadedAtOnce));
      // Also now, because notes of changes are forgotten while a large catalogue is read slowly.
      await insist(readChanges);
      for (let at = 0; at < products.length; at += filledAtOnce) {
        const some = products.slice(at, at + filledAtOnce);
        await insist(() => made.put(some));
        await nextTurn(undefined, ending);
      }
      if (products.length < loadedAtOnce) break;
      after = products.at(-1)?.id ?? after;
    }
    await made.index.prepare();
    read = sharedByCallers(async () => {
      await readChanges();
      if (!draining.has(own)) void drain(own, made);
    });
    noteVersion(true);
    buildSeconds = (performance.now() - begun) / 1_000;
    log.info({ ...figures(), buildSeconds }, 'search index built');
  }

  function noteVersion(isSmall: boolean): void {
    version.all += 1;
    if (isSmall) version.small += 1;
  }

  /** Takes over all that waits, until another index replaces this one. */
  async function drain(own: Backlog, into: Filling): Promise<void> {
    draining.add(own);
    while (!ending.signal.aborted && own === backlog) {
      const slice = own.take();
      if (slice === null) break;
      await takeOver(slice, own, into);
      for (const look of waiters) look();
      await nextTurn();
    }
    draining.delete(own);
  }

  async function takeOver(slice: Slice, own: Backlog, into: Filling): Promise<void> {
    try {
      if (slice.tables.length > 0) await into.surround(slice.tables);
      if (slice.ids.length > 0) await into.refresh(slice.ids, !slice.isSmall);
      await into.index.prepare();
      own.done();
      noteVersion(slice.isSmall);
    } catch (error) {
      own.failed();
      warn(error);
      await sleep(retryMs, undefined, ending).catch(() => {});
    }
  }

  async function run(): Promise<void> {
    while (!ending.signal.aborted) {
      try {
        await build();
        while (read) {
          await insist(read);
          // A build would compete with the import, which leaves more waste behind.
          if (filling?.index.isWasteful() && !(await insist(isImporting))) break;
          await sleep(idleMs, undefined, ending);
        }
      } catch (error) {
        read = null;
        if (ending.signal.aborted) break;
        log.warn({ err: error }, 'the search index is built again');
        await sleep(retryMs, undefined, ending).catch(() => {});
      }
    }
  }

  /** Returns whether it came true in time. */
  function until(isTrue: () => boolean, ms: number): Promise<boolean> {
    if (isTrue()) return Promise.resolve(true);
    return new Promise((resolve) => {
      const settle = (value: boolean) => {
        clearTimeout(timer);
        waiters.delete(look);
        resolve(value);
      };
      const timer = setTimeout(settle, ms, false);
      const look = () => {
        if (isTrue()) settle(true);
      };
      waiters.add(look);
    });
  }

  let importKnown = { at: -Infinity, isRunning: Promise.resolve(false) };
  function isImporting(): Promise<boolean> {
    const now = performance.now();
    if (now - importKnown.at > importKnownMs) {
      const asked = { at: now, isRunning: catalog.isImportRunning(db) };
      asked.isRunning.catch(() => (asked.at = -Infinity));
      importKnown = asked;
    }
    return importKnown.isRunning;
  }

  const lagMs = (own = backlog, which?: 'small') => {
    const oldest = own.oldest(which);
    return oldest === null ? 0 : performance.now() - oldest;
  };
  const figures = (): FollowerFigures => {
    const { products = 0, bytes = 0 } = filling?.index.sizes() ?? {};
    return { products, bytes, waiting: backlog.size(), lagSeconds: lagMs() / 1_000, buildSeconds };
  };

  const running = run();
  return {
    index: () => (read && filling ? filling.index : null),
    version: () => ({ ...version }),
    lagMs: () => lagMs(),
    isImporting,
    async readiness() {
      const reading = read;
      if (!reading) return 'building';
      await reading();
      if (read !== reading) return 'building';
      const own = backlog;
      if (lagMs(own, 'small') > longestWaitMs) return 'behind';
      const newest = own.newest();
      if (!(await until(() => own.isDoneUpTo(newest, 'small'), longestWaitMs))) return 'behind';
      if (await until(() => own.isDoneUpTo(newest), longestWaitForImportMs)) return 'current';
      if (lagMs() > longestLagMs) return 'behind';
      return (await isImporting()) ? 'importing' : 'behind';
    },
    figures,
    async stop() {
      ending.abort();
      await running;
    },
  };
}
