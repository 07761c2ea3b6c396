import { sql } from 'drizzle-orm';
import { check, index, jsonb, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { approvalKinds, approvalStatuses, type limitPeriods } from '#server/common/enums/companies.ts';
import type { Money } from '#server/common/money.ts';
import { buyers } from './buyers.ts';
import { instant, uuidId } from './columns.ts';
import { companies } from './companies.ts';
import { requests } from './requests.ts';
import { solutions } from './solutions.ts';

/** A limit that an acceptance or order exceeds. */
export interface ExceededLimit {
  period: (typeof limitPeriods)[number];
  limit: Money;
  /** What would be ordered in all, in the limit's currency; null: a price or a rate is missing. */
  total: Money | null;
  /** The day of the oldest rate used; null: nothing was converted. */
  rateDate: string | null;
}

/** What a person of a company wants to order and may not without an approver. Its input is frozen until it is decided. */
export const approvals = pgTable(
  'approvals',
  {
    id: uuidId(),
    companyId: uuid('company_id')
      .notNull()
      .references(() => companies.id),
    kind: text('kind', { enum: approvalKinds }).notNull(),
    requesterId: uuid('requester_id')
      .notNull()
      .references(() => buyers.id),
    /** Of an acceptance; of an order once it has been sent. */
    requestId: uuid('request_id').references(() => requests.id),
    /** Of an order. */
    solutionId: uuid('solution_id').references(() => solutions.id),
    /** What is carried out once it is approved, exactly. */
    input: jsonb('input').$type<Record<string, unknown>>().notNull(),
    /** What it costs, gross, per currency. */
    amounts: jsonb('amounts').$type<Money[]>().notNull(),
    exceeded: jsonb('exceeded').$type<ExceededLimit[]>().notNull(),
    status: text('status', { enum: approvalStatuses }).notNull().default('waiting'),
    createdAt: instant('created_at').notNull(),
    expiresAt: instant('expires_at').notNull(),
    decidedAt: instant('decided_at'),
    /** Who approved, rejected or withdrew it; null: nobody. */
    decidedBy: uuid('decided_by').references(() => buyers.id),
    /** The approver for whom a stand-in decided. */
    decidedFor: uuid('decided_for').references(() => buyers.id),
    note: text('note').notNull().default(''),
  },
  (t) => [
    index('approvals_company').on(t.companyId, t.createdAt),
    index('approvals_request').on(t.requestId),
    index('approvals_due')
      .on(t.expiresAt)
      .where(sql`${t.status} = 'waiting'`),
    uniqueIndex('approvals_solution_key')
      .on(t.solutionId)
      .where(sql`${t.status} = 'waiting'`),
    check(
      'approvals_subject',
      sql`case ${t.kind} when 'order' then ${t.solutionId} is not null
        else ${t.solutionId} is null and ${t.requestId} is not null end`,
    ),
    check('approvals_decided', sql`(${t.status} = 'waiting') = (${t.decidedAt} is null)`),
    check(
      'approvals_other',
      sql`${t.status} not in ('approved', 'rejected') or ${t.decidedBy} <> ${t.requesterId}`,
    ),
    check('approvals_note', sql`length(${t.note}) <= 2000`),
  ],
);
