import { sql } from 'drizzle-orm';
import { boolean, check, index, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { buyers } from './buyers.ts';
import { instant, uuidId } from './columns.ts';

/** Where a person has things delivered, with which the form of a request begins. At most one is the default. */
export const deliveryAddresses = pgTable(
  'delivery_addresses',
  {
    id: uuidId(),
    buyerId: uuid('buyer_id')
      .notNull()
      .references(() => buyers.id),
    /** What the person calls it, such as "Warehouse". */
    name: text('name').notNull(),
    place: text('place').notNull(),
    /** ISO 3166. */
    country: text('country').notNull(),
    isDefault: boolean('is_default').notNull(),
    createdAt: instant('created_at').notNull(),
  },
  (t) => [
    index('delivery_addresses_buyer').on(t.buyerId, t.createdAt),
    uniqueIndex('delivery_addresses_default_key')
      .on(t.buyerId)
      .where(sql`${t.isDefault}`),
    check('delivery_addresses_country', sql`${t.country} ~ '^[A-Z]{2}$'`),
  ],
);
