import { bigint, boolean, index, pgTable, primaryKey, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { visitors } from './buyers.ts';
import { bytea, instant } from './columns.ts';

/** Numbers that have opted out of all calls, by keyed hash. */
export const phoneOptOuts = pgTable('phone_opt_outs', {
  phoneHash: bytea('phone_hash').primaryKey(),
  at: instant('at').notNull(),
});

/** Numbers whose holder has consented on the phone to calls of this buyer. */
export const phoneConsents = pgTable(
  'phone_consents',
  {
    // No foreign key, because its check locks the buyer after the call, and a login locks them in the other order.
    buyerId: uuid('buyer_id').notNull(),
    visitorId: uuid('visitor_id').references(() => visitors.id, { onDelete: 'cascade' }),
    phoneHash: bytea('phone_hash').notNull(),
    at: instant('at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.buyerId, t.phoneHash] }),
    uniqueIndex('phone_consents_visitor_key').on(t.visitorId, t.phoneHash).concurrently(),
    index('phone_consents_at').on(t.at),
  ],
);

/** Closures of countries in which too few calls were answered, one row each. */
export const countryClosings = pgTable(
  'country_closings',
  {
    id: bigint('id', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    /** ISO 3166. */
    country: text('country').notNull(),
    at: instant('at').notNull(),
    /** The end of the closure, which an operator can set earlier. */
    until: instant('until').notNull(),
  },
  (t) => [index('country_closings_country').on(t.country, t.at)],
);

/** Stops and resumptions of all calls. The last row is current. */
export const callingSwitches = pgTable('calling_switches', {
  id: bigint('id', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
  stopped: boolean('stopped').notNull(),
  reason: text('reason').notNull(),
  at: instant('at').notNull(),
});
