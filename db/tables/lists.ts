import { index, jsonb, pgTable, uuid } from 'drizzle-orm/pg-core';
import { buyers } from './buyers.ts';
import { instant, uuidId } from './columns.ts';

/** Lists that buyers entered, read but not yet added; deleted after a day. */
export const buyerLists = pgTable(
  'buyer_lists',
  {
    id: uuidId(),
    buyerId: uuid('buyer_id')
      .notNull()
      .references(() => buyers.id),
    /** The rows as written. What they mean is read again each time, as the catalogue changes. */
    document: jsonb('document').notNull(),
    /** Roles that the buyer gave to columns: [[index, role], ...]. */
    roles: jsonb('roles').$type<[number, string][]>(),
    createdAt: instant('created_at').notNull(),
  },
  (t) => [
    index('buyer_lists_buyer').on(t.buyerId, t.createdAt),
    index('buyer_lists_created').on(t.createdAt),
  ],
);
