import { sql } from 'drizzle-orm';
import { check, index, integer, pgTable, text, uuid } from 'drizzle-orm/pg-core';
import { instant, uuidId } from './columns.ts';

/** A file that somebody uploaded. Its content is in the storage, under its id. */
export const uploads = pgTable(
  'uploads',
  {
    id: uuidId(),
    /** Who uploaded it: "buyer:<id>", "account:<id>", or for a link of a vendor "enquiry:<id>" or "complaint:<id>". */
    owner: text('owner').notNull(),
    name: text('name').notNull(),
    /** The media type by its content. */
    type: text('type').notNull(),
    size: integer('size').notNull(),
    createdAt: instant('created_at').notNull(),
    /** When its content was stored; null: a process was killed before, or is storing it. */
    storedAt: instant('stored_at'),
    /** What it hangs on, such as "complaint-message" and its id; null: not used yet. */
    subjectType: text('subject_type'),
    subjectId: uuid('subject_id'),
    /** When it was decided to remove it: first the content goes, then this row. */
    removedAt: instant('removed_at'),
  },
  (t) => [
    index('uploads_owner').on(t.owner),
    index('uploads_subject').on(t.subjectType, t.subjectId),
    index('uploads_unused')
      .on(t.createdAt)
      .where(sql`${t.subjectType} is null`),
    index('uploads_removed')
      .on(t.removedAt)
      .where(sql`${t.removedAt} is not null`),
    // For backups.
    index('uploads_stored').on(t.storedAt),
    check('uploads_size', sql`${t.size} > 0`),
    check('uploads_subject_whole', sql`(${t.subjectType} is null) = (${t.subjectId} is null)`),
    check('uploads_used_is_stored', sql`${t.subjectType} is null or ${t.storedAt} is not null`),
  ],
);
