import type { Locale } from '#server/common/locales.ts';
import type { Facets, SearchResult } from '../schema.ts';
import { membersOf } from './bits.ts';
import type { Catalogue } from './catalogue.ts';
import { compareTexts } from './codes.ts';
import type { Counted } from './facets.ts';
import type { IndexedCategory } from './port.ts';
import type { Tables } from './tables.ts';

/** Returns the number of products in each category and below, by its index. */
export function countsByCategory({ tables, documents }: Catalogue, slots: Int32Array): Int32Array {
  const own = new Int32Array(tables.categoryCount);
  const { categories } = documents;
  for (const slot of slots) {
    const category = categories[slot] ?? 0;
    own[category] = (own[category] ?? 0) + 1;
  }
  return withThoseBelow(tables, own);
}

/** Returns the number of all products in each category and below, by its index. */
export const countsOfAll = ({ tables, categoryCounts }: Catalogue): Int32Array =>
  withThoseBelow(tables, categoryCounts);

function withThoseBelow(tables: Tables, own: ArrayLike<number> & Iterable<number>): Int32Array {
  const counts = new Int32Array(tables.categoryCount);
  for (let category = 0; category < own.length; category += 1) {
    const number = own[category] ?? 0;
    if (number === 0) continue;
    for (const above of tables.lineageOf(category)) counts[above] = (counts[above] ?? 0) + number;
  }
  return counts;
}

/**
 * Returns the top categories, the children of the chosen one and its ancestors, and further levels below a category that
 * contains the whole result.
 */
export function categoryFacet(
  { catalogue, filtering, filters, wanted }: Counted,
  members: Int32Array,
): Facets['categories'] {
  const { tables } = catalogue;
  const within = countsByCategory(catalogue, members);
  const chosen = filters.categoryIndex;
  const beside =
    chosen === undefined ? within : countsByCategory(catalogue, membersOf(filtering.passing('category')));
  const path = chosen === undefined ? [] : tables.lineageOf(chosen);
  const shown: Facets['categories'] = [];
  for (const [index, category] of tables.categories.entries()) {
    if (!category || !isShown(category)) continue;
    const isBeside = chosen !== undefined && chosen >= 0 && !tables.lineageOf(index).includes(chosen);
    const number = (isBeside ? beside : within)[index] ?? 0;
    if (number === 0) continue;
    shown.push({
      id: String(category.id),
      slugPath: category.slugPath,
      name: nameOf(category, wanted.locale),
      level: category.level,
      count: number,
    });
  }
  return shown.toSorted((a, b) => a.level - b.level || b.count - a.count || compareTexts(a.name, b.name));

  function isShown({ parentId }: IndexedCategory): boolean {
    if (parentId === null) return true;
    const parent = tables.categoryIndex(parentId);
    return path.includes(parent) || (members.length > 0 && within[parent] === members.length);
  }
}

export const nameOf = ({ names, name }: IndexedCategory, locale: Locale): string => names[locale] ?? name;

/** Returns a category in the API's form. */
export function categoryRef(category: IndexedCategory, locale: Locale) {
  const { id, paths, path, slugPath } = category;
  return { id: String(id), name: nameOf(category, locale), path: paths[locale] ?? path, slugPath };
}

/** Returns the chosen category with its path from the top; null for none or an unknown one. */
export function chosenCategory(
  tables: Tables,
  index: number | undefined,
  locale: Locale,
): SearchResult['category'] {
  const category = index === undefined ? undefined : tables.categories[index];
  if (!category || index === undefined) return null;
  const above = tables.lineageOf(index).map((each) => tables.categories[each]);
  return {
    ...categoryRef(category, locale),
    breadcrumbs: above.filter((each) => each !== undefined).map((each) => categoryRef(each, locale)),
  };
}
