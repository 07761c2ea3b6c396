/** Who can own an account. The house is Quoteline itself, whose accounts may be below zero. */
export const ledgerOwners = ['buyer', 'company', 'vendor', 'house'] as const;

/** A hold is open until it is captured, released or expires, once. */
export const holdStates = ['open', 'captured', 'released', 'expired'] as const;
