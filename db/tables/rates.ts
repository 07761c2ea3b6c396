import { sql } from 'drizzle-orm';
import { check, date, numeric, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import { instant } from './columns.ts';

const rate = () => numeric('rate', { precision: 18, scale: 8 }).notNull();

/** Reference rates by day, never changed: 1 `base` (the euro) = `rate` of the currency on that day, as `source` says. */
export const exchangeRates = pgTable(
  'exchange_rates',
  {
    currency: text('currency').notNull(),
    date: date('date', { mode: 'string' }).notNull(),
    rate: rate(),
    base: text('base').notNull().default('EUR'),
    source: text('source').notNull().default(''),
    storedAt: instant('stored_at').notNull().defaultNow(),
  },
  (t) => [primaryKey({ columns: [t.currency, t.date] }), check('exchange_rates_rate', sql`${t.rate} > 0`)],
);

/** Rates of a day of which one jumped: they count only after a person has accepted them. */
export const heldExchangeRates = pgTable(
  'held_exchange_rates',
  {
    source: text('source').notNull(),
    date: date('date', { mode: 'string' }).notNull(),
    currency: text('currency').notNull(),
    rate: rate(),
    /** The rate it was compared with; null: there was none. */
    former: numeric('former', { precision: 18, scale: 8 }),
    heldAt: instant('held_at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.source, t.date, t.currency] }),
    check('held_exchange_rates_rate', sql`${t.rate} > 0`),
  ],
);
