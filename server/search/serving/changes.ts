import type { Db } from '#db/client.ts';
import { type CatalogChange, changesAfter, type ChangesRead, currentPosition } from './queries.ts';

/** Notes of changes are forgotten after an hour. */
const longestGapSeconds = 30 * 60;

/**
 * Some changes may never be read: too much time has passed, or the numbers of transactions began again, as after a crash, a
 * restore or a promotion.
 */
export class ChangesForgotten extends Error {}

export interface ChangeReader {
  /**
   * Returns the changes committed since the last time, each once. Throws ChangesForgotten, or the database's error: then
   * the next time returns them.
   */
  read(): Promise<CatalogChange[]>;
}

/** Returns a reader of the changes that are committed from now on. */
export async function createChangeReader(db: Db): Promise<ChangeReader> {
  let { ended, at, server } = only(await currentPosition(db, {}));
  /** The changes that will be read again: those of transactions since `ended`. */
  const seen = new Map<number, bigint>();

  return {
    async read() {
      const read = only(await changesAfter(db, { after: ended, seen: `{${[...seen.keys()].join(',')}}` }));
      if (read.at - at > longestGapSeconds)
        throw new ChangesForgotten('catalogue changes were not read in time');
      if (read.server !== server || BigInt(read.ended) < BigInt(ended))
        throw new ChangesForgotten('the database restarted or is another one');
      ({ ended, at, server } = read);
      for (const { id, transaction } of read.changes) seen.set(id, BigInt(transaction));
      const until = BigInt(ended);
      for (const [id, transaction] of seen) if (transaction < until) seen.delete(id);
      return read.changes;
    },
  };
}

function only([row]: ChangesRead[]): ChangesRead {
  if (!row) throw new Error('the changes returned no row');
  return row;
}
