import type { OperationDocs } from '#server/platform/docs.ts';

/** The words of its operations in the API document, by operationId. */
export const docs: OperationDocs = {
  rateCall: {
    summary: 'Rate a call',
    description: 'Line and agent from 1 to 5, once, within seven days.',
  },
};
