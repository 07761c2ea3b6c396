import { sql } from 'drizzle-orm';
import { bigint, check, index, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { accountRoles, mailChoices } from '#server/common/enums/accounts.ts';
import { agents } from './agents.ts';
import { buyers } from './buyers.ts';
import { instant, uuidId } from './columns.ts';
import { vendors } from './vendors.ts';

/** A person who can log in. E-mail addresses are stored in lower case. */
export const accounts = pgTable(
  'accounts',
  {
    id: uuidId(),
    email: text('email').notNull(),
    name: text('name').notNull(),
    /** As typed at registration; null: not given. */
    company: text('company'),
    passwordHash: text('password_hash').notNull(),
    role: text('role', { enum: accountRoles }).notNull(),
    locale: text('locale').notNull().default('en'),
    /** In which amounts are shown, or "listed": as partners list them; null: not chosen. */
    currency: text('currency'),
    /** Mails that the person has switched off. */
    unwantedMails: text('unwanted_mails', { enum: mailChoices })
      .array()
      .notNull()
      .default(sql`'{}'`),
    /** Set for role `buyer` only. */
    buyerId: uuid('buyer_id').references(() => buyers.id),
    /** When the person proved that the e-mail address is theirs; null: not proven. */
    emailProvenAt: instant('email_proven_at'),
    vendorId: bigint('vendor_id', { mode: 'number' }).references(() => vendors.id),
    agentId: bigint('agent_id', { mode: 'number' }).references(() => agents.id),
    createdAt: instant('created_at').notNull().defaultNow(),
  },
  (t) => [
    uniqueIndex('accounts_email_key').on(t.email),
    uniqueIndex('accounts_buyer_key').on(t.buyerId).concurrently(),
    check('accounts_email_lower', sql`${t.email} = lower(${t.email})`),
    check('accounts_buyer_by_role', sql`(${t.role} = 'buyer') = (${t.buyerId} is not null)`),
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
    /** What the browser calls itself, so that its owner recognizes it; null: unknown. */
    userAgent: text('user_agent'),
    /** When it was last used, to the hour; null: not since it began. */
    usedAt: instant('used_at'),
    createdAt: instant('created_at').notNull().defaultNow(),
  },
  (t) => [index('account_sessions_account').on(t.accountId)],
);

/**
 * Somebody who wants an account for an address that they haven't proven. Anybody can type any address, so there may be
 * several for one, each with its own password and link. The account begins with the proof.
 */
export const registrations = pgTable(
  'registrations',
  {
    id: uuidId(),
    /** In lower case. */
    email: text('email').notNull(),
    name: text('name').notNull(),
    company: text('company'),
    passwordHash: text('password_hash').notNull(),
    locale: text('locale').notNull(),
    /** The guest of the browser that registered, which doesn't need to type the password again. */
    guestId: uuid('guest_id')
      .notNull()
      .references(() => buyers.id),
    createdAt: instant('created_at').notNull(),
  },
  (t) => [
    index('registrations_email').on(t.email),
    index('registrations_age').on(t.createdAt),
    check('registrations_email_lower', sql`${t.email} = lower(${t.email})`),
  ],
);

/** Somebody who wants a new password for an address, which need not have an account. */
export const passwordResets = pgTable(
  'password_resets',
  {
    id: uuidId(),
    /** In lower case. */
    email: text('email').notNull(),
    createdAt: instant('created_at').notNull(),
  },
  (t) => [index('password_resets_email').on(t.email), index('password_resets_age').on(t.createdAt)],
);

/** A change of an account's address: wanted, then proven by the mail to the new one. */
export const emailChanges = pgTable(
  'email_changes',
  {
    id: uuidId(),
    accountId: uuid('account_id')
      .notNull()
      .references(() => accounts.id, { onDelete: 'cascade' }),
    /** In lower case, as the next. */
    formerEmail: text('former_email').notNull(),
    email: text('email').notNull(),
    createdAt: instant('created_at').notNull(),
    /** When it took effect; null: not proven. */
    provenAt: instant('proven_at'),
  },
  (t) => [index('email_changes_account').on(t.accountId), index('email_changes_age').on(t.createdAt)],
);
