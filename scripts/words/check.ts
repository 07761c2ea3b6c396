import { existsSync, globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { localeCodes } from '#server/common/locales.ts';
import { type Area, findAreas, isOfScreens, listsFolder, original, pathOf, readArea } from './files.ts';
import { generatedLists } from './lists.ts';
import { needsOfPages } from './pages.ts';
import { faultsOf, lengthOf, longestOf } from './rules.ts';
import { type Pattern, usesOf } from './uses.ts';

export interface Findings {
  faults: string[];
  /** What somebody should look at; nothing is broken by it. */
  notes: string[];
}

/** Looks for what is wrong with the words of screens, mails and prompts. */
export async function checkWords(root: string, locales: readonly string[] = localeCodes): Promise<Findings> {
  const areas = findAreas(root);
  return {
    faults: [
      ...locales.flatMap((locale) => missingFiles(root, locale)),
      ...locales.flatMap((locale) => areas.flatMap((area) => faultsOfArea(root, area, locale))),
      ...keysTwice(root, areas.filter(isOfScreens)),
      ...unusedKeys(root, areas),
      ...unusedRefusals(root, areas),
      ...needsOfPages(root).wordless.map((page) => `${page} is loaded without its words: call areasOfPart()`),
      ...(await staleLists(root)),
    ],
    notes: locales.flatMap((locale) => areas.flatMap((area) => longWords(root, area, locale))),
  };
}

/** Also of files that hold no words, such as the voice of the prompts. */
function missingFiles(root: string, locale: string): string[] {
  return globSync('{server,web/src/lib}/**/words/en/*.ts', { cwd: root })
    .map((file) => file.replace(`/${original}/`, `/${locale}/`))
    .filter((file) => !existsSync(join(root, file)))
    .map((file) => `${file} is missing`);
}

function faultsOfArea(root: string, area: Area, locale: string): string[] {
  const english = readArea(root, area, original) ?? {};
  const words = readArea(root, area, locale);
  if (!words) return [];
  const file = pathOf(area, locale);
  return [
    ...Object.keys(english)
      .filter((key) => !Object.hasOwn(words, key))
      .map((key) => `${file}: ${key} is missing`),
    ...Object.entries(words).flatMap(([key, word]) =>
      english[key] === undefined
        ? [`${file}: ${key} is not in the original`]
        : faultsOf(english[key], word, locale).map((fault) => `${file}: ${key} ${fault}`),
    ),
  ];
}

function longWords(root: string, area: Area, locale: string): string[] {
  const english = readArea(root, area, original) ?? {};
  return Object.entries(readArea(root, area, locale) ?? {})
    .filter(([key, word]) => english[key] !== undefined && lengthOf(word) > longestOf(english[key]))
    .map(([key, word]) => {
      const lengths = `${lengthOf(word)} characters, the original ${lengthOf(english[key]!)}`;
      return `${pathOf(area, locale)}: ${key} is long: ${lengths}`;
    });
}

function keysTwice(root: string, areas: Area[]): string[] {
  const owner = new Map<string, Area>();
  return areas.flatMap((area) =>
    Object.keys(readArea(root, area, original) ?? {}).flatMap((key) => {
      const other = owner.get(key);
      owner.set(key, area);
      return other ? [`${pathOf(area, original)}: ${key} stands in ${pathOf(other, original)} too`] : [];
    }),
  );
}

/** Returns the code that may say an area: all pages, or one feature of the server. */
function sourcesOf(root: string, area: Area): string[] {
  const pattern = isOfScreens(area)
    ? 'web/src/**/*.{ts,svelte}'
    : `${area.folder.replace(/\/words$/, '')}/**/*.ts`;
  return globSync(pattern, { cwd: root }).filter(
    (file) => !/\/words\/\w+\/|\.d\.ts$/.test(file) && !file.startsWith(listsFolder),
  );
}

function unusedKeys(root: string, areas: Area[]): string[] {
  return areas.flatMap((area) => {
    const keys = Object.keys(readArea(root, area, original) ?? {});
    const uses = sourcesOf(root, area).map((file) => ({ file, ...usesOf(root, file) }));
    const patterns = uses.flatMap(({ file, patterns: own }) => own.map((pattern) => ({ file, ...pattern })));
    const broad = patterns.filter((pattern) => isAnyOf(area, pattern));
    const narrow = patterns.filter((pattern) => !isAnyOf(area, pattern));
    const isUsed = (key: string) =>
      uses.some(({ strings }) => strings.has(key)) || narrow.some(({ matches }) => matches(key));
    return [
      ...broad.map(
        ({ file, text }) => `${file}: \`${text}\` may be any word of "${area.name}": name the keys`,
      ),
      ...keys.filter((key) => !isUsed(key)).map((key) => `${pathOf(area, original)}: ${key} is not used`),
    ];
  });
}

/** Nothing is known to be unused beside a pattern such as `desk.…`; refusals are looked for by their codes. */
const isAnyOf = ({ name }: Area, { text }: Pattern): boolean => text === `${name}.…` && text !== 'errors.…';

/** Words of refusals are found by code: one that no code of the service names is left over. */
function unusedRefusals(root: string, areas: Area[]): string[] {
  const sources = globSync(['server/**/*.ts', 'web/src/**/*.{ts,svelte}'], { cwd: root });
  const code = sources
    .filter((file) => !/\/words\/\w+\//.test(file))
    .map((file) => readFileSync(join(root, file), 'utf8'))
    .join('\n');
  return areas.filter(isOfScreens).flatMap((area) =>
    Object.keys(readArea(root, area, original) ?? {})
      .filter((key) => key.startsWith('errors.'))
      .filter((key) => !new RegExp(`\\b${key.slice('errors.'.length)}\\b`).test(code))
      .map((key) => `${pathOf(area, original)}: ${key} is not used`),
  );
}

async function staleLists(root: string): Promise<string[]> {
  const files = Object.entries(await generatedLists(root));
  return files
    .filter(
      ([file, text]) => !existsSync(join(root, file)) || readFileSync(join(root, file), 'utf8') !== text,
    )
    .map(([file]) => `${file} is old: npm run words`);
}
