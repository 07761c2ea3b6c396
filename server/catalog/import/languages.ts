import { foldForIndex } from '#server/platform/fold.ts';
import { type CsvRow, readCsv, valueOf } from './csv.ts';
import { type RefusedRow, RowRefused } from './refusal.ts';
import { cleanLine } from './text.ts';

/** A category's names in other languages, as they are stored. */
export interface CategoryNames {
  id: number;
  names: Record<string, string>;
  paths: Record<string, string>;
  namesFolded: string;
}

/** A stored category with its names. `lineage`: ids from the root down to itself. */
export interface NamedCategory extends CategoryNames {
  name: string;
  path: string;
  lineage: number[];
}

/** A word of attributes in another language. */
export interface AttributeWord {
  kind: 'name' | 'value';
  word: string;
  language: string;
  translation: string;
}

const separator = ' > ';
const longestWord = 200;

/** Returns the texts of the columns `<column>.<language>`, by language (ISO 639-1). */
export function translationsOf(row: CsvRow, column: string, longest: number): Record<string, string> {
  const found: Record<string, string> = {};
  for (const [heading, cell] of Object.entries(row)) {
    const language = heading.startsWith(`${column}.`) ? heading.slice(column.length + 1) : '';
    const text = cleanLine(cell);
    if (!/^[a-z]{2}$/.test(language) || !text) continue;
    if (text.length > longest) throw new RowRefused(`${heading} is longer than ${longest} characters`);
    found[language] = text;
  }
  return found;
}

/** Returns the categories whose names change, with their new names. `given`: names by language, by path. */
export function renamedCategories(
  categories: readonly NamedCategory[],
  given: ReadonlyMap<string, Record<string, string>>,
): CategoryNames[] {
  const named = new Map(
    categories.map((category) => [category.id, { ...category, names: namesOf(category, given) }]),
  );
  return categories.flatMap((category) => {
    const { names } = named.get(category.id) ?? category;
    const lineage = category.lineage.flatMap((id) => named.get(id) ?? []);
    const languages = [...new Set(lineage.flatMap((each) => Object.keys(each.names)))].sort();
    const paths = Object.fromEntries(
      languages.map((language) => [
        language,
        lineage.map((each) => each.names[language] ?? each.name).join(separator),
      ]),
    );
    const namesFolded = [...new Set(Object.values(names).map(foldForIndex))].join(' ');
    const isSame = isEqual(names, category.names) && isEqual(paths, category.paths);
    return isSame ? [] : [{ id: category.id, names, paths, namesFolded }];
  });
}

/** Returns the stored names with the given ones; a name that is the category's own needs no translation. */
function namesOf(
  { name, path, names }: NamedCategory,
  given: ReadonlyMap<string, Record<string, string>>,
): Record<string, string> {
  const all = Object.entries({ ...names, ...given.get(path) });
  return Object.fromEntries(all.filter(([, translation]) => translation !== name));
}

function isEqual(one: Record<string, string>, other: Record<string, string>): boolean {
  const keys = Object.keys(one);
  return keys.length === Object.keys(other).length && keys.every((key) => one[key] === other[key]);
}

/** Returns the categories' paths in all languages, for searching, by id. */
export function searchedPaths(
  categories: readonly NamedCategory[],
  renamed: readonly CategoryNames[],
): Map<number, string> {
  const latest = new Map(renamed.map((category) => [category.id, category.paths]));
  return new Map(
    categories.map(({ id, path, paths }) => [
      id,
      [...new Set([path, ...Object.values(latest.get(id) ?? paths)])].join(' '),
    ]),
  );
}

/** Reads words.csv: names of attributes and values that are words, with a column `word.<language>` each. */
export async function readAttributeWords(
  file: string,
  onRefused: (refused: RefusedRow) => void,
): Promise<AttributeWord[]> {
  const words = new Map<string, AttributeWord>();
  await readCsv(file, ['kind', 'word'], onRefused, (row) => {
    const kind = valueOf(row, 'kind');
    if (kind !== 'name' && kind !== 'value') throw new RowRefused('kind is neither "name" nor "value"');
    const word = cleanLine(valueOf(row, 'word') ?? '');
    if (!word || word.length > longestWord) throw new RowRefused('word is missing or too long');
    for (const [language, translation] of Object.entries(translationsOf(row, 'word', longestWord))) {
      words.set(`${kind} ${language} ${word}`, { kind, word, language, translation });
    }
  });
  return [...words.values()];
}
