import { pgTable, text, uuid } from 'drizzle-orm/pg-core';
import { instant } from './columns.ts';

/** Processes that run jobs: leases, renewed while they live. */
export const workers = pgTable('workers', {
  id: uuid('id').primaryKey(),
  aliveUntil: instant('alive_until').notNull(),
});

/** Why no worker begins; empty: all may. */
export const workerPauses = pgTable('worker_pauses', {
  reason: text('reason').primaryKey(),
  since: instant('since').notNull(),
});
