import type { OperationDocs } from '#server/platform/docs.ts';

/** The words of its operations in the API document, by operationId. */
export const docs: OperationDocs = {
  listWishes: {
    summary: 'The wish list, latest first',
    description: 'Products that nobody offers any more stay on it, without offers.',
    parameters: { product: 'Only this product' },
  },
  addWish: {
    summary: 'Put a product on the wish list',
    description: 'Idempotent.',
    parameters: { productId: 'The id of the product' },
  },
  removeWish: {
    summary: 'Take a product off the wish list',
    description: 'Idempotent.',
    parameters: { productId: 'The id of the product' },
  },
};
