import type { OperationDocs } from '#server/platform/docs.ts';

/** The words of its operations in the API document, by operationId. */
export const docs: OperationDocs = {
  listCalls: {
    summary: 'The own calls, latest first',
    parameters: { kind: 'Sales or support', vendor: 'Only those with this partner' },
  },
  listVendorCalls: {
    summary: "Calls to the own vendor's agents, latest first",
    description: 'For managers. Nothing of the buyer but their rating.',
    parameters: {
      kind: 'Sales or support',
      result: 'Only conversations, only calls without one, or only those that are not over',
      q: "A part of the agent's name, of the product's code or name, or of the note",
    },
  },
  getCallStatistics: {
    summary: 'Figures of the own calls, by week or partner',
    description: 'By default of the last eight weeks; at most two years.',
    parameters: {
      from: 'First day; default: seven weeks before the week of `to`',
      to: 'Last day; default: today',
      by: 'Per week, from Monday, or per partner',
      timeZone: 'Whose days and weeks; default: UTC',
    },
  },
};
