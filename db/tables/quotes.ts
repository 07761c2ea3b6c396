import { sql } from 'drizzle-orm';
import {
  bigint,
  check,
  date,
  foreignKey,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  unique,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import { decisions } from '#server/common/enums/requests.ts';
import { instant, money, uuidId } from './columns.ts';
import { deliveries } from './deliveries.ts';
import { enquiries, enquiryLines, requestLines } from './requests.ts';

/** A vendor's unfinished answer, one per link, as typed and possibly invalid. */
export const answerDrafts = pgTable('answer_drafts', {
  deliveryId: uuid('delivery_id')
    .primaryKey()
    .references(() => deliveries.id),
  body: jsonb('body').$type<Record<string, unknown>>().notNull(),
  savedAt: instant('saved_at').notNull(),
});

/** A version of a vendor's answer. Immutable (by a trigger); a correction is a new version. */
export const quotes = pgTable(
  'quotes',
  {
    id: uuidId(),
    enquiryId: uuid('enquiry_id')
      .notNull()
      .references(() => enquiries.id),
    version: integer('version').notNull(),
    currency: text('currency').notNull(),
    validUntil: date('valid_until', { mode: 'string' }).notNull(),
    /** The end of that day in the vendor's time zone. */
    expiresAt: instant('expires_at').notNull(),
    message: text('message').notNull().default(''),
    vendorReference: text('vendor_reference').notNull().default(''),
    /** The mail by whose link it was sent. */
    deliveryId: uuid('delivery_id')
      .notNull()
      .references(() => deliveries.id),
    answeredBy: text('answered_by').notNull(),
    /** SHA-256 of the content, so that the same answer sent twice is one version. */
    contentHash: text('content_hash').notNull(),
    createdAt: instant('created_at').notNull(),
  },
  (t) => [
    uniqueIndex('quotes_version_key').on(t.enquiryId, t.version),
    unique('quotes_enquiry_key').on(t.id, t.enquiryId),
    index('quotes_delivery').on(t.deliveryId, t.createdAt),
    index('quotes_created').on(t.createdAt),
    check('quotes_currency', sql`${t.currency} ~ '^[A-Z]{3}$'`),
  ],
);

export const quoteLines = pgTable(
  'quote_lines',
  {
    quoteId: uuid('quote_id').notNull(),
    enquiryId: uuid('enquiry_id').notNull(),
    requestLineId: uuid('request_line_id').notNull(),
    decision: text('decision', { enum: decisions }).notNull(),
    unitPrice: money('unit_price'),
    quantity: integer('quantity'),
    leadTimeDays: integer('lead_time_days'),
    /** The alternative as text; it may also be another of the vendor's offers. */
    alternative: text('alternative').notNull().default(''),
    alternativeOfferId: bigint('alternative_offer_id', { mode: 'number' }),
    reason: text('reason').notNull().default(''),
  },
  (t) => [
    primaryKey({ columns: [t.quoteId, t.requestLineId] }),
    foreignKey({ columns: [t.quoteId, t.enquiryId], foreignColumns: [quotes.id, quotes.enquiryId] }),
    foreignKey({
      columns: [t.enquiryId, t.requestLineId],
      foreignColumns: [enquiryLines.enquiryId, enquiryLines.requestLineId],
    }),
    check(
      'quote_lines_priced',
      sql`${t.decision} = 'decline' or (${t.unitPrice} is not null and ${t.unitPrice} >= 0 and ${t.quantity} >= 1)`,
    ),
    check('quote_lines_lead_time', sql`${t.leadTimeDays} is null or ${t.leadTimeDays} between 0 and 3650`),
  ],
);

/** Lines that the buyer accepted, each from one quote. */
export const acceptedLines = pgTable(
  'accepted_lines',
  {
    requestLineId: uuid('request_line_id')
      .primaryKey()
      .references(() => requestLines.id),
    quoteId: uuid('quote_id').notNull(),
    /** The buyer for whose limits it counts; null: who sent the request. */
    acceptedBy: uuid('accepted_by'),
    acceptedAt: instant('accepted_at').notNull(),
  },
  (t) => [
    index('accepted_lines_quote').on(t.quoteId),
    index('accepted_lines_by')
      .on(t.acceptedBy, t.acceptedAt)
      .where(sql`${t.acceptedBy} is not null`)
      .concurrently(),
    foreignKey({
      columns: [t.quoteId, t.requestLineId],
      foreignColumns: [quoteLines.quoteId, quoteLines.requestLineId],
    }),
  ],
);

/** Quotes that the buyer declined. */
export const declinedQuotes = pgTable('declined_quotes', {
  quoteId: uuid('quote_id')
    .primaryKey()
    .references(() => quotes.id),
  reason: text('reason').notNull().default(''),
  declinedAt: instant('declined_at').notNull(),
});
