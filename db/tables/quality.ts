import { bigint, integer, pgTable } from 'drizzle-orm/pg-core';
import { instant } from './columns.ts';
import { vendors } from './vendors.ts';

/** What a vendor did in the last 90 days, counted by a job. */
export const vendorQuality = pgTable('vendor_quality', {
  vendorId: bigint('vendor_id', { mode: 'number' })
    .primaryKey()
    .references(() => vendors.id),
  /** Enquiries that were answered, or should have been. */
  asked: integer('asked').notNull(),
  answered: integer('answered').notNull(),
  medianAnswerSeconds: integer('median_answer_seconds'),
  callsTaken: integer('calls_taken').notNull(),
  callsMissed: integer('calls_missed').notNull(),
  /** About calls, neither withdrawn nor rejected. */
  callComplaints: integer('call_complaints').notNull(),
  countedAt: instant('counted_at').notNull(),
});
