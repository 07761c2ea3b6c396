import { sql } from 'drizzle-orm';
import { bigint, check, index, jsonb, pgTable, text, uuid } from 'drizzle-orm/pg-core';
import { instant } from './columns.ts';

/** What happened, in the transaction in which it happened: the source of notices, timelines and statistics. */
export const events = pgTable(
  'events',
  {
    id: bigint('id', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    name: text('name').notNull(),
    /** What it happened to, such as "request" and the request's id: its watchers are notified. */
    subjectType: text('subject_type'),
    subjectId: uuid('subject_id'),
    /** Who did it: "buyer:<id>", "delivery:<id>" (a link's holder), "account:<id>" or "system". */
    actor: text('actor').notNull(),
    payload: jsonb('payload').$type<Record<string, unknown>>().notNull().default({}),
    at: instant('at').notNull(),
  },
  (t) => [
    index('events_subject').on(t.subjectType, t.subjectId, t.id).concurrently(),
    check('events_subject_whole', sql`(${t.subjectType} is null) = (${t.subjectId} is null)`),
  ],
);
