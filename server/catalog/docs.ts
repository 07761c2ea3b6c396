import type { OperationDocs } from '#server/platform/docs.ts';

/** The words of its operations in the API document, by operationId. */
export const docs: OperationDocs = {
  getProduct: {
    summary: "A product with all partners' offers and their agents",
    description: "Agents' states change; they are pushed on `/ws` as topic `product:<id>`.",
  },
  listCategories: {
    summary: 'The tree of categories with the number of products',
  },
  listVendors: {
    summary: 'Partners',
  },
  getVendor: {
    summary: 'A partner',
  },
};
