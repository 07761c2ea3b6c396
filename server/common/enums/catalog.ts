export const productKinds = ['product', 'service'] as const;

export const sortOrders = ['relevance', 'price_asc', 'price_desc', 'name'] as const;
