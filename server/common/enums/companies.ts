/**
 * What a person may do in their company, from the fewest rights to the most: an approver decides about what is above a
 * limit, an admin also about people.
 */
export const companyRoles = ['requester', 'approver', 'admin'] as const;

/** What a limit of money counts: one request, or a calendar month in the company's time zone. */
export const limitPeriods = ['request', 'month'] as const;

export const invitationStates = ['open', 'expired', 'withdrawn', 'accepted'] as const;

/** What waits for an approver: accepting quotes of a request, or sending an order. */
export const approvalKinds = ['acceptance', 'order'] as const;

/**
 * `withdrawn`: by who asked. `expired`: a quote's validity, or the time to decide about an order, is over. `outdated`: what
 * it was about has changed.
 */
export const approvalStatuses = [
  'waiting',
  'approved',
  'rejected',
  'withdrawn',
  'expired',
  'outdated',
] as const;
