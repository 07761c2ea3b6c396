import { globSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { features } from '#server/features.ts';
import mayUse from '../scripts/may-use.json' with { type: 'json' };

/** What the boundaries in scripts/ cannot see, because no import shows it. */
const root = join(import.meta.dirname, '..');
const read = (file: string) => readFileSync(join(root, file), 'utf8');
const ownSources = (...patterns: string[]) =>
  globSync(patterns, { cwd: root }).filter((file) => !/(^|\/)(node_modules|\.svelte-kit)\//.test(file));

/** Files past 300 lines, each with its reason. */
const LONG_WITH_REASON: Record<string, string> = {
  'db/tables/calls.ts': 'the tables of one feature: a call, its phones and events, call-backs, numbers',
};

/** Tables of shared bookkeeping, which have a platform module instead of a feature. */
const SHARED_TABLES = ['columns', 'events', 'limits'];

/** Files of tables that aren't named after the feature they belong to. */
const FEATURE_OF_TABLES: Record<string, string> = { quotes: 'requests' };

/** Folders of `server/` that no process lists: what all features stand on, and what only the demo loads. */
const NO_FEATURES = ['common', 'platform', 'dev'];

describe('features', () => {
  test('every folder of server/ is in the table of who may use whom', () => {
    const folders = globSync('server/*/*.ts', { cwd: root }).map((file) => file.split('/')[1]);
    const unknown = [...new Set(folders)].filter((folder) => folder !== 'platform' && !(folder! in mayUse));
    expect(unknown).toEqual([]);
  });

  test('every folder of server/ that is a feature of the product is in the one list', () => {
    const folders = globSync('server/*/*.ts', { cwd: root }).map((file) => file.split('/')[1]!);
    const product = [...new Set(folders)].filter((folder) => !NO_FEATURES.includes(folder));
    expect(features.map(({ name }) => name).sort()).toEqual(product.sort());
  });

  test('every file of tables belongs to a feature', () => {
    const files = globSync('db/tables/*.ts', { cwd: root }).map((file) => basename(file, '.ts'));
    const strays = files.filter(
      (name) => !((FEATURE_OF_TABLES[name] ?? name) in mayUse) && !SHARED_TABLES.includes(name),
    );
    expect(strays).toEqual([]);
  });

  test('queries write only the tables of their own feature', () => {
    const strangers = ownSources('server/*/queries.ts').flatMap((file) => {
      const own = tablesOf(file.split('/')[1]!);
      return writtenTables(read(file))
        .filter((table) => !own.has(table))
        .map((table) => `${file} writes ${table}`);
    });
    expect(strangers).toEqual([]);
  });
});

describe('sources', () => {
  test('no test is skipped or runs alone', () => {
    const marked = ownSources('tests/**/*.ts').filter(
      (file) =>
        file !== 'tests/architecture.test.ts' &&
        /\b(test|it|describe)\.(skip|only|todo|skipIf)\b/.test(read(file)),
    );
    expect(marked).toEqual([]);
  });

  test('every test file is where the runner looks for it', () => {
    const found = /^tests\/([^/]+|(unit|web|server|db|scripts|e2e)\/.+)\.test\.ts$/;
    const misplaced = ownSources('{server,web,scripts,tests,db}/**/*.{test,spec}.{ts,js,mjs}').filter(
      (file) => !found.test(file),
    );
    expect(misplaced).toEqual([]);
  });

  test('no file is longer than 300 lines without a reason', () => {
    const long = ownSources('{server,web,scripts,tests,db}/**/*.{ts,svelte,mjs,cjs}')
      .filter((file) => !file.startsWith('db/seed/'))
      .filter((file) => read(file).split('\n').length > 301)
      .filter((file) => !(file in LONG_WITH_REASON));
    expect(long).toEqual([]);
  });

  test('no type error is ignored and no rule of the linter is disabled in place', () => {
    const silenced = /@ts-(ignore|nocheck|expect-error)|eslint-disable/;
    const files = ownSources('{server,web,scripts,tests,db}/**/*.{ts,svelte}');
    expect(
      files.filter((file) => file !== 'tests/architecture.test.ts' && silenced.test(read(file))),
    ).toEqual([]);
  });
});

describe('pages', () => {
  const components = ownSources('web/src/**/*.svelte');

  test('no sentence of the interface stands in a component', () => {
    const sentences = components.flatMap((file) => wordsIn(read(file)).map((words) => `${file}: ${words}`));
    expect(sentences).toEqual([]);
  });

  test('components take from the service types of schemas only', () => {
    // The compiler erases `import type` inside .svelte before the boundaries' tool sees it.
    const imports = /import\s+(type\s+)?[^;]*?from\s+'#(server|db)\/([^']+)'/g;
    const wrong = components.flatMap((file) =>
      [...read(file).matchAll(imports)]
        .filter(([, type, , path]) => !type || !/^(.+\/schema|platform\/errors)\.ts$/.test(path!))
        .map(([line]) => `${file}: ${line}`),
    );
    expect(wrong).toEqual([]);
  });
});

/** The names of the tables a feature may write, as Drizzle calls them and as SQL does. */
function tablesOf(feature: string): Set<string> {
  const declared = /export const (\w+) = \w+\.?\w*\(\s*'(\w+)'/g;
  const files = ownSources('db/tables/*.ts').filter((file) => {
    const name = basename(file, '.ts');
    return (FEATURE_OF_TABLES[name] ?? name) === feature;
  });
  return new Set(
    files.flatMap((file) =>
      [...read(file).matchAll(declared)].flatMap(([, variable, name]) => [variable!, name!]),
    ),
  );
}

function writtenTables(source: string): string[] {
  const byDrizzle = /\.(?:insert|update|delete)\(\s*(?:tables\.)?(\w+)\s*\)/g;
  const bySql =
    /\b(?:insert\s+into|delete\s+from|merge\s+into|truncate)\s+(?:\$\{)?(\w+)|\bupdate\s+(?:\$\{)?(\w+)\}?\s+(?:as\s+\w+\s+)?set\b/gi;
  return [...source.matchAll(byDrizzle), ...source.matchAll(bySql)].map(
    ([, first, second]) => (first ?? second)!,
  );
}

/** Words between tags, or in attributes people read, that do not come from a dictionary; our name is no sentence. */
function wordsIn(component: string): string[] {
  const markup = withoutBraces(
    component.replace(/<(script|style)\b[\s\S]*?<\/\1>/g, '').replace(/<!--[\s\S]*?-->/g, ''),
  );
  const texts = markup.replace(/<[^<>]*>/g, '\n').split('\n');
  const attributes = [...markup.matchAll(/\s(?:title|alt|placeholder|aria-label|label)="([^"]*)"/g)].map(
    ([, text]) => text!,
  );
  return [...texts, ...attributes]
    .map((text) => text.trim())
    .filter((text) => /\p{L}{2,}/u.test(text.replace(/&\w+;|Quoteline/g, '')));
}

/** Expressions out, however deeply nested, so that what is left is literal. */
function withoutBraces(markup: string): string {
  let depth = 0;
  let literal = '';
  for (const character of markup) {
    if (character === '{') depth += 1;
    else if (character === '}') depth -= 1;
    else if (depth === 0) literal += character;
  }
  return literal;
}
