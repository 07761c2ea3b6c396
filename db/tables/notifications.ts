import { sql } from 'drizzle-orm';
import {
  type AnyPgColumn,
  bigint,
  check,
  index,
  integer,
  jsonb,
  pgTable,
  text,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import { callBacks } from './call-backs.ts';
import { instant, uuidId } from './columns.ts';
import { enquiries, requests } from './requests.ts';
import { agents } from './agents.ts';

export const deliveryKinds = [
  'request-copy',
  'enquiry',
  'answer-digest',
  'enquiry-message',
  'buyer-message',
  'revision-asked',
  'deadline-moved',
  'outcome',
  'acceptance-copy',
  'call-back',
] as const;

/** One mail to one person, about a request or a call-back request. Message-ID and Date are fixed here, so that every retry sends the same mail. */
export const deliveries = pgTable(
  'deliveries',
  {
    id: uuidId(),
    kind: text('kind', { enum: deliveryKinds }).notNull(),
    /** Decided once: the same reason for a mail to the same person never makes a second one. */
    dedupeKey: text('dedupe_key').notNull(),
    requestId: uuid('request_id').references((): AnyPgColumn => requests.id),
    enquiryId: uuid('enquiry_id').references((): AnyPgColumn => enquiries.id),
    callBackId: uuid('call_back_id').references((): AnyPgColumn => callBacks.id),
    role: text('role', { enum: ['buyer', 'vendor', 'agent'] }).notNull(),
    agentId: bigint('agent_id', { mode: 'number' }).references(() => agents.id),
    toEmail: text('to_email').notNull(),
    toName: text('to_name').notNull(),
    locale: text('locale').notNull(),
    /** What the template needs beyond the request and enquiry, frozen (a message's text, quote ids). */
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
    index('deliveries_request').on(t.requestId),
    index('deliveries_enquiry').on(t.enquiryId),
    index('deliveries_agent')
      .on(t.agentId)
      .where(sql`${t.role} = 'agent' and ${t.kind} = 'enquiry'`),
    check('deliveries_agent', sql`(${t.role} = 'agent') = (${t.agentId} is not null)`),
    check('deliveries_about', sql`num_nonnulls(${t.requestId}, ${t.callBackId}) = 1`),
    check(
      'deliveries_enquiry',
      sql`case when ${t.callBackId} is null then ${t.role} = 'buyer' or ${t.enquiryId} is not null
        else ${t.role} = 'agent' and ${t.enquiryId} is null end`,
    ),
  ],
);
