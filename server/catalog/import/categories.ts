import { fold } from '#server/platform/fold.ts';
import { type CsvRow, readCsv, valueOf } from './csv.ts';
import { type RefusedRow, RowRefused } from './refusal.ts';
import { translationsOf } from './languages.ts';
import { cleanLine } from './text.ts';

/** A stored category. */
export interface KnownCategory {
  id: number;
  path: string;
  slugPath: string;
  lineage: number[];
}

/** A category to be inserted. Its id is generated before, because its lineage contains it. */
export interface NewCategory extends KnownCategory {
  parentId: number | null;
  level: number;
  name: string;
}

/** A category of the file. */
export interface ReadCategory {
  /** The names from the root down. */
  names: string[];
  /** Its own name by language, of the columns `name.<language>`. */
  translations: Record<string, string>;
}

const separator = ' > ';
const deepest = 4;
const longestName = 150;

/** Reads categories.csv. Returns its categories by the file's id. */
export async function readCategories(
  file: string,
  onRefused: (refused: RefusedRow) => void,
): Promise<Map<string, ReadCategory>> {
  const rows = new Map<string, { row: CsvRow; line: number }>();
  await readCsv(file, ['id'], onRefused, (row, line) => {
    const id = valueOf(row, 'id');
    if (!id) throw new RowRefused('id is missing');
    if (rows.has(id)) throw new RowRefused(`id "${id}" occurs twice`);
    rows.set(id, { row, line });
  });
  const categories = new Map<string, ReadCategory>();
  for (const [id, { row, line }] of rows) {
    try {
      categories.set(id, {
        names: namesOf(id, rows, new Set()),
        translations: translationsOf(row, 'name', longestName),
      });
    } catch (error) {
      if (!(error instanceof RowRefused)) throw error;
      onRefused({ file: 'categories.csv', row: line, reason: error.message });
    }
  }
  return categories;
}

/** Returns the names by the row's parents, else by its path. Parents may come later in the file. */
function namesOf(
  id: string,
  rows: ReadonlyMap<string, { row: CsvRow }>,
  above: ReadonlySet<string>,
): string[] {
  const row = rows.get(id)?.row;
  if (!row) throw new RowRefused(`parent "${id}" is not in the file`);
  if (above.has(id)) throw new RowRefused(`"${id}" is above itself`);
  const parent = valueOf(row, 'parent_id');
  const name = cleanLine(valueOf(row, 'name') ?? '');
  const path = valueOf(row, 'path')?.split(separator).map(cleanLine) ?? [];
  const names = parent ? [...namesOf(parent, rows, new Set([...above, id])), name] : path;
  if (names.length === 0) names.push(name);
  if (names.some((part) => !part || part.length > longestName)) {
    throw new RowRefused('a name is missing or too long');
  }
  if (path.length > 0 && path.join(separator) !== names.join(separator)) {
    throw new RowRefused('the path is not that of its parents');
  }
  if (names.length > deepest) throw new RowRefused(`deeper than ${deepest} levels`);
  return names;
}

export function pathOf(names: readonly string[]): string {
  return names.join(separator);
}

/** Returns the only path that has none below it; undefined if there are several. */
export function onlyDeepest(paths: readonly string[]): string | undefined {
  const above = new Set(paths.map((path) => path.slice(0, path.lastIndexOf(separator))));
  const deepest = [...new Set(paths)].filter((path) => !above.has(path));
  return deepest.length === 1 ? deepest[0] : undefined;
}

/** Returns the categories to insert so that all paths exist, parents first. `known`: all stored ones. */
export function missingCategories(
  paths: Iterable<readonly string[]>,
  known: readonly KnownCategory[],
  nextId: () => number,
): NewCategory[] {
  const byPath = new Map(known.map((category) => [category.path, category]));
  const slugPaths = new Set(known.map((category) => category.slugPath));
  const made: NewCategory[] = [];
  for (const names of paths) {
    for (let level = 1; level <= names.length; level += 1) {
      const path = pathOf(names.slice(0, level));
      if (byPath.has(path)) continue;
      const parent = byPath.get(pathOf(names.slice(0, level - 1)));
      const name = names[level - 1] ?? '';
      const slugPath = unusedSlugPath(parent?.slugPath, name, slugPaths);
      const id = nextId();
      const category = {
        id,
        parentId: parent?.id ?? null,
        level,
        name,
        path,
        slugPath,
        lineage: [...(parent?.lineage ?? []), id],
      };
      byPath.set(path, category);
      slugPaths.add(slugPath);
      made.push(category);
    }
  }
  return made;
}

/** Returns a slug ("Cable, wire" becomes "cable-wire"), with a number if a sibling has the same. */
function unusedSlugPath(parent: string | undefined, name: string, used: ReadonlySet<string>): string {
  const slug =
    fold(name)
      .replace(/[^\p{L}\p{N}]+/gu, '-')
      .replace(/^-|-$/g, '') || 'category';
  const base = parent === undefined ? slug : `${parent}/${slug}`;
  let candidate = base;
  for (let number = 2; used.has(candidate); number += 1) candidate = `${base}-${number}`;
  return candidate;
}
