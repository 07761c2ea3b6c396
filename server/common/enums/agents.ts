/** What an agent answers for, and what a call or call-back is about. */
export const agentKinds = ['sales', 'support'] as const;

/** As everyone is shown an agent. */
export const agentStatuses = ['available', 'busy', 'away', 'offline'] as const;

/** What agents declare themselves to be. */
export const declaredStatuses = ['available', 'away', 'offline'] as const;
