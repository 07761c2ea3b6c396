import { sql } from 'drizzle-orm';
import { bigint, check, index, integer, pgTable, text, uuid } from 'drizzle-orm/pg-core';
import { agentStatuses, declaredStatuses } from '#server/common/enums/agents.ts';
import { instant } from './columns.ts';
import { agents } from './agents.ts';

/**
 * An agent's declared and public status. `status` is derived from the declaration, leases and legs; presence/queries.ts
 * updates it when one of them changes or expires.
 */
export const agentPresence = pgTable(
  'agent_presence',
  {
    agentId: bigint('agent_id', { mode: 'number' })
      .primaryKey()
      .references(() => agents.id, { onDelete: 'cascade' }),
    declared: text('declared', { enum: declaredStatuses }).notNull().default('offline'),
    declaredAt: instant('declared_at').notNull(),
    /** Until when the agent is available by phone without an open page. */
    phoneUntil: instant('phone_until'),
    /** Unanswered calls in a row. After two the agent is unreachable until they declare a status. */
    misses: integer('misses').notNull().default(0),
    unreachableSince: instant('unreachable_since'),
    status: text('status', { enum: agentStatuses }).notNull().default('offline'),
    statusSince: instant('status_since').notNull(),
  },
  (t) => [
    index('agent_presence_shown')
      .on(t.agentId)
      .where(sql`${t.status} <> 'offline'`),
  ],
);

/** One open page of an agent's desk. Renewed while the page is alive, else it expires. */
export const agentLeases = pgTable(
  'agent_leases',
  {
    connectionId: uuid('connection_id').primaryKey(),
    agentId: bigint('agent_id', { mode: 'number' })
      .notNull()
      .references(() => agents.id, { onDelete: 'cascade' }),
    expiresAt: instant('expires_at').notNull(),
    openedAt: instant('opened_at').notNull(),
  },
  (t) => [
    index('agent_leases_agent').on(t.agentId, t.expiresAt),
    index('agent_leases_expiry').on(t.expiresAt),
    check('agent_leases_order', sql`${t.expiresAt} >= ${t.openedAt}`),
  ],
);
