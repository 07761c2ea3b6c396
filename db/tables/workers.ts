import { pgTable, uuid } from 'drizzle-orm/pg-core';
import { instant } from './columns.ts';

/** Processes that run jobs: leases, renewed while they live. */
export const workers = pgTable('workers', {
  id: uuid('id').primaryKey(),
  aliveUntil: instant('alive_until').notNull(),
});
