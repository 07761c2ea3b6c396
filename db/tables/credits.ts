import { sql } from 'drizzle-orm';
import {
  bigint,
  check,
  date,
  index,
  numeric,
  pgSequence,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import { topUpMethods, vatRules } from '#server/common/enums/credits.ts';
import { buyers } from './buyers.ts';
import { instant, money, uuidId } from './columns.ts';
import { companies } from './companies.ts';

/** An amount in 1/100 credit. */
const credit = (name: string) => bigint(name, { mode: 'bigint' });

/** What a credit costs, net, from a day on and from a number of credits on. A later list replaces all of an earlier one. */
export const creditPrices = pgTable(
  'credit_prices',
  {
    currency: text('currency').notNull(),
    validFrom: date('valid_from').notNull(),
    /** In 1/100 credit. */
    fromCredits: credit('from_credits').notNull(),
    price: money('price').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.currency, t.validFrom, t.fromCredits] }),
    check('credit_prices_positive', sql`${t.price} > 0 and ${t.fromCredits} > 0`),
  ],
);

/** Counts in the references of top-ups. */
export const topUpNumbers = pgSequence('top_up_numbers');

/** Credit that a buyer wants to pay for. It is theirs once payments cover `net` and `vat`. */
export const topUps = pgTable(
  'top_ups',
  {
    id: uuidId(),
    /** What the buyer writes on the transfer, such as "TU-26-00107". */
    reference: text('reference').notNull(),
    buyerId: uuid('buyer_id')
      .notNull()
      .references(() => buyers.id),
    /** The company whose account it is for; null: the buyer's own. */
    companyId: uuid('company_id').references(() => companies.id),
    method: text('method', { enum: topUpMethods }).notNull(),
    credits: credit('credits').notNull(),
    currency: text('currency').notNull(),
    price: money('price').notNull(),
    net: money('net').notNull(),
    vat: money('vat').notNull(),
    vatRule: text('vat_rule', { enum: vatRules }).notNull(),
    /** Percent. */
    vatRate: numeric('vat_rate', { precision: 5, scale: 2 }).notNull(),
    country: text('country').notNull(),
    vatId: text('vat_id'),
    /** Name and address on the invoice; null: top-ups of a former release, the account's. */
    billTo: text('bill_to'),
    createdAt: instant('created_at').notNull(),
    /** Since when its payments cover it; null: they don't. */
    paidAt: instant('paid_at'),
    /** Null also after a payment revived it. */
    cancelledAt: instant('cancelled_at'),
    /** What was ordered, of a top-up that was settled for what its payments buy. */
    orderedCredits: credit('ordered_credits'),
    /** How much of its credit was refunded. */
    refunded: credit('refunded')
      .notNull()
      .default(sql`0`),
    /** What the buyer owes since a payment was reversed whose credit or surplus was spent. */
    owedCredits: credit('owed_credits')
      .notNull()
      .default(sql`0`),
    owedMoney: money('owed_money').notNull().default('0'),
  },
  (t) => [
    uniqueIndex('top_ups_reference_key').on(t.reference),
    index('top_ups_buyer').on(t.buyerId, t.createdAt),
    index('top_ups_waiting')
      .on(t.createdAt)
      .where(sql`${t.paidAt} is null`),
    check('top_ups_credits', sql`${t.credits} > 0 and ${t.refunded} between 0 and ${t.credits}`),
    check('top_ups_cancelled_unpaid', sql`${t.cancelledAt} is null or ${t.paidAt} is null`),
    check('top_ups_settled_for_less', sql`${t.credits} <= ${t.orderedCredits}`),
    check('top_ups_amounts', sql`${t.net} > 0 and ${t.vat} >= 0`),
  ],
);

/** An incoming payment, which counts once, for one top-up. */
export const topUpPayments = pgTable(
  'top_up_payments',
  {
    id: uuidId(),
    topUpId: uuid('top_up_id')
      .notNull()
      .references(() => topUps.id),
    /** The bank's own name of the payment, or one made of its day and amount: unique, so a payment counts for one top-up. */
    bankReference: text('bank_reference').notNull(),
    amount: money('amount').notNull(),
    receivedOn: date('received_on').notNull(),
    /** The account of the staff who confirmed it; null: the provider of card payments did. */
    confirmedBy: uuid('confirmed_by'),
    at: instant('at').notNull(),
    reversedAt: instant('reversed_at'),
    reversedBy: uuid('reversed_by'),
    reversalReason: text('reversal_reason'),
  },
  (t) => [
    uniqueIndex('top_up_payments_reference_key').on(t.bankReference),
    index('top_up_payments_top_up').on(t.topUpId, t.at),
    check('top_up_payments_amount', sql`${t.amount} > 0`),
    check(
      'top_up_payments_reversed_whole',
      sql`(${t.reversedAt} is null) = (${t.reversalReason} is null)
        and (${t.reversedBy} is null or ${t.reversedAt} is not null)`,
    ),
  ],
);
