import { sql } from 'drizzle-orm';
import {
  bigint,
  check,
  date,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import { companyRoles, limitPeriods } from '#server/common/enums/companies.ts';
import type { Money } from '#server/common/money.ts';
import { buyers } from './buyers.ts';
import { instant, money, uuidId } from './columns.ts';

/** Several people who buy together. */
export const companies = pgTable('companies', {
  id: uuidId(),
  name: text('name').notNull(),
  /** In which months begin and days of stand-ins end. */
  timeZone: text('time_zone').notNull().default('UTC'),
  createdAt: instant('created_at').notNull(),
});

/** A person in a company. The primary key allows each person one company. */
export const companyMembers = pgTable(
  'company_members',
  {
    buyerId: uuid('buyer_id')
      .primaryKey()
      .references(() => buyers.id),
    companyId: uuid('company_id')
      .notNull()
      .references(() => companies.id),
    role: text('role', { enum: companyRoles }).notNull(),
    /** The most credit that the person may use in a month, in 1/100; null: no limit. */
    monthlyCredits: bigint('monthly_credits', { mode: 'bigint' }),
    joinedAt: instant('joined_at').notNull(),
  },
  (t) => [
    index('company_members_company').on(t.companyId, t.joinedAt),
    check('company_members_role', sql`${t.role} in ('admin', 'approver', 'requester')`),
    check('company_members_credits', sql`${t.monthlyCredits} >= 0`),
  ],
);

/** What a person may order without an approval, gross. No row: no limit. */
export const companyLimits = pgTable(
  'company_limits',
  {
    buyerId: uuid('buyer_id')
      .notNull()
      .references(() => companyMembers.buyerId, { onDelete: 'cascade' }),
    period: text('period', { enum: limitPeriods }).notNull(),
    currency: text('currency').notNull(),
    amount: money('amount').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.buyerId, t.period, t.currency] }),
    check('company_limits_amount', sql`${t.amount} >= 0`),
    check('company_limits_period', sql`${t.period} in ('request', 'month')`),
  ],
);

/** Who decides for an approver on these days, both included. */
export const companyStandIns = pgTable(
  'company_stand_ins',
  {
    approverId: uuid('approver_id')
      .primaryKey()
      .references(() => companyMembers.buyerId, { onDelete: 'cascade' }),
    standInId: uuid('stand_in_id')
      .notNull()
      .references(() => companyMembers.buyerId, { onDelete: 'cascade' }),
    fromDay: date('from_day').notNull(),
    untilDay: date('until_day').notNull(),
  },
  (t) => [
    index('company_stand_ins_stand_in').on(t.standInId),
    check('company_stand_ins_other', sql`${t.approverId} <> ${t.standInId}`),
    check('company_stand_ins_days', sql`${t.fromDay} <= ${t.untilDay}`),
  ],
);

/** An invitation of an address, which need not have an account. It is open until it expires, is accepted or withdrawn. */
export const companyInvitations = pgTable(
  'company_invitations',
  {
    id: uuidId(),
    companyId: uuid('company_id')
      .notNull()
      .references(() => companies.id),
    /** In lower case. */
    email: text('email').notNull(),
    role: text('role', { enum: companyRoles }).notNull(),
    /** What the person begins with; `monthlyCredits`: as a decimal string. */
    limits: jsonb('limits')
      .$type<{ limits: Money[]; monthlyLimits: Money[]; monthlyCredits?: string | null }>()
      .notNull(),
    invitedBy: uuid('invited_by')
      .notNull()
      .references(() => buyers.id),
    /** How often it was mailed; part of the link, so that only the newest works. */
    version: integer('version').notNull().default(1),
    createdAt: instant('created_at').notNull(),
    expiresAt: instant('expires_at').notNull(),
    acceptedAt: instant('accepted_at'),
    withdrawnAt: instant('withdrawn_at'),
  },
  (t) => [
    uniqueIndex('company_invitations_open_key')
      .on(t.companyId, t.email)
      .where(sql`${t.acceptedAt} is null and ${t.withdrawnAt} is null`),
    index('company_invitations_email').on(t.email),
    check('company_invitations_email_lower', sql`${t.email} = lower(${t.email})`),
    check('company_invitations_role', sql`${t.role} in ('admin', 'approver', 'requester')`),
    check('company_invitations_end', sql`${t.acceptedAt} is null or ${t.withdrawnAt} is null`),
  ],
);
