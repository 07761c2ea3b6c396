import { type AnyPgColumn, pgTable, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { bytea, instant, uuidId } from './columns.ts';

/** The owner of solutions, requests and calls: a browser's guest, or an account. */
export const buyers = pgTable('buyers', {
  id: uuidId(),
  createdAt: instant('created_at').notNull().defaultNow(),
  /** The account's buyer that a guest's things moved into at login: nothing new is started for the guest. */
  mergedInto: uuid('merged_into').references((): AnyPgColumn => buyers.id),
});

/** A browser that has started something. Logging in and out gives it a fresh buyer. */
export const visitors = pgTable(
  'visitors',
  {
    id: uuidId(),
    tokenHash: bytea('token_hash').notNull(),
    buyerId: uuid('buyer_id')
      .notNull()
      .references(() => buyers.id),
    createdAt: instant('created_at').notNull().defaultNow(),
    /** When the browser last got its cookie, which expires unless it is renewed. */
    cookieAt: instant('cookie_at').notNull().defaultNow(),
  },
  (t) => [
    uniqueIndex('visitors_token_hash_key').on(t.tokenHash),
    uniqueIndex('visitors_buyer_key').on(t.buyerId).concurrently(),
  ],
);
