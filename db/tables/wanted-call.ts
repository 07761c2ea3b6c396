import { bigint, text, uuid } from 'drizzle-orm/pg-core';
import { agentKinds } from '#server/common/enums/agents.ts';
import { accounts } from './accounts.ts';
import { buyers, visitors } from './buyers.ts';
import { offers } from './catalog.ts';
import { vendors } from './vendors.ts';

/** Returns the columns of who wants to talk with which vendor about which offer, for calls and call-backs. */
export const wantedCall = () => ({
  buyerId: uuid('buyer_id')
    .notNull()
    .references(() => buyers.id),
  visitorId: uuid('visitor_id').references(() => visitors.id),
  accountId: uuid('account_id').references(() => accounts.id),
  idempotencyKey: text('idempotency_key'),
  kind: text('kind', { enum: agentKinds }).notNull(),
  vendorId: bigint('vendor_id', { mode: 'number' })
    .notNull()
    .references(() => vendors.id),
  offerId: bigint('offer_id', { mode: 'number' })
    .notNull()
    .references(() => offers.id),
});
