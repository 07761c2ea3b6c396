import { index, jsonb, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import { bytea, instant } from './columns.ts';

/** Idempotency keys with the answers given under them: a repeat is answered from here and does nothing. */
export const idempotencyKeys = pgTable(
  'idempotency_keys',
  {
    /** Whose key it is, such as `buyer:<id>`. */
    actor: text('actor').notNull(),
    /** What it was used for, such as `requests.send`. */
    operation: text('operation').notNull(),
    key: text('key').notNull(),
    bodyHash: bytea('body_hash').notNull(),
    /** Null only inside the transaction that takes the key. */
    answer: jsonb('answer'),
    at: instant('at').notNull(),
    expiresAt: instant('expires_at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.actor, t.operation, t.key] }),
    index('idempotency_keys_expires_at').on(t.expiresAt),
  ],
);
