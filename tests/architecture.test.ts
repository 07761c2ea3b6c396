import { globSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { features } from '#server/features.ts';
import { featureMap, withFeatureMap } from '../scripts/feature-map.ts';
import mayUse from '../scripts/may-use.json' with { type: 'json' };

/** Rules that the boundaries in scripts/ can't check, because no import shows them. */
const root = join(import.meta.dirname, '..');
const read = (file: string) => readFileSync(join(root, file), 'utf8');
const ownSources = (...patterns: string[]) =>
  globSync(patterns, { cwd: root }).filter((file) => !/(^|\/)(node_modules|\.svelte-kit)\//.test(file));

/** Files of more than 300 lines, each with its reason. */
const LONG_WITH_REASON: Record<string, string> = {
  'web/src/lib/api/schema.d.ts': 'generated',
  'web/src/lib/compare/words/en/follow.ts': 'the words of one page',
  'web/src/lib/compare/words/sr/follow.ts': 'the words of one page',
  'server/requests/words/sr/mails.ts': 'the words of its mails',
  'server/solutions/service.ts': 'the verbs of one feature',
  'tests/server/requests/deciding/deciding.test.ts': 'cases of one operation on one service',
};

/** The writers of the tables of a file in db/tables that are not the feature of the same name. */
const OWNER_OF_TABLES: Record<string, string> = {
  agents: 'vendors',
  approvals: 'requests',
  backups: 'platform',
  'call-charges': 'credits',
  'card-payments': 'credits',
  columns: 'platform',
  deliveries: 'platform',
  'delivery-addresses': 'accounts',
  events: 'platform',
  factors: 'accounts',
  idempotency: 'platform',
  invoices: 'credits',
  limits: 'platform',
  lists: 'solutions',
  passkeys: 'accounts',
  quality: 'complaints',
  quotes: 'requests',
  'wanted-call': 'calls',
  workers: 'platform',
};

/** Single tables with another writer than the rest of their file. */
const OWNER_OF_TABLE: Record<string, string> = { account_sessions: 'platform' };

/** What reads withdrawn offers too, with the reason; all other queries read `live_offers`. */
const READ_WITHDRAWN_OFFERS: Record<string, string> = {
  'server/catalog/import': 'withdraws and revives them',
  'server/solutions/reading/queries.ts': 'lines show what they ask for and is gone',
  'server/solutions/sums/queries.ts': 'lines that ask for them cannot be sent',
  'server/vendors/queries.ts': 'the agents of offers that were read before',
  'server/calls/queries.ts': 'past calls',
  'server/calls/machine/queries.ts': 'calls that have begun',
  'server/call-backs/queries.ts': 'call-backs that were requested',
  'server/call-history/queries.ts': 'past calls',
  'server/call-history/of-vendor/queries.ts': 'past calls',
  'server/overview/queries.ts': 'call-backs that were requested',
  'server/complaints/subjects/queries.ts': 'past calls',
  'server/desk/queries.ts': 'calls and call-backs',
  'server/requests/quotes/queries.ts': 'alternatives that were quoted',
  'server/requests/answering/queries.ts': 'alternatives that a vendor names itself',
};

/** Folders of `server/` that are no features: the base of all features, and what only the demo loads. */
const NO_FEATURES = ['common', 'platform', 'dev'];

test('phone numbers are shown by one formatter, the same on every page and in every mail', () => {
  const others = ownSources('server/**/*.ts', 'web/src/**/*.{ts,svelte}').filter((file) =>
    /\.format(?:International|National)\(|>\s*\{[\w.]*\bphone\}/.test(read(file)),
  );
  expect(others).toEqual([]);
});

describe('features', () => {
  test('every folder of server/ is in the table of who may use whom, and nothing else', () => {
    const folders = globSync('server/*/*.ts', { cwd: root }).map((file) => file.split('/')[1]);
    const known = [...new Set(folders)].filter((folder) => !['platform', 'common'].includes(folder!));
    expect(Object.keys(mayUse).sort()).toEqual(known.sort());
  });

  test('every folder of server/ that is a feature of the product is in the one list', () => {
    const folders = globSync('server/*/*.ts', { cwd: root }).map((file) => file.split('/')[1]!);
    const product = [...new Set(folders)].filter((folder) => !NO_FEATURES.includes(folder));
    expect(features.map(({ name }) => name).sort()).toEqual(product.sort());
  });

  test('every file of tables belongs to a feature', () => {
    const files = globSync('db/tables/*.ts', { cwd: root }).map((file) => basename(file, '.ts'));
    const owners = [...Object.keys(mayUse), 'platform'];
    expect(files.filter((name) => !owners.includes(OWNER_OF_TABLES[name] ?? name))).toEqual([]);
  });

  test('the picture in the README shows the table of who may use whom', () => {
    expect(read('README.md')).toBe(withFeatureMap(read('README.md')));
    expect(featureMap({ a: ['b', 'c'], b: ['c'], c: [], d: [] })).toBe(
      '```mermaid\nflowchart TD\n  a --> b\n  b --> c\n  d\n```',
    );
  });

  test('a feature writes its own tables only, at any depth of its folder', () => {
    const owners = ownersOfTables();
    const foreign = ownSources('server/**/*.ts').flatMap((file) => {
      const feature = file.split('/')[1]!;
      return writtenTables(read(file))
        .filter((table) => owners.has(table) && owners.get(table) !== feature)
        .map((table) => `${file} writes ${table}`);
    });
    expect(foreign).toEqual([]);
  });

  test('queries read live offers, except for those with a reason', () => {
    const readsAll = /\b(from|join) offers\b|\b(from|leftJoin|innerJoin)\(\s*offers\b/;
    const readers = ownSources('server/**/queries.ts').filter((file) => readsAll.test(read(file)));
    const listed = (file: string) =>
      Object.keys(READ_WITHDRAWN_OFFERS).find((path) => file === path || file.startsWith(`${path}/`));
    expect(readers.filter((file) => !listed(file))).toEqual([]);
    expect([...new Set(readers.map(listed))].sort()).toEqual(Object.keys(READ_WITHDRAWN_OFFERS).sort());
  });

  test('the guard of written tables sees Drizzle and SQL, and knows every table', () => {
    const owners = ownersOfTables();
    expect(writtenTables('tx.insert(solutionLines); sql`update agents a set x`')).toEqual([
      'solutionLines',
      'agents',
    ]);
    expect([owners.get('solutionLines'), owners.get('agents'), owners.get('accountSessions')]).toEqual([
      'solutions',
      'vendors',
      'platform',
    ]);
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

  test('the test runner finds every test file', () => {
    const found = /^tests\/([^/]+|(unit|web|server|db|scripts|e2e)\/.+)\.test\.ts$/;
    const misplaced = ownSources('{server,web,scripts,tests,db}/**/*.{test,spec}.{ts,js,mjs}').filter(
      (file) => !found.test(file),
    );
    expect(misplaced).toEqual([]);
  });

  test('no file is longer than 300 lines without a reason, and every reason is of a file that is', () => {
    const long = ownSources('{server,web,scripts,tests,db}/**/*.{ts,svelte,mjs,cjs}')
      .filter((file) => !file.startsWith('db/seed/'))
      .filter((file) => read(file).split('\n').length > 301);
    expect(long.toSorted()).toEqual(Object.keys(LONG_WITH_REASON).toSorted());
  });

  test('no type error is ignored and no rule of the linter is disabled in place', () => {
    const silenced = /@ts-(ignore|nocheck|expect-error)|(es|ox)lint-disable/;
    const files = ownSources('{server,web,scripts,tests,db}/**/*.{ts,svelte}');
    expect(
      files.filter((file) => file !== 'tests/architecture.test.ts' && silenced.test(read(file))),
    ).toEqual([]);
  });
});

describe('pages', () => {
  const components = ownSources('web/src/**/*.svelte');

  test('no component holds a sentence of the interface', () => {
    const sentences = components.flatMap((file) => wordsIn(read(file)).map((words) => `${file}: ${words}`));
    expect(sentences).toEqual([]);
  });

  test('no form leaves its checks to the browser, which shows one error at a time, in its own language', () => {
    const field =
      /<(Text(Field|Area|Input)|\w*Field|Select|textarea|input(?![^>]*"(hidden|radio|checkbox)"))\b/;
    const forms = components.flatMap((file) =>
      [...read(file).matchAll(/<form\b.*?<\/form>/gs)].map(([form]) => ({ file, form })),
    );
    const wrong = forms.filter(
      ({ form }) =>
        /\srequired[\s/>=]/.test(form) ||
        (form.includes('method="post"') && field.test(form) && !form.includes('novalidate')),
    );
    expect(wrong).toEqual([]);
  });

  test('components take from the service types of schemas, and code only from server/common/', () => {
    // The compiler erases `import type` inside .svelte before the boundaries' tool sees it.
    const imports = /import\s+(type\s+)?[^;]*?from\s+'#(server|db)\/([^']+)'/g;
    const wrong = components.flatMap((file) =>
      [...read(file).matchAll(imports)]
        .filter(([, , area, path]) => !(area === 'server' && path!.startsWith('common/')))
        .filter(([, type, , path]) => !type || !path!.endsWith('/schema.ts'))
        .map(([line]) => `${file}: ${line}`),
    );
    expect(wrong).toEqual([]);
  });
});

/** Returns the writer of each table, a feature or the platform, by the table's names in Drizzle and in SQL. */
function ownersOfTables(): Map<string, string> {
  const declared = /export const (\w+) = pgTable\(\s*'(\w+)'/g;
  return new Map(
    ownSources('db/tables/*.ts').flatMap((file) => {
      const name = basename(file, '.ts');
      return [...read(file).matchAll(declared)].flatMap(([, variable, table]): [string, string][] => {
        const owner = OWNER_OF_TABLE[table!] ?? OWNER_OF_TABLES[name] ?? name;
        return [
          [variable!, owner],
          [table!, owner],
        ];
      });
    }),
  );
}

/** Returns the names of the tables that a source inserts into, updates or deletes from. */
function writtenTables(source: string): string[] {
  const byDrizzle = /\.(?:insert|update|delete)\(\s*(?:tables\.)?(\w+)\s*\)|\binsertRows\(\s*\w+,\s*(\w+)/g;
  const bySql =
    /\b(?:insert\s+into|delete\s+from|merge\s+into|truncate)\s+(?:\$\{)?(\w+)|\bupdate\s+(?:\$\{)?(\w+)\}?\s+(?:as\s+)?(?:\w+\s+)?set\b/gi;
  return [...source.matchAll(byDrizzle), ...source.matchAll(bySql)].map(
    ([, first, second]) => (first ?? second)!,
  );
}

/** Returns words between tags or in visible attributes that don't come from a dictionary, except our name. */
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

/** Removes expressions, however deeply nested, so that only literal text is left. */
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
