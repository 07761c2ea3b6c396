import { sql } from 'drizzle-orm';
import { bigint, check, index, jsonb, pgTable, text, uuid } from 'drizzle-orm/pg-core';
import { instant } from './columns.ts';

/** Events, written in the transactions that caused them: the source of notices, timelines and statistics. */
export const events = pgTable(
  'events',
  {
    id: bigint('id', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    name: text('name').notNull(),
    /** What the event is about, such as "request" and the request's id. */
    subjectType: text('subject_type'),
    subjectId: uuid('subject_id'),
    /** As `NewEvent.actor`; events before 0014 have "visitor:<id>" for "buyer:<id>". */
    actor: text('actor').notNull(),
    payload: jsonb('payload').$type<Record<string, unknown>>().notNull().default({}),
    at: instant('at').notNull(),
  },
  (t) => [
    index('events_subject').on(t.subjectType, t.subjectId, t.id).concurrently(),
    check('events_subject_whole', sql`(${t.subjectType} is null) = (${t.subjectId} is null)`),
  ],
);
