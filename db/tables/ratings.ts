import { sql } from 'drizzle-orm';
import { bigint, check, index, pgTable, smallint, text, uuid } from 'drizzle-orm/pg-core';
import { calls } from './calls.ts';
import { instant } from './columns.ts';
import { agents } from './agents.ts';
import { vendors } from './vendors.ts';

/** A buyer's ratings of a call's line quality and agent, 1 to 5. One per call. */
export const callRatings = pgTable(
  'call_ratings',
  {
    callId: uuid('call_id')
      .primaryKey()
      .references(() => calls.id),
    vendorId: bigint('vendor_id', { mode: 'number' })
      .notNull()
      .references(() => vendors.id),
    agentId: bigint('agent_id', { mode: 'number' })
      .notNull()
      .references(() => agents.id),
    line: smallint('line').notNull(),
    agent: smallint('agent').notNull(),
    comment: text('comment'),
    at: instant('at').notNull(),
  },
  (t) => [
    index('call_ratings_agent').on(t.agentId),
    index('call_ratings_vendor').on(t.vendorId),
    check('call_ratings_marks', sql`${t.line} between 1 and 5 and ${t.agent} between 1 and 5`),
  ],
);
