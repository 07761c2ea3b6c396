export const requestKinds = ['quote', 'order'] as const;

export const enquiryStatuses = [
  'sent',
  'opened',
  'answered',
  'revision_asked',
  'declined',
  'confirmed',
  'accepted',
  'partly_accepted',
  'lost',
] as const;

/** A vendor's decisions about a line. */
export const decisions = ['offer', 'alternative', 'confirm', 'decline'] as const;

export const messageAuthors = ['buyer', 'vendor'] as const;

export const messageKinds = ['message', 'more_time', 'deadline', 'revision', 'decline'] as const;

/**
 * What became of a line of an order: `changed` waits for the buyer, who may accept (`accepted`) or decline it
 * (`rejected`); `confirmed` and `accepted` lines are ordered.
 */
export const orderLineStates = [
  'waiting',
  'confirmed',
  'changed',
  'accepted',
  'rejected',
  'declined',
] as const;

/** Strategies for choosing among quotes. */
export const strategies = ['price', 'speed', 'fewest'] as const;
