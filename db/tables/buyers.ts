import { type AnyPgColumn, pgTable, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { bytea, instant, uuidId } from './columns.ts';

/** The owner of solutions, requests and calls: a browser's guest, or an account. */
export const buyers = pgTable('buyers', {
  id: uuidId(),
  createdAt: instant('created_at').notNull().defaultNow(),
  /** The account's buyer that a guest was merged into at login. */
  mergedInto: uuid('merged_into').references((): AnyPgColumn => buyers.id),
  /** When its person was erased: what others need of it stays, under a pseudonym. */
  erasedAt: instant('erased_at'),
});

/** A browser with a buyer. Logging in and out gives it a new buyer. */
export const visitors = pgTable(
  'visitors',
  {
    id: uuidId(),
    tokenHash: bytea('token_hash').notNull(),
    buyerId: uuid('buyer_id')
      .notNull()
      .references(() => buyers.id),
    createdAt: instant('created_at').notNull().defaultNow(),
    /** When the browser's cookie was last set. It expires unless it is renewed. */
    cookieAt: instant('cookie_at').notNull().defaultNow(),
  },
  (t) => [
    uniqueIndex('visitors_token_hash_key').on(t.tokenHash),
    uniqueIndex('visitors_buyer_key').on(t.buyerId).concurrently(),
  ],
);
