/** The states of the call machine. Transitions: server/calls/machine/rules.ts. */
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
  /** Picked up, but nobody pressed the key to accept the call. */
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
