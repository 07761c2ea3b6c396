import { type SQL, sql } from 'drizzle-orm';
import { builtOnce } from '#db/built.ts';
import { planOnce } from '#db/client.ts';
import type { SurroundingTable } from '../memory/queries.ts';

export interface CatalogChange {
  id: number;
  /** Null: any. */
  changed: 'products' | 'offers' | SurroundingTable | null;
  /** Null: any. */
  productIds: number[] | null;
  transaction: string;
}

export interface ChangesRead {
  changes: CatalogChange[];
  /** All transactions before this one have ended: what they changed is in this answer or was in earlier ones. */
  ended: string;
  /** The database's time, in seconds since 1970. */
  at: number;
  /**
   * Differs once PostgreSQL has restarted, recovered from a crash, or is another server. Recovery empties the statistics; the
   * start time stays the same if only one of its processes crashed.
   */
  server: string;
}

const readState = (changes: SQL): SQL<ChangesRead> => sql`${planOnce}
  select (${changes}) as "changes", pg_snapshot_xmin(pg_current_snapshot())::text as "ended",
    extract(epoch from clock_timestamp())::float8 as "at",
    concat_ws(' ', extract(epoch from pg_postmaster_start_time()),
      extract(epoch from pg_stat_get_checkpointer_stat_reset_time())) as "server"`;

/** Returns where to follow from: what is read from now on holds the changes of all transactions before. */
export const currentPosition = builtOnce<Record<never, never>, ChangesRead>(() => readState(sql`'[]'::json`));

/**
 * Returns the changes of the transactions that hadn't ended at `after`, but for those that were `seen`: transactions end in
 * another order than they begin and write in.
 */
export const changesAfter = builtOnce<{ after: string; seen: string }, ChangesRead>((_db, { after, seen }) =>
  readState(sql`
    select coalesce(json_agg(json_build_object('id', c.id, 'changed', c.changed, 'productIds', c.product_ids,
      'transaction', c.transaction::text) order by c.id), '[]')
    from catalog_changes c where c.transaction >= ${after}::xid8 and c.id <> all (${seen}::bigint[])`),
);
