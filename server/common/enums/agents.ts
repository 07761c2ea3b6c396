/** The kinds of agents, calls and call-backs. */
export const agentKinds = ['sales', 'support'] as const;

/** An agent's public status. */
export const agentStatuses = ['available', 'busy', 'away', 'offline'] as const;

/** The status that an agent chooses. */
export const declaredStatuses = ['available', 'away', 'offline'] as const;
