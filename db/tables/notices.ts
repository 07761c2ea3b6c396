import { bigint, pgTable, uuid } from 'drizzle-orm/pg-core';
import { buyers } from './buyers.ts';
import { instant } from './columns.ts';

/** How far an account's buyer has read their notices, which are derived from events. */
export const noticeReads = pgTable('notice_reads', {
  buyerId: uuid('buyer_id')
    .primaryKey()
    .references(() => buyers.id),
  /** The id of the last event read. */
  upTo: bigint('up_to', { mode: 'number' }).notNull(),
  at: instant('at').notNull(),
});
