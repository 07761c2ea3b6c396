import type postgres from 'postgres';
import {
  type Chain,
  changesPath,
  listSegments,
  nextSegment,
  positionOf,
  segmentOf,
  segmentPath,
} from './layout.ts';
import { type Entry, pack } from './packing.ts';
import { beginAttempt, noteSuccess, readProgress } from './progress.ts';
import { BackupError } from './sealing.ts';
import { chainOf, contentOf, endSegment, keepLog, locks, releaseLog, tryLock, unlock } from './server.ts';
import type { Store, StoreContext } from './store.ts';
import type { Vault } from './vault.ts';

/**
 * Copies what was written to the log, and changed in the stores, since the last time. Returns until when the copies
 * reach; null if another process copies them now. After a failure the session must be closed, which ends its lock.
 */
export async function copyLog(
  ctx: StoreContext,
  vault: Vault,
  stores: readonly Store[],
): Promise<Date | null> {
  const { sql } = ctx;
  if (!(await tryLock(sql, locks.log))) return null;
  const chain = await chainOf(sql);
  for (const part of ['log', 'changes']) await vault.tidy(`${chain.folder}/${part}`);
  const kept = await keepLog(sql, chain);
  const since = (await readProgress(sql)).find(({ part }) => part === 'log')?.doneAt ?? new Date(0);
  // A commit of its own: recovery to a time needs a later commit in the log.
  const until = await beginAttempt(sql, 'log');
  const end = await endSegment(sql);
  await copySegments(sql, vault, { chain, kept, last: segmentOf(chain, positionOf(end) - 1n), until });
  for (const store of stores)
    await copyChanges(store.entries(ctx, since), vault, changesPath(chain, store.name, until));
  await releaseLog(sql, end);
  await noteSuccess(sql, 'log', until);
  await unlock(sql, locks.log);
  return until;
}

/** Writes a file only if there is something to write. */
async function copyChanges(changes: AsyncIterable<Entry>, vault: Vault, path: string): Promise<void> {
  const rest = changes[Symbol.asyncIterator]();
  const first = await rest.next();
  if (first.done) return;
  async function* all(): AsyncGenerator<Entry> {
    yield first.value as Entry;
    yield* { [Symbol.asyncIterator]: () => rest };
  }
  await vault.write(path, pack(all()));
}

interface Range {
  chain: Chain;
  /** The first segment that the server has for sure. */
  kept: string;
  last: string;
  until: Date;
}

async function copySegments(
  sql: postgres.Sql,
  vault: Vault,
  { chain, kept, last, until }: Range,
): Promise<void> {
  const copied = (await listSegments(vault, chain.folder)).at(-1)?.name;
  const wanted = copied === undefined ? kept : nextSegment(chain, copied);
  // A gap, if the server no longer has the wanted one: then a new copy of the whole is due.
  for (let name = wanted > kept ? wanted : kept; name <= last; name = nextSegment(chain, name)) {
    const path = segmentPath(chain, name, name === last ? until : null);
    await vault.write(path, wholeSegment(sql, name, chain));
  }
}

/** Throws before the end if the segment isn't there as a whole. */
async function* wholeSegment(
  sql: postgres.Sql,
  name: string,
  { segmentBytes }: Chain,
): AsyncGenerator<Buffer> {
  let bytes = 0n;
  for await (const piece of contentOf(sql, `pg_wal/${name}`)) {
    bytes += BigInt(piece.length);
    yield piece;
  }
  if (bytes !== segmentBytes) throw new BackupError(`PostgreSQL has no whole segment ${name} of its log.`);
}
