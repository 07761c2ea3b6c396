import { index, jsonb, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import { bytea, instant } from './columns.ts';

/** Idempotency keys with their answers, which are replayed for repetitions. */
export const idempotencyKeys = pgTable(
  'idempotency_keys',
  {
    /** The key's owner, such as `buyer:<id>`. */
    actor: text('actor').notNull(),
    /** Such as `requests.send`. */
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
