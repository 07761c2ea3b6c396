import type { PersonalData } from '#server/platform/personal.ts';

/** Names nobody but by the ids of buyers, and is never changed. `credits` copies it and gives up what is left. */
export const personal: PersonalData = {
  tables: {
    ...{ ledger_accounts: 'kept', ledger_transactions: 'kept', ledger_entries: 'kept', ledger_holds: 'kept' },
  },
};
