import { existsSync, globSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Word, Words } from '#server/common/words.ts';
import { type Node, nodesOfFile } from './syntax.ts';

/** One area of words: `<folder>/<language>/<area>.ts` in every language; English is the original. */
export interface Area {
  /** Relative to the root of the repository. */
  folder: string;
  name: string;
}

export const original = 'en';

/** What `npm run words` writes: the lists that the pages load words by. */
export const listsFolder = 'web/src/lib/i18n/generated';

export const pathOf = ({ folder, name }: Area, locale: string): string => `${folder}/${locale}/${name}.ts`;

/** Returns the areas of screens, mails and prompts, in a fixed order. */
export function findAreas(root: string): Area[] {
  const files = globSync(['server/**/words/en/*.ts', 'web/src/lib/**/words/en/*.ts'], { cwd: root });
  return files
    .sort()
    .map((file) => ({ folder: file.split(`/${original}/`)[0]!, name: basename(file, '.ts') }))
    .filter((area) => readArea(root, area, original) !== undefined);
}

/** Screens read these: of the server's areas only what both sides run. */
export const isOfScreens = ({ folder }: Area): boolean => /^(web|server\/common)\//.test(folder);

/** Returns an area's words in a language; undefined without such a file, or when it holds something else. */
export function readArea(root: string, area: Area, locale: string): Words | undefined {
  const file = join(root, pathOf(area, locale));
  return existsSync(file) ? wordsIn(file, readFileSync(file, 'utf8')) : undefined;
}

/** Returns what the file exports as `words`. */
export function wordsIn(file: string, source: string): Words | undefined {
  const entries = wordNodes(file, source)?.map(({ key, value }) => [key, wordOf(file, value)] as const);
  return entries && Object.fromEntries(entries);
}

/** A word in a file: where it starts there, with its key, and the syntax of its text or forms. */
interface Entry {
  key: string;
  start: number;
  value: Node;
}

/** Returns the entries of the exported object, as the file orders them. */
export function wordNodes(file: string, source: string): Entry[] | undefined {
  const declared = nodesOfFile(file, source).find(
    ({ type, id }) => type === 'VariableDeclarator' && (id as Node)['name'] === 'words',
  );
  return declared && propertiesOf(withoutTypes(declared['init'] as Node));
}

function wordOf(file: string, value: Node): Word {
  if (value.type === 'ObjectExpression') {
    const forms = propertiesOf(value).map(({ key, value: form }) => [key, wordOf(file, form)] as const);
    return Object.fromEntries(forms) as Word;
  }
  if (value.type !== 'Literal' || typeof value['value'] !== 'string') {
    throw new Error(`${file}: a word is a plain string or plural forms, not ${value.type}`);
  }
  return value['value'];
}

const withoutTypes = (node: Node): Node =>
  /^TS(As|Satisfies)Expression$/.test(node.type) ? withoutTypes(node['expression'] as Node) : node;

function propertiesOf(object: Node): Entry[] {
  return (object['properties'] as Node[]).map((property) => {
    const key = property['key'] as Node;
    return {
      key: String(key['name'] ?? key['value']),
      start: property.start,
      value: property['value'] as Node,
    };
  });
}
