import type { Suggestions } from '#lib/api/types.ts';
import { categoryPath, productPath, vendorPath } from '#lib/catalog/paths.ts';

export type Suggestion = { href: string; code?: string; text: string; more?: string };
export type Group = {
  name: 'products' | 'categories' | 'vendors';
  items: (Suggestion & { index: number })[];
};

const atMost = 8;

/** Returns the suggestions in the order they are shown and walked through, at most eight in all. */
export function groupSuggestions({ products, categories, vendors }: Suggestions): Group[] {
  const groups: { name: Group['name']; items: Suggestion[] }[] = [
    {
      name: 'products',
      items: products.map((product) => ({
        href: productPath(product),
        code: product.code,
        text: product.name,
      })),
    },
    {
      name: 'categories',
      items: categories.map((category) => ({
        href: categoryPath(category),
        text: category.name,
        more: category.path,
      })),
    },
    {
      name: 'vendors',
      items: vendors.map((vendor) => ({ href: vendorPath(vendor), text: vendor.name })),
    },
  ];
  let index = 0;
  return groups
    .map(({ name, items }) => ({
      name,
      items: items.slice(0, atMost - index).map((item) => ({ ...item, index: index++ })),
    }))
    .filter(({ items }) => items.length > 0);
}
