import { sql } from 'drizzle-orm';
import { bigint, check, index, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { accounts } from './accounts.ts';
import { bytea, instant, uuidId } from './columns.ts';
import { pendingLogins } from './factors.ts';

const ownerId = () =>
  uuid('account_id')
    .notNull()
    .references(() => accounts.id, { onDelete: 'cascade' });

/** Credentials that authenticators made for an account (WebAuthn level 3): one may have several. */
export const passkeys = pgTable(
  'passkeys',
  {
    id: uuidId(),
    accountId: ownerId(),
    /** As browsers name it, in base64url. */
    credentialId: text('credential_id').notNull(),
    /** In COSE, as the authenticator gave it. */
    publicKey: bytea('public_key').notNull(),
    /** How often the authenticator says that it has signed; 0: it doesn't count. */
    counter: bigint('counter', { mode: 'number' }).notNull(),
    /** How browsers reach the authenticator: "internal", "usb". */
    transports: text('transports').array().notNull(),
    /** As its owner calls it. */
    name: text('name').notNull(),
    createdAt: instant('created_at').notNull(),
    /** When it last finished a login; null: not yet. */
    usedAt: instant('used_at'),
  },
  (t) => [
    uniqueIndex('passkeys_credential_key').on(t.credentialId),
    index('passkeys_account').on(t.accountId),
    check('passkeys_counter', sql`${t.counter} >= 0`),
  ],
);

/** What authenticators have to sign: each counts once, for minutes, and for what it was given out. */
export const passkeyChallenges = pgTable(
  'passkey_challenges',
  {
    /** SHA-256 of the challenge in base64url. */
    challengeHash: bytea('challenge_hash').primaryKey(),
    accountId: ownerId(),
    /** The login that it finishes; null: it adds a passkey. */
    loginHash: bytea('login_hash').references(() => pendingLogins.tokenHash, { onDelete: 'cascade' }),
    createdAt: instant('created_at').notNull(),
  },
  (t) => [
    index('passkey_challenges_account').on(t.accountId),
    index('passkey_challenges_login').on(t.loginHash),
    index('passkey_challenges_age').on(t.createdAt),
  ],
);
