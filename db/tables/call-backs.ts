import { sql } from 'drizzle-orm';
import { bigint, index, integer, pgTable, text, uniqueIndex } from 'drizzle-orm/pg-core';
import { callBackStatuses } from '#server/common/enums/calls.ts';
import { agents } from './agents.ts';
import { instant, uuidId } from './columns.ts';
import { wantedCall } from './wanted-call.ts';

/** A buyer's request to be called at a time, made when no agent was free. */
export const callBacks = pgTable(
  'call_backs',
  {
    id: uuidId(),
    ...wantedCall(),
    phone: text('phone'),
    name: text('name').notNull().default(''),
    note: text('note').notNull().default(''),
    locale: text('locale').notNull(),
    wantedAt: instant('wanted_at').notNull(),
    status: text('status', { enum: callBackStatuses }).notNull(),
    statusAt: instant('status_at').notNull(),
    /** The agent who is calling or has called back. */
    agentId: bigint('agent_id', { mode: 'number' }).references(() => agents.id),
    attempts: integer('attempts').notNull().default(0),
    createdAt: instant('created_at').notNull(),
  },
  (t) => [
    uniqueIndex('call_backs_one_open')
      .on(t.phone, t.vendorId)
      .where(sql`${t.status} in ('open', 'calling')`),
    uniqueIndex('call_backs_idempotency_key').on(t.visitorId, t.idempotencyKey),
    index('call_backs_open')
      .on(t.vendorId, t.wantedAt)
      .where(sql`${t.status} in ('open', 'calling')`),
    index('call_backs_buyer').on(t.buyerId).concurrently(),
    index('call_backs_visitor').on(t.visitorId),
    index('call_backs_to_forget')
      .on(t.statusAt)
      .where(sql`${t.status} not in ('open', 'calling') and ${t.phone} is not null`),
  ],
);
