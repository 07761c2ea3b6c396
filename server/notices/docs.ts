import type { OperationDocs } from '#server/platform/docs.ts';

/** The words of its operations in the API document, by operationId. */
export const docs: OperationDocs = {
  listNotices: {
    summary: 'What others did about the own requests, top-ups, approvals and complaints, latest first',
    description: 'Of the last 180 days.',
  },
  countUnreadNotices: { summary: 'The number of unread notices' },
  readNotices: {
    summary: 'Mark notices as read',
    description: 'Idempotent.',
    parameters: { upTo: 'The id of the last one read; default: all' },
  },
};
