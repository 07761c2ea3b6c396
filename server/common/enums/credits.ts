export const topUpMethods = ['transfer', 'card'] as const;

/** Which VAT a top-up bears: that of the house's country, or none, as the buyer owes it in theirs. */
export const vatRules = ['house', 'reverse_charge'] as const;

export const topUpStatuses = ['waiting', 'paid', 'cancelled'] as const;

/** By what staff look for them. */
export const topUpFilters = [...topUpStatuses, 'disputed'] as const;

/** The kinds of entries of a statement. */
export const creditEntryKinds = ['top_up', 'call', 'refund', 'adjustment'] as const;

/** Ends the text of an entry by which a later payment paid off what its buyer owed. */
export const debtMark = ' (debt)';

/** A credit note takes back what an invoice sold, or a part of it. */
export const invoiceKinds = ['invoice', 'credit_note'] as const;

/**
 * `created`: the provider has not opened its page yet. `processing`: confirmed, but the money may still not come.
 * `expired`: nobody paid in time. `failed`: no money came. `doubtful`: another amount was paid than was asked for.
 */
export const cardPaymentStates = [
  'created',
  'open',
  'processing',
  'paid',
  'expired',
  'failed',
  'doubtful',
] as const;

/** `requested`: the provider does not know of it yet. `failed`: its credit was given back. */
export const cardRefundStates = ['requested', 'pending', 'succeeded', 'failed'] as const;

/** Of a payer who disputes a payment at their bank. */
export const cardDisputeStates = ['open', 'won', 'lost'] as const;
