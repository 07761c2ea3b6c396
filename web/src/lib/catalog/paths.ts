/** Addresses of catalogue pages: the id finds the page, the rest is for people. */
export const productPath = (product: { id: string; name: string }): string =>
  `/p/${product.id}/${slug(product.name)}`;

export const categoryPath = (category: { slugPath: string }): string => `/c/${category.slugPath}`;

export const vendorPath = (vendor: { id: string }): string => `/search?vendor=${vendor.id}`;

/** `Šrafovi M6×20` gives `srafovi-m6-20`; never empty, at most 80 characters. */
export function slug(text: string): string {
  const plain = text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/đ/gi, 'd')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .slice(0, 80)
    .replace(/^-+|-+$/g, '');
  return plain || '-';
}
