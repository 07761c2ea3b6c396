import { sql } from 'drizzle-orm';
import { bigint, check, index, integer, jsonb, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { instant, uuidId } from './columns.ts';
import { agents } from './agents.ts';

/** One mail to one person. Message-ID and Date are fixed here, so that every retry sends the same mail. */
export const deliveries = pgTable(
  'deliveries',
  {
    id: uuidId(),
    /** Names the template, which is its feature's. */
    kind: text('kind').notNull(),
    /** Decided once: the same reason for a mail to the same person never makes a second one. */
    dedupeKey: text('dedupe_key').notNull(),
    /** What it is about, such as "enquiry" and the enquiry's id. */
    subjectType: text('subject_type').notNull(),
    subjectId: uuid('subject_id').notNull(),
    /** As whom the recipient gets it: "buyer", "vendor", "agent". */
    role: text('role').notNull(),
    agentId: bigint('agent_id', { mode: 'number' }).references(() => agents.id),
    toEmail: text('to_email').notNull(),
    toName: text('to_name').notNull(),
    locale: text('locale').notNull(),
    /** What the template needs beyond its subject, frozen (a message's text, quote ids). */
    content: jsonb('content').$type<Record<string, unknown>>().notNull().default({}),
    messageId: text('message_id').notNull(),
    decidedAt: instant('decided_at').notNull(),
    /** `withdrawn`: its subject was over before it was sent. */
    status: text('status', { enum: ['queued', 'sent', 'bounced', 'failed', 'withdrawn'] })
      .notNull()
      .default('queued'),
    statusAt: instant('status_at').notNull(),
    attempts: integer('attempts').notNull().default(0),
    lastError: text('last_error'),
    /** A person's first action behind the link of this mail. */
    readAt: instant('read_at'),
  },
  (t) => [
    uniqueIndex('deliveries_dedupe_key').on(t.dedupeKey),
    uniqueIndex('deliveries_message_id_key').on(t.messageId),
    index('deliveries_subject').on(t.subjectType, t.subjectId).concurrently(),
    index('deliveries_agent')
      .on(t.agentId)
      .where(sql`${t.role} = 'agent' and ${t.kind} = 'enquiry'`),
    check('deliveries_agent', sql`(${t.role} = 'agent') = (${t.agentId} is not null)`),
  ],
);
