/** Returns the paths of catalogue pages: the id identifies the page, the slug is for people. */
export const productPath = (product: { id: string; slug: string }): string =>
  `/p/${product.id}/${product.slug}`;

export const categoryPath = (category: { slugPath: string }): string => `/c/${encodeURI(category.slugPath)}`;

export const vendorPath = (vendor: { slug: string }): string =>
  `/partners/${encodeURIComponent(vendor.slug)}`;

/** Returns the path of the call panel of a product, open on a partner. */
export const callPath = (product: { id: string; slug: string }, partner: { id: string }): string =>
  `${productPath(product)}?partner=${partner.id}#call`;
