import { index, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import { instant } from './columns.ts';

/** When each part was backed up, one row each: "base", a copy of the whole database, and "log", what changed since. */
export const backupProgress = pgTable('backup_progress', {
  part: text('part', { enum: ['base', 'log'] }).primaryKey(),
  /** The last attempt. For the log, writing it is also the last commit that the copied segments hold. */
  triedAt: instant('tried_at').notNull(),
  /** The last that succeeded; null: none. */
  doneAt: instant('done_at'),
  /** Why the last attempt failed; null: it didn't. */
  failure: text('failure'),
});

/** What was forgotten, so that it is forgotten again after a restore to an earlier time. Never the data itself. */
export const forgotten = pgTable(
  'forgotten',
  {
    kind: text('kind').notNull(),
    /** Until when rows were forgotten, or a keyed hash. */
    key: text('key').notNull(),
    /** By the database's clock. */
    at: instant('at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.kind, t.key] }), index('forgotten_at').on(t.at)],
);
