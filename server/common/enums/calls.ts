/** The states of the call machine; server/calls/machine/rules.ts says what leads from one to the next. */
export const callStates = [
  'requested',
  'reserved',
  'agent_dialing',
  'agent_unknown',
  'agent_ringing',
  'agent_screening',
  'next_agent',
  'visitor_dialing',
  'visitor_ringing',
  'bridged',
  'ending',
  'settling',
  'closed',
] as const;

export const callOutcomes = [
  'completed',
  'no_agent',
  'visitor_no_answer',
  /** Picked up, but nobody there agreed to the call as far as we heard. */
  'visitor_unconfirmed',
  'visitor_busy',
  'visitor_failed',
  'visitor_declined',
  'visitor_cancelled',
  'agent_left',
  'platform_error',
] as const;

export const callEnders = ['visitor', 'agent', 'system'] as const;

export const callBackStatuses = ['open', 'calling', 'done', 'cancelled', 'expired'] as const;
