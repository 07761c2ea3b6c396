import { sql } from 'drizzle-orm';
import {
  bigint,
  check,
  index,
  integer,
  jsonb,
  pgSequence,
  pgTable,
  text,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import {
  complaintAudiences,
  complaintCategories,
  complaintDecisions,
  complaintSides,
  complaintStatuses,
  complaintSubjects,
  complaintWishes,
} from '#server/common/enums/complaints.ts';
import { buyers } from './buyers.ts';
import { instant, uuidId } from './columns.ts';
import { companies } from './companies.ts';
import { vendors } from './vendors.ts';

export const complaintNumbers = pgSequence('complaint_numbers');

/** What it was about when it was filed. */
export interface KeptSubject {
  /** A product's name, or a request's title. */
  title: string;
  /** A request's number or a product's code. */
  number?: string;
  /** The agent of a call. */
  agent?: string;
  /** When the call was or the request was sent. */
  at?: string;
  /** Of a call. */
  seconds?: number;
}

/** A registered buyer's formal objection. What it is about and its decision never change, by a trigger. */
export const complaints = pgTable(
  'complaints',
  {
    id: uuidId(),
    number: text('number').notNull(),
    buyerId: uuid('buyer_id')
      .notNull()
      .references(() => buyers.id),
    /** The company whose request it is about, or whose credit paid for the call. */
    companyId: uuid('company_id').references(() => companies.id),
    vendorId: bigint('vendor_id', { mode: 'number' })
      .notNull()
      .references(() => vendors.id),
    subjectType: text('subject_type', { enum: complaintSubjects }).notNull(),
    /** The id of a call, an enquiry (also for an order) or a product. */
    subjectId: text('subject_id').notNull(),
    subject: jsonb('subject').$type<KeptSubject>().notNull(),
    category: text('category', { enum: complaintCategories }).notNull(),
    wish: text('wish', { enum: complaintWishes }).notNull(),
    status: text('status', { enum: complaintStatuses }).notNull().default('open'),
    statusAt: instant('status_at').notNull(),
    createdAt: instant('created_at').notNull(),
    /** By when the vendor takes it up, and then decides. */
    dueAt: instant('due_at'),
    /** When the next reminder goes out; null: none. */
    remindAt: instant('remind_at'),
    decidedBy: text('decided_by', { enum: complaintSides }),
    decision: text('decision', { enum: complaintDecisions }),
    reason: text('reason'),
    /** In 1/100 credit. */
    refund: bigint('refund', { mode: 'bigint' }),
    /** Part of the vendor's link. */
    linkVersion: integer('link_version').notNull().default(1),
  },
  (t) => [
    uniqueIndex('complaints_number_key').on(t.number),
    index('complaints_buyer').on(t.buyerId, t.createdAt),
    index('complaints_company').on(t.companyId, t.createdAt),
    index('complaints_vendor').on(t.vendorId, t.createdAt),
    index('complaints_created').on(t.createdAt),
    index('complaints_subject').on(t.subjectType, t.subjectId),
    uniqueIndex('complaints_open_key')
      .on(t.buyerId, t.vendorId, t.subjectType, t.subjectId)
      .where(sql`${t.status} in ('open', 'in_review')`)
      .concurrently(),
    index('complaints_reminders')
      .on(t.remindAt)
      .where(sql`${t.remindAt} is not null`),
    check('complaints_decided', sql`(${t.status} in ('resolved', 'rejected')) = (${t.decision} is not null)`),
    check(
      'complaints_decision_whole',
      sql`(${t.decision} is null) = (${t.reason} is null) and (${t.decision} is null) = (${t.decidedBy} is null)`,
    ),
    check(
      'complaints_refund',
      sql`${t.refund} is null or (${t.refund} > 0 and ${t.decision} = 'resolved' and ${t.decidedBy} = 'staff' and ${t.subjectType} = 'call')`,
    ),
    check(
      'complaints_deadline',
      sql`${t.status} in ('open', 'in_review') or (${t.dueAt} is null and ${t.remindAt} is null)`,
    ),
  ],
);

/** The thread of a complaint. Messages never change, by a trigger. */
export const complaintMessages = pgTable(
  'complaint_messages',
  {
    id: uuidId(),
    complaintId: uuid('complaint_id')
      .notNull()
      .references(() => complaints.id),
    author: text('author', { enum: complaintSides }).notNull(),
    /** Empty for buyers, whose name is that of the account. */
    authorName: text('author_name').notNull(),
    /** Which of a company's people wrote for the buyer; null: who filed the complaint, in messages older than this. */
    authorId: uuid('author_id').references(() => buyers.id),
    audience: text('audience', { enum: complaintAudiences }).notNull(),
    text: text('text').notNull(),
    createdAt: instant('created_at').notNull(),
  },
  (t) => [
    index('complaint_messages_complaint').on(t.complaintId, t.createdAt),
    check('complaint_messages_text', sql`length(${t.text}) between 1 and 10000`),
    check('complaint_messages_audience', sql`${t.author} <> 'buyer' or ${t.audience} = 'everyone'`),
  ],
);

/** What a vendor did in the last 90 days, counted by a job. */
export const vendorQuality = pgTable('vendor_quality', {
  vendorId: bigint('vendor_id', { mode: 'number' })
    .primaryKey()
    .references(() => vendors.id),
  /** Enquiries that were answered, or should have been. */
  asked: integer('asked').notNull(),
  answered: integer('answered').notNull(),
  medianAnswerSeconds: integer('median_answer_seconds'),
  callsTaken: integer('calls_taken').notNull(),
  callsMissed: integer('calls_missed').notNull(),
  /** Calls with a complaint that is neither withdrawn nor rejected. */
  callComplaints: integer('call_complaints').notNull(),
  countedAt: instant('counted_at').notNull(),
});
