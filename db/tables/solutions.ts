import { sql } from 'drizzle-orm';
import {
  bigint,
  boolean,
  check,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import { buyers, visitors } from './buyers.ts';
import { offers, products } from './catalog.ts';
import { bytea, instant, uuidId } from './columns.ts';

/** A buyer's list of products. Immutable once sent; the buyer then gets a new current one. */
export const solutions = pgTable(
  'solutions',
  {
    id: uuidId(),
    buyerId: uuid('buyer_id')
      .notNull()
      .references(() => buyers.id),
    visitorId: uuid('visitor_id').references(() => visitors.id),
    name: text('name').notNull().default(''),
    current: boolean('current').notNull().default(true),
    sentAt: instant('sent_at'),
    /** Since when everybody with its link may look at it; null: nobody may. */
    sharedAt: instant('shared_at'),
    /** Part of the link. Sharing again raises it, so that earlier links stay dead. */
    shareVersion: integer('share_version').notNull().default(0),
    createdAt: instant('created_at').notNull().defaultNow(),
    updatedAt: instant('updated_at').notNull().defaultNow(),
  },
  (t) => [
    index('solutions_buyer').on(t.buyerId).concurrently(),
    uniqueIndex('solutions_current_buyer_key')
      .on(t.buyerId)
      .where(sql`${t.current}`)
      .concurrently(),
    index('solutions_visitor').on(t.visitorId),
    uniqueIndex('solutions_current_visitor_key')
      .on(t.visitorId)
      .where(sql`${t.current}`)
      .concurrently(),
    check('solutions_current_unsent', sql`not ${t.current} or ${t.sentAt} is null`),
  ],
);

export const solutionLines = pgTable(
  'solution_lines',
  {
    id: uuidId(),
    solutionId: uuid('solution_id')
      .notNull()
      .references(() => solutions.id, { onDelete: 'cascade' }),
    productId: bigint('product_id', { mode: 'number' })
      .notNull()
      .references(() => products.id),
    position: integer('position').notNull(),
    quantity: integer('quantity').notNull(),
    options: jsonb('options').$type<Record<string, string>>().notNull().default({}),
    note: text('note').notNull().default(''),
    /** Set on removed lines, which can be restored for a while. */
    removedAt: instant('removed_at'),
    createdAt: instant('created_at').notNull().defaultNow(),
  },
  (t) => [
    index('solution_lines_solution').on(t.solutionId, t.position),
    check('solution_lines_quantity', sql`${t.quantity} between 1 and 1000000000`),
  ],
);

/** The vendors to ask for a line, by their offers. */
export const solutionLineOffers = pgTable(
  'solution_line_offers',
  {
    lineId: uuid('line_id')
      .notNull()
      .references(() => solutionLines.id, { onDelete: 'cascade' }),
    offerId: bigint('offer_id', { mode: 'number' })
      .notNull()
      .references(() => offers.id),
  },
  (t) => [primaryKey({ columns: [t.lineId, t.offerId] })],
);

/** Answers by idempotency key, written by processes of the previous release. */
export const solutionAdditions = pgTable(
  'solution_additions',
  {
    visitorId: uuid('visitor_id')
      .notNull()
      .references(() => visitors.id),
    idempotencyKey: text('idempotency_key').notNull(),
    bodyHash: bytea('body_hash').notNull(),
    /** Null only inside the transaction that adds. */
    answer: jsonb('answer'),
    at: instant('at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.visitorId, t.idempotencyKey] }), index('solution_additions_at').on(t.at)],
);
