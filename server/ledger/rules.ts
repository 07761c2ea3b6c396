import type { ledgerOwners } from '#server/common/enums/ledger.ts';

/** Who has an account: a buyer, a vendor, or the house with the account's name, such as "bank". */
export interface Owner {
  type: (typeof ledgerOwners)[number];
  id: string;
}

export interface AccountName {
  owner: Owner;
  /** "credit" or an ISO 4217 code. */
  unit: string;
}

/** What a transaction adds to an account (above zero) or takes from it. */
export interface Entry {
  account: AccountName;
  /** In 1/100 credit, or in 1/10000 of the currency's unit. */
  amount: bigint;
}

export const keyOf = ({ owner, unit }: AccountName): string => `${owner.type} ${owner.id} ${unit}`;

/** Throws unless the entries sum to zero per unit, with one entry for each account. */
export function requireBalance(entries: readonly Entry[]): void {
  const byUnit = Map.groupBy(entries, ({ account }) => account.unit);
  const isBalanced = [...byUnit.values()].every(
    (own) => own.reduce((sum, { amount }) => sum + amount, 0n) === 0n,
  );
  const accounts = new Set(entries.map(({ account }) => keyOf(account)));
  if (!isBalanced || accounts.size !== entries.length || entries.length === 0) {
    throw new Error('the entries of a transaction sum to zero per unit, one for each account');
  }
}

interface Balance {
  posted: bigint;
  held: bigint;
}

/** What its owner can spend. */
export const availableOf = ({ posted, held }: Balance): bigint => posted - held;

/** Returns whether an account may change by that amount: only those of the house go below zero. */
export const mayChange = (owner: Owner, balance: Balance, amount: bigint): boolean =>
  owner.type === 'house' || amount > 0n || availableOf(balance) + amount >= 0n;
