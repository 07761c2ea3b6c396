import type postgres from 'postgres';
import { type Chain, listSegments, nextSegment, positionOf, segmentOf, segmentPath } from './layout.ts';
import { beginAttempt, noteSuccess } from './progress.ts';
import { chainOf, contentOf, endSegment, keepLog, locks, releaseLog, tryLock, unlock } from './server.ts';
import type { Vault } from './vault.ts';

/**
 * Copies what was written to the log since the last time. Returns until when the copies reach; null if another process
 * copies it now. After a failure the session must be closed, which ends its lock.
 */
export async function copyLog(sql: postgres.Sql, vault: Vault): Promise<Date | null> {
  if (!(await tryLock(sql, locks.log))) return null;
  const chain = await chainOf(sql);
  const kept = await keepLog(sql, chain);
  // A commit of its own: recovery to a time needs a later commit in the log.
  const until = await beginAttempt(sql, 'log');
  const end = await endSegment(sql);
  await copySegments(sql, vault, { chain, kept, last: segmentOf(chain, positionOf(end) - 1n), until });
  await releaseLog(sql, end);
  await noteSuccess(sql, 'log', until);
  await unlock(sql, locks.log);
  return until;
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
    await vault.write(path, contentOf(sql, `pg_wal/${name}`));
  }
}
