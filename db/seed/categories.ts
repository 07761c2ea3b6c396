import { byCodeUnit, parseCsv, sourceText } from './text.ts';

export interface Category {
  id: string;
  parent_id: string;
  level: number;
  level_name: string;
  name: string;
  'name.sr': string;
  path: string;
}

const LEVELS = ['industry', 'area', 'category', 'subcategory'];
const SEPARATOR = ' > ';

/** Returns the first `levels` steps of a category path. */
export const ancestor = (path: string, levels: number): string =>
  path.split(SEPARATOR).slice(0, levels).join(SEPARATOR);

/** Returns whether `path` is the category `root` or lies below it. */
export const isWithin = (path: string, root: string): boolean =>
  path === root || path.startsWith(root + SEPARATOR);

/** Returns the four-level tree of `source/categories.txt`. Ids have two digits per level. */
export function readCategories(): Category[] {
  const leaves = sourceText('categories.txt').trimEnd().split('\n');
  const ids = new Map<string, string>([['', '']]);
  const serbian = new Map(
    parseCsv(sourceText('category-names.csv')).map((row) => [row.name, row['name.sr']]),
  );
  const categories: Category[] = [];
  for (const [index, levelName] of LEVELS.entries()) {
    const children = new Map<string, number>();
    for (const path of [...new Set(leaves.map((leaf) => ancestor(leaf, index + 1)))].sort(byCodeUnit)) {
      const parent = ancestor(path, index);
      const number = (children.get(parent) ?? 0) + 1;
      children.set(parent, number);
      const id = ids.get(parent)! + String(number).padStart(2, '0');
      ids.set(path, id);
      categories.push({
        id,
        parent_id: ids.get(parent)!,
        level: index + 1,
        level_name: levelName,
        name: path.split(SEPARATOR)[index]!,
        'name.sr': serbian.get(path.split(SEPARATOR)[index]) ?? '',
        path,
      });
    }
  }
  return categories.sort((one, other) => byCodeUnit(one.id, other.id));
}
