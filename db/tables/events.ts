import { bigint, index, jsonb, pgTable, text, uuid } from 'drizzle-orm/pg-core';
import { instant } from './columns.ts';

/** Events, written in the transaction that caused them: the source of notices, timelines and statistics. */
export const events = pgTable(
  'events',
  {
    id: bigint('id', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    name: text('name').notNull(),
    requestId: uuid('request_id'),
    enquiryId: uuid('enquiry_id'),
    /** Who did it: "buyer:<id>", "delivery:<id>" (a link's holder), "account:<id>" or "system". */
    actor: text('actor').notNull(),
    payload: jsonb('payload').$type<Record<string, unknown>>().notNull().default({}),
    at: instant('at').notNull(),
  },
  (t) => [index('events_request').on(t.requestId, t.id)],
);
