import { sql } from 'drizzle-orm';
import { bigint, check, index, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { cardDisputeStates, cardPaymentStates, cardRefundStates } from '#server/common/enums/credits.ts';
import { instant, money, uuidId } from './columns.ts';
import { topUps } from './credits.ts';

/** The one payment by card of a top-up, on a page of the provider. Its state only moves forwards. */
export const cardPayments = pgTable(
  'card_payments',
  {
    topUpId: uuid('top_up_id')
      .primaryKey()
      .references(() => topUps.id),
    state: text('state', { enum: cardPaymentStates }).notNull(),
    /** What the provider calls its page; null until it has opened it. */
    sessionId: text('session_id'),
    url: text('url'),
    /** What the provider calls the payment, once it is paid. */
    paymentId: text('payment_id'),
    /** What is asked for, in the currency of the top-up. */
    amount: money('amount').notNull(),
    createdAt: instant('created_at').notNull(),
    /** When the provider was last asked. */
    checkedAt: instant('checked_at'),
    endedAt: instant('ended_at'),
  },
  (t) => [
    uniqueIndex('card_payments_session_key').on(t.sessionId),
    uniqueIndex('card_payments_payment_key').on(t.paymentId),
    index('card_payments_live')
      .on(t.createdAt)
      .where(sql`${t.endedAt} is null`),
    check(
      'card_payments_ended',
      sql`(${t.endedAt} is null) = (${t.state} in ('created', 'open', 'processing'))`,
    ),
    check('card_payments_paid', sql`${t.state} <> 'paid' or ${t.paymentId} is not null`),
    check('card_payments_amount', sql`${t.amount} > 0`),
  ],
);

/** What the provider is to pay back. The credit was taken when it was requested. */
export const cardRefunds = pgTable(
  'card_refunds',
  {
    id: uuidId(),
    topUpId: uuid('top_up_id')
      .notNull()
      .references(() => topUps.id),
    state: text('state', { enum: cardRefundStates }).notNull(),
    /** What the provider calls it. */
    refundId: text('refund_id'),
    /** In 1/100 credit. */
    credits: bigint('credits', { mode: 'bigint' }).notNull(),
    amount: money('amount').notNull(),
    requestedAt: instant('requested_at').notNull(),
    checkedAt: instant('checked_at'),
    endedAt: instant('ended_at'),
    /** Why it failed, in the provider's word. */
    failure: text('failure'),
  },
  (t) => [
    uniqueIndex('card_refunds_refund_key').on(t.refundId),
    index('card_refunds_top_up').on(t.topUpId),
    index('card_refunds_live')
      .on(t.requestedAt)
      .where(sql`${t.endedAt} is null`),
    check('card_refunds_ended', sql`(${t.endedAt} is null) = (${t.state} in ('requested', 'pending'))`),
    check('card_refunds_amounts', sql`${t.credits} > 0 and ${t.amount} >= 0`),
  ],
);

/** A payment that its payer disputes at their bank, which has taken the money back until it is decided. */
export const cardDisputes = pgTable(
  'card_disputes',
  {
    /** What the provider calls it. */
    id: text('id').primaryKey(),
    topUpId: uuid('top_up_id')
      .notNull()
      .references(() => topUps.id),
    state: text('state', { enum: cardDisputeStates }).notNull(),
    amount: money('amount').notNull(),
    /** In the provider's word. */
    reason: text('reason').notNull(),
    openedAt: instant('opened_at').notNull(),
    endedAt: instant('ended_at'),
  },
  (t) => [
    index('card_disputes_top_up').on(t.topUpId),
    check('card_disputes_ended', sql`(${t.endedAt} is null) = (${t.state} = 'open')`),
    check('card_disputes_amount', sql`${t.amount} > 0`),
  ],
);

/** What the provider said has happened, each once. Only ids: what it means is asked. */
export const paymentEvents = pgTable(
  'payment_events',
  {
    /** The provider's. */
    id: text('id').primaryKey(),
    type: text('type').notNull(),
    subjectType: text('subject_type').notNull(),
    subjectId: text('subject_id').notNull(),
    receivedAt: instant('received_at').notNull(),
    /** Null until what it is about was asked and applied. */
    appliedAt: instant('applied_at'),
  },
  (t) => [index('payment_events_received').on(t.receivedAt)],
);
