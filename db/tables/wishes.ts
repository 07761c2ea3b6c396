import { bigint, index, pgTable, primaryKey, uuid } from 'drizzle-orm/pg-core';
import { buyers } from './buyers.ts';
import { products } from './catalog.ts';
import { instant } from './columns.ts';

/** The products on the wish list of an account's buyer. */
export const wishes = pgTable(
  'wishes',
  {
    buyerId: uuid('buyer_id')
      .notNull()
      .references(() => buyers.id),
    productId: bigint('product_id', { mode: 'number' })
      .notNull()
      .references(() => products.id, { onDelete: 'cascade' }),
    createdAt: instant('created_at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.buyerId, t.productId] }),
    // For imports, which delete products that they merge.
    index('wishes_product').on(t.productId),
  ],
);
