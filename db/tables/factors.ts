import { bigint, index, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import { accounts } from './accounts.ts';
import { bytea, instant } from './columns.ts';

const ownerId = () =>
  uuid('account_id')
    .notNull()
    .references(() => accounts.id, { onDelete: 'cascade' });

/** The secret that an account shares with an authenticator app (RFC 6238). */
export const totpFactors = pgTable('totp_factors', {
  accountId: ownerId().primaryKey(),
  /** Encrypted by a key that is derived from SECRET_KEY. */
  sealedSecret: bytea('sealed_secret').notNull(),
  /** When a first code proved that the app has the secret; null: not proven, so not asked for. */
  confirmedAt: instant('confirmed_at'),
  /** The time step of the last code that was used: none up to it works again. */
  usedStep: bigint('used_step', { mode: 'number' }),
  createdAt: instant('created_at').notNull(),
});

/** Codes for somebody who has lost the other factors: each works once. */
export const recoveryCodes = pgTable(
  'recovery_codes',
  {
    accountId: ownerId(),
    /** HMAC by a key that is derived from SECRET_KEY. */
    codeHash: bytea('code_hash').notNull(),
    usedAt: instant('used_at'),
  },
  (t) => [primaryKey({ columns: [t.accountId, t.codeHash] })],
);

/**
 * Logins whose password was right, to be finished within minutes by a second factor. The browser has a random token, the
 * database its SHA-256.
 */
export const pendingLogins = pgTable(
  'pending_logins',
  {
    tokenHash: bytea('token_hash').primaryKey(),
    accountId: ownerId(),
    /** The hash of the password that was right: a change of the password ends the login. */
    passwordHash: text('password_hash').notNull(),
    createdAt: instant('created_at').notNull(),
  },
  (t) => [index('pending_logins_account').on(t.accountId), index('pending_logins_age').on(t.createdAt)],
);
