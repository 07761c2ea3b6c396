import type { OperationDocs } from '#server/platform/docs.ts';

/** The words of its operations in the API document, by operationId. */
export const docs: OperationDocs = {
  getOverview: {
    summary: 'What waits for the buyer, most urgent first',
    description:
      'Quotes that end within three days, what colleagues ask the buyer to approve, quotes to decide, questions of partners, call-backs, calls to rate, top-ups to pay.',
  },
};
