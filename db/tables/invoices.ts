import { sql } from 'drizzle-orm';
import {
  type AnyPgColumn,
  bigint,
  check,
  index,
  integer,
  jsonb,
  numeric,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import { invoiceKinds, vatRules } from '#server/common/enums/credits.ts';
import { instant, money, uuidId } from './columns.ts';
import { topUps } from './credits.ts';

/** The last number given in a series, such as "INV-26": a row's lock keeps a series without gaps. */
export const invoiceSeries = pgTable(
  'invoice_series',
  {
    kind: text('kind', { enum: invoiceKinds }).notNull(),
    year: integer('year').notNull(),
    last: integer('last').notNull(),
  },
  (t) => [primaryKey({ columns: [t.kind, t.year] })],
);

/**
 * What was sold, or taken back, as its buyer needs it for their books. Triggers refuse changes: a credit note corrects an
 * invoice.
 */
export const invoices = pgTable(
  'invoices',
  {
    id: uuidId(),
    kind: text('kind', { enum: invoiceKinds }).notNull(),
    /** Such as "INV-26-00001". */
    number: text('number').notNull(),
    topUpId: uuid('top_up_id')
      .notNull()
      .references(() => topUps.id),
    /** The invoice that a credit note corrects; null for an invoice. */
    correctsId: uuid('corrects_id').references((): AnyPgColumn => invoices.id),
    /** The operation of the ledger that it belongs to. */
    operationId: text('operation_id').notNull(),
    issuedAt: instant('issued_at').notNull(),
    seller: jsonb('seller').$type<{ name: string; address: string[]; vatId: string | null }>().notNull(),
    billTo: text('bill_to').notNull(),
    country: text('country').notNull(),
    vatId: text('vat_id'),
    /** In 1/100 credit. */
    credits: bigint('credits', { mode: 'bigint' }).notNull(),
    currency: text('currency').notNull(),
    price: money('price').notNull(),
    net: money('net').notNull(),
    vat: money('vat').notNull(),
    vatRule: text('vat_rule', { enum: vatRules }).notNull(),
    /** Percent. */
    vatRate: numeric('vat_rate', { precision: 5, scale: 2 }).notNull(),
  },
  (t) => [
    uniqueIndex('invoices_number_key').on(t.number),
    uniqueIndex('invoices_operation_key').on(t.operationId),
    index('invoices_top_up').on(t.topUpId, t.issuedAt),
    check('invoices_corrects', sql`(${t.kind} = 'credit_note') = (${t.correctsId} is not null)`),
    check('invoices_amounts', sql`${t.credits} > 0 and ${t.net} >= 0 and ${t.vat} >= 0`),
  ],
);
