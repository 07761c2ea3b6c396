import { sql } from 'drizzle-orm';
import { bigint, check, integer, pgTable, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { calls } from './calls.ts';
import { instant } from './columns.ts';
import { ledgerHolds } from './ledger.ts';
import { vendors } from './vendors.ts';

/** An amount in 1/100 credit. */
const credit = (name: string) => bigint(name, { mode: 'bigint' });

/** What a minute of a vendor's support takes by its agreement. Without a row: the usual rate. */
export const supportRates = pgTable(
  'support_rates',
  {
    vendorId: bigint('vendor_id', { mode: 'number' })
      .primaryKey()
      .references(() => vendors.id),
    rate: credit('rate').notNull(),
  },
  (t) => [check('support_rates_positive', sql`${t.rate} > 0`)],
);

/** The credit of a metered call: its hold, and its charge once it has ended. The hold's account pays. */
export const callCharges = pgTable(
  'call_charges',
  {
    callId: uuid('call_id')
      .primaryKey()
      .references(() => calls.id),
    holdId: uuid('hold_id')
      .notNull()
      .references(() => ledgerHolds.id),
    /** Of a minute, as it was when the credit was held. */
    rate: credit('rate').notNull(),
    /** The seconds that were charged; null until the call has ended. */
    seconds: integer('seconds'),
    charge: credit('charge'),
    /** What its account had posted after it. */
    balance: credit('balance'),
    settledAt: instant('settled_at'),
    /** What was given back of the charge. */
    refunded: credit('refunded')
      .notNull()
      .default(sql`0`),
  },
  (t) => [
    uniqueIndex('call_charges_hold_key').on(t.holdId),
    check('call_charges_rate', sql`${t.rate} > 0`),
    check(
      'call_charges_settled',
      sql`(${t.settledAt} is null) = (${t.charge} is null)
        and (${t.settledAt} is null) = (${t.seconds} is null)
        and (${t.settledAt} is null) = (${t.balance} is null)`,
    ),
    check('call_charges_amounts', sql`${t.seconds} >= 0 and ${t.charge} >= 0`),
    check('call_charges_refunded', sql`${t.refunded} between 0 and coalesce(${t.charge}, 0)`),
  ],
);
