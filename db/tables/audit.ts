import { bigint, index, jsonb, pgTable, text, uuid } from 'drizzle-orm/pg-core';
import { instant } from './columns.ts';

/** What staff looked at or changed of people. Triggers refuse changes; names of people come from their rows, as it is never erased. */
export const auditEntries = pgTable(
  'audit_entries',
  {
    id: bigint('id', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    at: instant('at').notNull(),
    /** The account of staff, and its name then. */
    actorId: uuid('actor_id').notNull(),
    actorName: text('actor_name').notNull(),
    /** Such as "person.read" or "person.sessions-ended". */
    action: text('action').notNull(),
    /** What it was about, such as "account" and its id. */
    subjectType: text('subject_type').notNull(),
    subjectId: text('subject_id').notNull(),
    /** What changed. Holds no personal data. */
    detail: jsonb('detail').$type<Record<string, string | number | boolean>>().notNull().default({}),
  },
  (t) => [
    index('audit_entries_subject').on(t.subjectType, t.subjectId, t.id),
    index('audit_entries_actor').on(t.actorId, t.id),
  ],
);
