import type { OperationDocs } from '#server/platform/docs.ts';

/** The words of its operations in the API document, by operationId. */
export const docs: OperationDocs = {
  searchProducts: {
    summary: 'Search products and services',
    description:
      'Every word, or a part of one, must occur; codes are found without their separators too. `near: true`: nothing held every word, and the nearest products are offered. Attributes filter as `attr.<key>=<value>`, in every language with the same keys and values.',
    parameters: {
      q: 'Words or codes, up to 2,000 characters',
      category: 'Id of a category; includes those below it',
      vendor: 'Id of a partner',
      kind: 'Products or services only',
      inStock: 'Only offers with stock',
      priceMin: 'Lowest price, a decimal string, in `currency`',
      priceMax: 'Highest price, a decimal string, in `currency`',
      currency: "Currency of price filters and sorting; without it the visitor's choice",
      sort: 'Order; by relevance if there are words',
      page: 'From 1',
      perPage: '1 to 100',
    },
  },
  suggest: {
    summary: 'Suggestions while a search is typed',
    parameters: {
      q: 'What was typed so far',
    },
  },
};
