import { sql } from 'drizzle-orm';
import { bigint, check, index, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { bytea, instant, uuidId } from './columns.ts';
import { agents } from './agents.ts';
import { vendors } from './vendors.ts';

/** A person who can log in. E-mail addresses are stored in lower case. */
export const accounts = pgTable(
  'accounts',
  {
    id: uuidId(),
    email: text('email').notNull(),
    name: text('name').notNull(),
    passwordHash: text('password_hash').notNull(),
    role: text('role', { enum: ['buyer', 'agent', 'manager', 'staff'] }).notNull(),
    locale: text('locale').notNull().default('en'),
    vendorId: bigint('vendor_id', { mode: 'number' }).references(() => vendors.id),
    agentId: bigint('agent_id', { mode: 'number' }).references(() => agents.id),
    createdAt: instant('created_at').notNull().defaultNow(),
  },
  (t) => [
    uniqueIndex('accounts_email_key').on(t.email),
    check('accounts_email_lower', sql`${t.email} = lower(${t.email})`),
    check(
      'accounts_vendor_by_role',
      sql`(${t.role} in ('agent', 'manager')) = (${t.vendorId} is not null) and (${t.role} = 'agent') = (${t.agentId} is not null)`,
    ),
  ],
);

/** A logged-in session: only the SHA-256 of its id is stored. */
export const accountSessions = pgTable(
  'account_sessions',
  {
    idHash: text('id_hash').primaryKey(),
    accountId: uuid('account_id')
      .notNull()
      .references(() => accounts.id, { onDelete: 'cascade' }),
    expiresAt: instant('expires_at').notNull(),
    endsAt: instant('ends_at').notNull(),
    createdAt: instant('created_at').notNull().defaultNow(),
  },
  (t) => [index('account_sessions_account').on(t.accountId)],
);

/** A browser that has started something: owns solutions and requests until an account takes them over. */
export const visitors = pgTable(
  'visitors',
  {
    id: uuidId(),
    tokenHash: bytea('token_hash').notNull(),
    createdAt: instant('created_at').notNull().defaultNow(),
  },
  (t) => [uniqueIndex('visitors_token_hash_key').on(t.tokenHash)],
);
