import { sql } from 'drizzle-orm';
import { bigint, check, index, integer, jsonb, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { instant, uuidId } from './columns.ts';
import { agents } from './agents.ts';

/** A mail to one person. Message-ID and Date are stored, so that a retry sends the same mail. */
export const deliveries = pgTable(
  'deliveries',
  {
    id: uuidId(),
    /** The name of the feature's template. */
    kind: text('kind').notNull(),
    /** Unique per kind, reason and person, so that no mail is sent twice. */
    dedupeKey: text('dedupe_key').notNull(),
    /** The mail's subject, such as "enquiry" and the enquiry's id. */
    subjectType: text('subject_type').notNull(),
    subjectId: uuid('subject_id').notNull(),
    /** The recipient's role: "buyer", "vendor", "agent". */
    role: text('role').notNull(),
    agentId: bigint('agent_id', { mode: 'number' }).references(() => agents.id),
    toEmail: text('to_email').notNull(),
    toName: text('to_name').notNull(),
    locale: text('locale').notNull(),
    /** Further data for the template, such as quote ids. */
    content: jsonb('content').$type<Record<string, unknown>>().notNull().default({}),
    messageId: text('message_id').notNull(),
    decidedAt: instant('decided_at').notNull(),
    /**
     * `waiting`: for the address's next digest. `suppressed`: not sent, because the address was refused for good before.
     * `withdrawn`: out of date before it was sent.
     */
    status: text('status', {
      enum: ['queued', 'waiting', 'sent', 'bounced', 'suppressed', 'failed', 'withdrawn'],
    })
      .notNull()
      .default('queued'),
    statusAt: instant('status_at').notNull(),
    attempts: integer('attempts').notNull().default(0),
    /** Attempts at which only this recipient was refused for now, which lengthens the pauses. */
    deferrals: integer('deferrals').notNull().default(0),
    lastError: text('last_error'),
    /** The first time that a person acted by this mail's link. */
    readAt: instant('read_at'),
    /** Part of this person's link, with its enquiry's version. Raising it revokes the link. */
    linkVersion: integer('link_version').notNull().default(0),
    /** Null: the link works. Who has none gets no further mails about the enquiry. */
    linkRevokedAt: instant('link_revoked_at'),
  },
  (t) => [
    uniqueIndex('deliveries_dedupe_key').on(t.dedupeKey),
    uniqueIndex('deliveries_message_id_key').on(t.messageId),
    index('deliveries_subject').on(t.subjectType, t.subjectId).concurrently(),
    // For figures of what waits or has failed.
    index('deliveries_unsent')
      .on(t.status)
      .where(sql`${t.status} <> 'sent'`)
      .concurrently(),
    index('deliveries_agent')
      .on(t.agentId)
      .where(sql`${t.role} = 'agent' and ${t.kind} = 'enquiry'`),
    check('deliveries_agent', sql`(${t.role} = 'agent') = (${t.agentId} is not null)`),
  ],
);

/** Addresses that a mail server refused for good, which get no mails until an operator allows it. */
export const mailSuppressions = pgTable('mail_suppressions', {
  /** In lower case. */
  email: text('email').primaryKey(),
  /** The mail server's answer. */
  answer: text('answer').notNull(),
  since: instant('since').notNull(),
});

/** The mails of one cap to one address within the last hour, at most `most`. */
export const mailAllowances = pgTable('mail_allowances', {
  /** The cap's name and the address, hashed. */
  key: text('key').primaryKey(),
  most: integer('most').notNull(),
  mailedAt: instant('mailed_at').array().notNull(),
  /** How many mails the last transaction was allowed. */
  granted: integer('granted').notNull(),
});

/** Mails beyond a cap, which go out together as a digest. */
export const waitingMails = pgTable(
  'waiting_mails',
  {
    deliveryId: uuid('delivery_id')
      .primaryKey()
      .references(() => deliveries.id),
    /** The cap's name and the address, hashed: what goes into one digest. */
    key: text('key').notNull(),
    goesOutAt: instant('goes_out_at').notNull(),
    /** The digest that contains it; null: not yet decided. */
    digestId: uuid('digest_id').references(() => deliveries.id),
  },
  (t) => [
    index('waiting_mails_due')
      .on(t.goesOutAt)
      .where(sql`${t.digestId} is null`),
    index('waiting_mails_key').on(t.key, t.digestId),
    index('waiting_mails_digest').on(t.digestId),
  ],
);
