import { existsSync, globSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { islandScripts } from '../../web/src/lib/island/scripts.ts';
import { findAreas, isOfScreens, listsFolder, original, readArea } from './files.ts';
import { usesOf } from './uses.ts';

/** Areas of these folders are words that any page may need: browsers fetch them as one file, the others by page. */
const ofEveryPage = ['server/common/words', 'web/src/lib/i18n/words', 'web/src/lib/ui/words'];

const refusals = 'web/src/lib/i18n/refusals.ts';

/** Parts that show what another feature refused. */
const alsoRefusedBy: Record<string, string> = { 'web/src/routes/agent/(desk)/Notices.svelte': 'calls' };

export const isOfEveryPage = ({ folder }: { folder: string }): boolean => ofEveryPage.includes(folder);

export interface Needs {
  /** By the route's id in `web/src/routes`: the areas whose words its pages show. */
  routes: Record<string, string[]>;
  /** By the name of a script of pages with islands. */
  scripts: Record<string, string[]>;
  /** By its path: the areas of what is loaded by `import()`, which those who load it bring along. */
  parts: Record<string, string[]>;
  /** Parts whose words a page loads by `areasOfPart()`. */
  brought: string[];
  /** Parts that a page may load without their words. */
  wordless: string[];
}

/** Finds, along the imports, the areas that each page and each late part need besides those of every page. */
export function needsOfPages(root: string): Needs {
  const areas = findAreas(root).filter((area) => isOfScreens(area) && !isOfEveryPage(area));
  const own = areas.map((area) => ({ ...area, keys: Object.keys(readArea(root, area, original) ?? {}) }));
  const found = new Map<string, Set<string>>();
  const areasOfFile = (file: string): Set<string> => {
    const here = found.get(file) ?? areasNamed(root, file, own);
    found.set(file, here);
    return here;
  };
  const needsOf = (files: string[]) =>
    [...new Set([...reachedFrom(root, files)].flatMap((file) => [...areasOfFile(file)]))].sort();
  const parts: Needs['parts'] = {};
  const scripts = Object.fromEntries(
    Object.entries(islandScripts)
      .map(([name, file]) => [name, `web/src/${file}`] as const)
      .filter(([, file]) => existsSync(join(root, file)))
      .map(([name, file]) => [name, needsOf([file])]),
  );
  const needs: Needs = { routes: {}, scripts, parts, brought: [], wordless: [] };
  for (const [id, files] of findRoutes(root)) {
    const page = needsOf(files);
    needs.routes[id] = page;
    const reached = reachedFrom(root, files);
    const late = partsOf(root, reached);
    for (const part of late) parts[part] ??= needsOf([part]);
    const brought = [...new Set([...reached].flatMap((file) => usesOf(root, file).brings))];
    const known = new Set([...page, ...brought.flatMap((part) => parts[part] ?? [])]);
    needs.brought = [...new Set([...needs.brought, ...brought])].sort();
    const without = late.filter((part) => parts[part]?.some((area) => !known.has(area)));
    needs.wordless.push(...without.map((part) => `${id}: ${part}`));
  }
  return needs;
}

/** Returns the routes with a page: their ids, and their files with those of the layouts and error pages around. */
function findRoutes(root: string): [id: string, files: string[]][] {
  const top = 'web/src/routes';
  const around = (folder: string): string[] => [
    ...(folder === top ? [] : around(dirname(folder))),
    ...['+layout.ts', '+layout.server.ts', '+layout.svelte', '+error.svelte'].map(
      (name) => `${folder}/${name}`,
    ),
  ];
  return globSync(`${top}/**/+page.svelte`, { cwd: root })
    .sort()
    .map((page) => {
      const folder = dirname(page);
      const own = ['+page.ts', '+page.server.ts', '+page.svelte'].map((name) => `${folder}/${name}`);
      const files = [...around(folder), ...own].filter((file) => existsSync(join(root, file)));
      return [folder.slice(top.length) || '/', files];
    });
}

/** Returns what these files load later, and what that loads. */
function partsOf(root: string, files: Iterable<string>): string[] {
  const found = new Set([...files].flatMap((file) => usesOf(root, file).parts));
  for (const part of found) {
    for (const file of reachedFrom(root, [part]))
      usesOf(root, file).parts.forEach((inner) => found.add(inner));
  }
  return [...found];
}

/** Returns the files and all that is loaded with them. */
function reachedFrom(root: string, files: string[], reached = new Set<string>()): Set<string> {
  for (const file of files) {
    if (reached.has(file) || file.startsWith(listsFolder)) continue;
    reached.add(file);
    reachedFrom(root, usesOf(root, file).imports, reached);
  }
  return reached;
}

type AreaKeys = { name: string; folder: string; keys: string[] };

function areasNamed(root: string, file: string, areas: AreaKeys[]): Set<string> {
  const { strings, patterns, imports } = usesOf(root, file);
  const named = areas.filter(({ keys }) => keys.some((key) => strings.has(key)));
  const byPattern = patterns.flatMap(({ matches }) => {
    const matched = areas.filter(({ keys }) => keys.some(matches));
    // Of keys such as `errors.…` many areas hold some.
    return matched.length === 1 ? matched : [];
  });
  const refusing = imports.includes(refusals) ? areas.filter((area) => mayBeRefused(file, area)) : [];
  return new Set([...named, ...byPattern, ...refusing].map(({ name }) => name));
}

/** Words of refusals are found by the code that comes: a part that shows them needs those of its own feature. */
const mayBeRefused = (file: string, { name, folder, keys }: AreaKeys): boolean =>
  keys.some((key) => key.startsWith('errors.')) &&
  (file.startsWith(`${dirname(folder)}/`) || alsoRefusedBy[file] === name);
