import type { OperationDocs } from '#server/platform/docs.ts';

/** The words of its operations in the API document, by operationId. */
export const docs: OperationDocs = {
  setAgentStatus: {
    summary: "Set the agent's own status",
    description: 'With `until`, an agent without an open page stays available by phone.',
  },
  listAvailableAgents: {
    summary: 'Agents who can talk now',
  },
};
