import type { Suggestions } from '#lib/api/types.ts';
import { categoryPath, productPath, vendorPath } from '#lib/catalog/paths.ts';
import { queryString } from '#lib/api/query.ts';

type Marks = readonly { from: number; to: number }[];
export type Suggestion = {
  href: string;
  text: string;
  marks: Marks;
  code?: { text: string; marks: Marks };
  more?: string;
  count?: number;
};
export type Group = {
  name: 'codes' | 'products' | 'categories' | 'tags' | 'vendors' | 'all';
  items: (Suggestion & { index: number })[];
};

/** How many are shown of each kind; all together fit on a phone above its keyboard, with scrolling. */
const shown = { codes: 4, products: 4, categories: 3, tags: 2, vendors: 2 };

/** Returns the suggestions in the order they are shown and walked through; last, if there are any, all results. */
export function groupSuggestions(found: Suggestions, q: string, allWords: string): Group[] {
  const products = (byCode: boolean) =>
    found.products
      .filter((product) => product.byCode === byCode)
      .map((product) => ({
        href: productPath(product),
        code: { text: product.code, marks: product.marks.code },
        text: product.name,
        marks: product.marks.name,
      }));
  const groups: { name: Group['name']; items: Suggestion[] }[] = [
    { name: 'codes', items: products(true).slice(0, shown.codes) },
    { name: 'products', items: products(false).slice(0, shown.products) },
    {
      name: 'categories',
      items: found.categories.slice(0, shown.categories).map((category) => ({
        href: categoryPath(category),
        text: category.name,
        marks: category.marks,
        more: category.path.split(' > ').slice(0, -1).join(' › '),
        count: category.productCount,
      })),
    },
    {
      name: 'tags',
      items: found.tags
        .slice(0, shown.tags)
        .map(({ tag, marks }) => ({ href: searchPath(tag), text: tag, marks })),
    },
    {
      name: 'vendors',
      items: found.vendors
        .slice(0, shown.vendors)
        .map((vendor) => ({ href: vendorPath(vendor), text: vendor.name, marks: vendor.marks })),
    },
  ];
  const filled = groups.filter(({ items }) => items.length > 0);
  if (filled.length > 0)
    filled.push({ name: 'all', items: [{ href: searchPath(q), text: allWords, marks: [] }] });
  let index = 0;
  return filled.map(({ name, items }) => ({
    name,
    items: items.map((item) => ({ ...item, index: index++ })),
  }));
}

const searchPath = (q: string): string => `/search${queryString({ q })}`;
