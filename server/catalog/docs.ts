import type { OperationDocs } from '#server/platform/docs.ts';

/** The words of its operations in the API document, by operationId. */
export const docs: OperationDocs = {
  getProduct: {
    summary: "A product with all partners' offers and their agents",
    description:
      "Agents' states change; they are pushed on `/ws` as topic `product:<id>`. Names of categories and attributes, and values that are words, are in the reader's language (`Accept-Language`) where the catalogue has it. `ownName`, `ownCodes` of an offer: what its partner calls the product, where that differs.",
  },
  compareProducts: {
    summary: 'Products side by side',
    description: 'Their attributes are aligned; `differs` marks those whose values are not all the same.',
    parameters: { products: 'Ids of 2 to 4 products, separated by commas' },
  },
  listCategories: {
    summary: 'The tree of categories with the number of products',
    description:
      "Names and paths are in the reader's language (`Accept-Language`) where the catalogue has it; `slugPath` is the same in all.",
  },
  listVendors: {
    summary: 'Partners',
  },
  getVendor: {
    summary: 'A partner',
  },
};
