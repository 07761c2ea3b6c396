import type { OperationDocs } from '#server/platform/docs.ts';

/** The words of its operations in the API document, by operationId. */
export const docs: OperationDocs = {
  getDesk: {
    summary: "Everything on the agent's desk",
    description: 'The same state is pushed on `/ws` as topic `agent`.',
  },
  listAgentCalls: {
    summary: 'Calls that have ended for the agent, latest first',
  },
  listAgentEnquiries: {
    summary: 'Open enquiries that were mailed to the agent, most urgent first',
  },
  markMissedSeen: {
    summary: 'Mark missed calls as seen',
  },
};
