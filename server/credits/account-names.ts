import type { ChangeKey } from '#server/platform/realtime.ts';
import type { AccountName, Owner } from '#server/ledger/service.ts';

/** Returns the name of an owner's account of credit, or of a deposit. */
export const accountOf = (owner: Owner, unit = 'credit'): AccountName => ({ owner, unit });

/** Where what a vendor's support earns is. */
export const vendorAccountOf = (vendorId: number): AccountName =>
  accountOf({ type: 'vendor', id: String(vendorId) });

export const ofHouse = (id: string, unit = 'credit'): AccountName => accountOf({ type: 'house', id }, unit);

/** What is announced when an owner's credit was bought or given back. */
export const creditKey = ({ type, id }: Owner): ChangeKey => `credit:${type}:${id}`;
