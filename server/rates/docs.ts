import type { OperationDocs } from '#server/platform/docs.ts';

/** The words of its operations in the API document, by operationId. */
export const docs: OperationDocs = {
  listExchangeRates: {
    summary: 'Reference exchange rates of a day',
    description: 'Units of each currency for one unit of the base.',
    parameters: { date: 'The day; the newest by default' },
  },
};
