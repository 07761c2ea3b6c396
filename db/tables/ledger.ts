import { sql } from 'drizzle-orm';
import { bigint, check, index, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { holdStates, ledgerOwners } from '#server/common/enums/ledger.ts';
import { instant, transactionId, uuidId } from './columns.ts';

/** An amount in 1/100 credit, or in 1/10000 of the currency's unit, as the account's `unit` says. */
const amount = (name: string) => bigint(name, { mode: 'bigint' });

/** An owner's account of one unit. Triggers keep `posted` and `held` by its entries and holds, and nothing else may. */
export const ledgerAccounts = pgTable(
  'ledger_accounts',
  {
    id: uuidId(),
    ownerType: text('owner_type', { enum: ledgerOwners }).notNull(),
    /** The id of the buyer or the vendor, or the name of an account of the house, such as "bank". */
    ownerId: text('owner_id').notNull(),
    /** "credit" or an ISO 4217 code. */
    unit: text('unit').notNull(),
    posted: amount('posted')
      .notNull()
      .default(sql`0`),
    held: amount('held')
      .notNull()
      .default(sql`0`),
  },
  (t) => [
    uniqueIndex('ledger_accounts_key').on(t.ownerType, t.ownerId, t.unit),
    check('ledger_accounts_unit', sql`${t.unit} = 'credit' or ${t.unit} ~ '^[A-Z]{3}$'`),
    check(
      'ledger_accounts_available',
      sql`${t.held} >= 0 and (${t.ownerType} = 'house' or ${t.posted} - ${t.held} >= 0)`,
    ),
  ],
);

/** What moves amounts between accounts. Its entries sum to zero per unit, and all are written in one commit. */
export const ledgerTransactions = pgTable(
  'ledger_transactions',
  {
    id: uuidId(),
    /** Such as "top_up". */
    kind: text('kind').notNull(),
    /** As of events: "account:<id>", "system". */
    actor: text('actor').notNull(),
    /** What a statement says of it, such as the reference of a transfer. Names nobody, as it is never erased. */
    text: text('text').notNull(),
    subjectType: text('subject_type'),
    subjectId: uuid('subject_id'),
    /** The caller's own name of the operation, which happens once. */
    operationId: text('operation_id').notNull(),
    at: instant('at').notNull(),
    writtenBy: transactionId('written_by')
      .notNull()
      .default(sql`pg_current_xact_id()`),
  },
  (t) => [
    uniqueIndex('ledger_transactions_operation_key').on(t.operationId),
    index('ledger_transactions_subject').on(t.subjectType, t.subjectId),
    check('ledger_transactions_subject_whole', sql`(${t.subjectType} is null) = (${t.subjectId} is null)`),
  ],
);

/** What a transaction adds to an account, or takes from it. Triggers refuse changes. */
export const ledgerEntries = pgTable(
  'ledger_entries',
  {
    id: bigint('id', { mode: 'bigint' }).primaryKey().generatedAlwaysAsIdentity(),
    transactionId: uuid('transaction_id')
      .notNull()
      .references(() => ledgerTransactions.id),
    accountId: uuid('account_id')
      .notNull()
      .references(() => ledgerAccounts.id),
    amount: amount('amount').notNull(),
    /** What the account has posted after it. Set by a trigger. */
    balance: amount('balance').notNull(),
  },
  (t) => [
    uniqueIndex('ledger_entries_transaction_key').on(t.transactionId, t.accountId),
    index('ledger_entries_account').on(t.accountId, t.id),
    check('ledger_entries_amount', sql`${t.amount} <> 0`),
  ],
);

/** What is set aside of an account until it is resolved, once. Triggers refuse other changes. */
export const ledgerHolds = pgTable(
  'ledger_holds',
  {
    id: uuidId(),
    accountId: uuid('account_id')
      .notNull()
      .references(() => ledgerAccounts.id),
    amount: amount('amount').notNull(),
    state: text('state', { enum: holdStates }).notNull().default('open'),
    captured: amount('captured'),
    /** The transaction that captured it. */
    transactionId: uuid('transaction_id').references(() => ledgerTransactions.id),
    subjectType: text('subject_type').notNull(),
    subjectId: uuid('subject_id').notNull(),
    /** The caller's own name of the operation, which happens once. */
    operationId: text('operation_id').notNull(),
    at: instant('at').notNull(),
    expiresAt: instant('expires_at').notNull(),
    resolvedAt: instant('resolved_at'),
  },
  (t) => [
    uniqueIndex('ledger_holds_operation_key').on(t.operationId),
    uniqueIndex('ledger_holds_transaction_key').on(t.transactionId),
    index('ledger_holds_account').on(t.accountId),
    index('ledger_holds_due')
      .on(t.expiresAt)
      .where(sql`${t.state} = 'open'`),
    check('ledger_holds_amount', sql`${t.amount} > 0`),
    check('ledger_holds_state', sql`${t.state} in ('open', 'captured', 'released', 'expired')`),
    check('ledger_holds_resolved', sql`(${t.state} = 'open') = (${t.resolvedAt} is null)`),
    check(
      'ledger_holds_captured',
      sql`(${t.state} = 'captured') = (${t.captured} is not null)
        and (${t.state} = 'captured') = (${t.transactionId} is not null)
        and ${t.captured} between 1 and ${t.amount}`,
    ),
  ],
);
