import { sql } from 'drizzle-orm';
import { check, index, integer, pgTable, text, uniqueIndex } from 'drizzle-orm/pg-core';
import { instant, serialId } from './columns.ts';

/** A company that sells here. Without an e-mail address it is listed but can't be asked. */
export const vendors = pgTable(
  'vendors',
  {
    id: serialId(),
    slug: text('slug').notNull(),
    name: text('name').notNull(),
    nameFolded: text('name_folded').notNull(),
    kind: text('kind').notNull().default(''),
    description: text('description').notNull().default(''),
    email: text('email'),
    phone: text('phone'),
    country: text('country'),
    currency: text('currency'),
    timeZone: text('time_zone').notNull().default('UTC'),
    locale: text('locale').notNull().default('en'),
    /** The number of rated calls, and the sum of their agents' ratings (1 to 5). */
    ratingCount: integer('rating_count').notNull().default(0),
    ratingTotal: integer('rating_total').notNull().default(0),
    /** The number of products it offers, updated by imports. */
    productCount: integer('product_count').notNull().default(0),
    createdAt: instant('created_at').notNull().defaultNow(),
    updatedAt: instant('updated_at').notNull().defaultNow(),
  },
  (t) => [
    uniqueIndex('vendors_slug_key').on(t.slug),
    index('vendors_name_folded').on(t.nameFolded),
    check('vendors_rating_marks', sql`${t.ratingTotal} between ${t.ratingCount} and 5 * ${t.ratingCount}`),
  ],
);
