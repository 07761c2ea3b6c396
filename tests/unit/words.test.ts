import { cpSync, globSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { checkWords } from '../../scripts/words/check.ts';
import { exportWords, importWords } from '../../scripts/words/exchange.ts';
import { findAreas, readArea } from '../../scripts/words/files.ts';
import { needsOfPages } from '../../scripts/words/pages.ts';
import { faultsOf } from '../../scripts/words/rules.ts';

const root = join(import.meta.dirname, '../..');

const folders: string[] = [];
afterEach(() => folders.splice(0).forEach((folder) => rmSync(folder, { recursive: true })));

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'words-'));
  folders.push(folder);
  return folder;
}

/** Makes a folder with these files of pages, by their path below `web/src`. */
function pagesWith(files: Record<string, string>): string {
  const folder = newFolder();
  for (const [path, text] of Object.entries(files)) {
    const file = join(folder, 'web/src', path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
  return folder;
}

const component = (script: string, markup = '') => `<script lang="ts">${script}</script>\n${markup}`;
const words = (...keys: string[]) =>
  `export const words = { ${keys.map((key) => `'${key}': 'Text'`).join(', ')} } as const;`;

describe('the areas of pages', () => {
  test('each part that is fetched later finds its words, and each area is used by a page or part', () => {
    const { routes, parts, wordless } = needsOfPages(root);
    expect(wordless).toEqual([]);
    // The suggestions are printed by an endpoint, which is no page.
    const used = ['suggestions', ...Object.values(routes).flat(), ...Object.values(parts).flat()];
    const late = findAreas(root).filter(({ folder }) => /lib\/(?!i18n|ui)/.test(folder));
    expect([...new Set(used)].sort()).toEqual(late.map(({ name }) => name).sort());
  });

  test('a page needs the areas of all it imports, of its layouts and of its error page', () => {
    const folder = pagesWith({
      'lib/shop/words/en/shop.ts': words('shop.title', 'shop.state.sold'),
      'lib/shop/words/en/offer.ts': words('offer.price'),
      'lib/desk/words/en/desk.ts': words('desk.nav'),
      'lib/desk/words/en/note.ts': words('note.text'),
      'lib/failed/words/en/failed.ts': words('failed.title'),
      'lib/shop/Price.svelte': component('', "<b>{t('offer.price')}</b>"),
      'lib/shop/price.ts': "import Price from './Price.svelte';\nexport { Price };",
      'lib/desk/Note.svelte': component('', '<Label word="note.text" />'),
      'routes/+layout.svelte': component(''),
      'routes/(shop)/+page.svelte': component(
        "import { Price } from '#lib/shop/price.ts'; import type Note from '#lib/desk/Note.svelte';",
        '<i>{t(`shop.state.${state}`)}</i>',
      ),
      'routes/desk/+layout.ts': "export const load = ({ t }) => t('desk.nav');",
      'routes/desk/+error.svelte': component('', "{t('failed.title')}"),
      'routes/desk/notes/[id]/+page.svelte': component(
        "import Note from '#lib/desk/Note.svelte';",
        '<Note />',
      ),
      'routes/empty/+page.svelte': component('', '<a href="/desk.nav">No key of its own</a>'),
    });
    expect(needsOfPages(folder).routes).toEqual({
      '/(shop)': ['offer', 'shop'],
      '/desk/notes/[id]': ['desk', 'failed', 'note'],
      '/empty': [],
    });
  });

  test('a part that shows refusals needs those of its own feature', () => {
    const folder = pagesWith({
      'lib/i18n/refusals.ts': 'export const refusalWords = (find, code) => find(`errors.${code}`);',
      'lib/calls/words/en/calls.ts': words('calls.title', 'errors.busy'),
      'lib/shop/words/en/shop.ts': words('shop.title', 'errors.sold'),
      'lib/calls/Call.svelte': component("import { refusalWords } from '#lib/i18n/refusals.ts';"),
      'lib/calls/times.ts': 'export const seconds = 1;',
      'routes/call/+page.svelte': component("import Call from '#lib/calls/Call.svelte';"),
      'routes/other/+page.svelte': component("import { seconds } from '#lib/calls/times.ts';"),
    });
    expect(needsOfPages(folder).routes).toEqual({ '/call': ['calls'], '/other': [] });
  });

  test('a part that is fetched later is reported until a page brings its words along', () => {
    const files = {
      'lib/calls/words/en/call.ts': words('call.title'),
      'lib/calls/Bar.svelte': component('', "{t('call.title')}"),
      'routes/+page.svelte': component(''),
      'routes/+layout.ts': "export const load = () => import('#lib/calls/Bar.svelte');",
    };
    expect(needsOfPages(pagesWith(files))).toEqual({
      routes: { '/': [] },
      scripts: {},
      parts: { 'web/src/lib/calls/Bar.svelte': ['call'] },
      brought: [],
      wordless: ['/: web/src/lib/calls/Bar.svelte'],
    });
    const layout = `${files['routes/+layout.ts']}\nareasOfPart('#lib/calls/Bar.svelte');`;
    expect(needsOfPages(pagesWith({ ...files, 'routes/+layout.ts': layout }))).toMatchObject({
      brought: ['web/src/lib/calls/Bar.svelte'],
      wordless: [],
    });
  });
});

describe('the check of words', () => {
  test('finds nothing wrong in this repository, and its lists of areas are new (npm run words)', async () => {
    expect((await checkWords(root)).faults).toEqual([]);
  });

  test('names keys that are missing, unknown, doubled or unused, missing files and old lists', async () => {
    const folder = pagesWith({
      'lib/shop/words/en/shop.ts': words('shop.title', 'shop.old', 'shop.state.sold', 'shop.state.new'),
      'lib/shop/words/sr/shop.ts': words('shop.title', 'shop.old', 'shop.state.sold', 'shop.extra'),
      'lib/desk/words/en/desk.ts': words('shop.title'),
      'routes/+page.svelte': component('', "{t('shop.title')} {t(`shop.state.${state}`)}"),
    });
    const { faults } = await checkWords(folder);
    expect(faults).toEqual([
      'web/src/lib/desk/words/sr/desk.ts is missing',
      'web/src/lib/shop/words/sr/shop.ts: shop.state.new is missing',
      'web/src/lib/shop/words/sr/shop.ts: shop.extra is not in the original',
      'web/src/lib/shop/words/en/shop.ts: shop.title stands in web/src/lib/desk/words/en/desk.ts too',
      'web/src/lib/shop/words/en/shop.ts: shop.old is not used',
      'web/src/lib/i18n/generated/areas.ts is old: npm run words',
      'web/src/lib/i18n/generated/common.en.ts is old: npm run words',
      'web/src/lib/i18n/generated/common.sr.ts is old: npm run words',
    ]);
  });

  test('a refusal without its code in the service is left over, and a key of any word is too broad', async () => {
    const folder = pagesWith({
      'lib/shop/words/en/shop.ts': words('errors.sold', 'errors.gone'),
      'lib/shop/words/sr/shop.ts': words('errors.sold', 'errors.gone'),
      'lib/desk/words/en/desk.ts': words('desk.nav', 'desk.title'),
      'lib/desk/words/sr/desk.ts': words('desk.nav', 'desk.title'),
      'routes/+page.svelte': component(
        "const code = 'sold';",
        '{find(`errors.${code}`)} {t(`desk.${what}`)}',
      ),
    });
    const { faults } = await checkWords(folder);
    expect(faults).toContain('web/src/lib/shop/words/en/shop.ts: errors.gone is not used');
    expect(faults).not.toContain('web/src/lib/shop/words/en/shop.ts: errors.sold is not used');
    expect(faults).toContain(
      'web/src/routes/+page.svelte: `desk.…` may be any word of "desk": name the keys',
    );
  });

  test('a translation has the forms of its language and the parameters of the original', () => {
    const lines = { one: '{count} line of {name}', other: '{count} lines of {name}' };
    const stavke = { one: 'stavka: {name}', few: '{count} stavke: {name}', other: '{count} stavki: {name}' };
    expect(faultsOf(lines, stavke, 'sr')).toEqual([]);
    expect(faultsOf(lines, lines, 'sr')).toEqual(['lacks the form "few"']);
    expect(faultsOf(lines, stavke, 'de')).toEqual(['has the form "few", which the language has not']);
    expect(faultsOf(lines, { ...stavke, few: '{count} stavke' }, 'sr')).toEqual(['lacks {name}']);
    expect(faultsOf(lines, '{count} stavki', 'sr')).toEqual(['needs plural forms']);
    expect(faultsOf('{a} of {b}', '{b} od {c}', 'sr')).toEqual([
      'lacks {a}',
      'has {c}, the original has not',
    ]);
    expect(faultsOf('{a}', '{a} {', 'sr')).toEqual(['has a brace without its other one']);
    expect(faultsOf('Text', ' ', 'sr')).toEqual(['is empty']);
  });

  test('a translation is long that needs a third more room than the original', async () => {
    const file = (text: string) => `export const words = { 'shop.title': '${text}' } as const;`;
    const notesOf = async (english: string, serbian: string) => {
      const folder = pagesWith({
        'lib/shop/words/en/shop.ts': file(english),
        'lib/shop/words/sr/shop.ts': file(serbian),
      });
      return (await checkWords(folder)).notes;
    };
    expect(await notesOf('x'.repeat(100), 'x'.repeat(135))).toEqual([]);
    expect(await notesOf('x'.repeat(100), 'x'.repeat(136))).toEqual([
      'web/src/lib/shop/words/sr/shop.ts: shop.title is long: 136 characters, the original 100',
    ]);
    // Short words differ more, and what a parameter is called takes no room.
    expect(await notesOf('{parameter}', '{parameter}xxxxxxxxxx')).toEqual([]);
  });
});

describe('the table for translators', () => {
  /** Makes a folder with some words of this repository. */
  function copyOfWords(pattern = 'web/src/lib/i18n/words/{en,sr}/*.ts'): string {
    const folder = newFolder();
    for (const file of globSync(pattern, { cwd: root })) cpSync(join(root, file), join(folder, file));
    writeFileSync(join(folder, '.prettierrc'), '{ "printWidth": 110, "singleQuote": true }');
    return folder;
  }
  const wordsOf = (folder: string, locale: string) =>
    Object.fromEntries(findAreas(folder).map((area) => [area.name, readArea(folder, area, locale)]));

  test('what is exported and imported again changes no file', async () => {
    const folder = copyOfWords('{server,web/src/lib}/**/words/*/*.ts');
    const table = exportWords(folder, 'sr');
    expect(await importWords(folder, 'sr', table)).toEqual({ refused: [], skipped: [], written: [] });
    const empty = copyOfWords('{server,web/src/lib}/**/words/en/*.ts');
    expect((await importWords(empty, 'sr', table)).written).toHaveLength(findAreas(root).length);
    expect(wordsOf(empty, 'sr')).toEqual(wordsOf(root, 'sr'));
    const file = 'web/src/lib/i18n/words/sr/rating.ts';
    expect(readFileSync(join(empty, file), 'utf8')).toBe(readFileSync(join(root, file), 'utf8'));
  });

  test('parameters are placeholders, and forms that English lacks have its "other" as their source', () => {
    const table = exportWords(root, 'sr');
    expect(table).toContain(
      '<source><ph id="count">{count}</ph> pieces</source>\n' +
        '        <target state="translated"><ph id="count">{count}</ph> komada</target>\n' +
        '        <note from="developer">For a count such as 2, 3, 4, 22.</note>',
    );
  });

  test('a changed word arrives, also where a program emptied placeholders and wrote in others', async () => {
    const folder = copyOfWords();
    const table = exportWords(folder, 'sr')
      .replaceAll('<ph id="average">{average}</ph> od 5', '<x id="average"/> &amp; &lt;5&gt;')
      .replaceAll('<target state="translated">Ocena poziva', '<target><mrk mtype="seg">Ocena</mrk>');
    expect(await importWords(folder, 'sr', table)).toEqual({
      refused: [],
      skipped: [],
      written: ['web/src/lib/i18n/words/sr/rating.ts'],
    });
    const before = wordsOf(copyOfWords(), 'sr');
    expect(wordsOf(folder, 'sr')).toEqual({
      ...before,
      rating: { ...before['rating'], 'rating.of': '{average} & <5>, {ratings}', 'rating.name': 'Ocena' },
    });
  });

  test('a table with faults is refused as a whole, each fault with its key', async () => {
    const folder = copyOfWords();
    const table = exportWords(folder, 'sr')
      .replace('<target state="translated">Ocena poziva', '<target>Nova ocena')
      .replace('<ph id="average">{average}</ph> od 5', '<ph id="average">{prosek}</ph> od 5')
      .replace('id="rating.count[few]"', 'id="rating.count[many]"')
      .replace('id="rating.none"', 'id="rating.nothing"');
    const file = 'web/src/lib/i18n/words/sr/rating.ts';
    expect(await importWords(folder, 'sr', table)).toEqual({
      refused: [
        `${file}: rating.nothing is no word of the original`,
        `${file}: rating.of lacks {average}`,
        `${file}: rating.of has {prosek}, the original has not`,
        `${file}: rating.count has the form "many", which the language has not`,
      ],
      skipped: [],
      written: [],
    });
    expect(wordsOf(folder, 'sr')).toEqual(wordsOf(copyOfWords(), 'sr'));
    expect((await importWords(folder, 'de', table)).refused).toEqual(['The table is in sr-Latn-RS, not de']);
    await expect(importWords(folder, 'sr', '<xliff version="2.0"/>')).rejects.toThrow('no XLIFF 1.2');
    await expect(importWords(folder, 'sr', 'words')).rejects.toThrow("can't be read");
  });

  test('words that a table does not translate stay, and so do those whose original has changed', async () => {
    const folder = copyOfWords();
    const table = exportWords(folder, 'sr')
      .replace('<target state="translated">Ocena poziva</target>', '<target/>')
      .replace('<source>no ratings yet', '<source>nothing yet');
    expect(await importWords(folder, 'sr', table)).toEqual({
      refused: [],
      skipped: ['web/src/lib/i18n/words/sr/rating.ts: rating.none, since the original has changed'],
      written: [],
    });
  });

  test('a new language is exported with empty targets in its own forms and imported into new files', async () => {
    const folder = copyOfWords('web/src/lib/i18n/words/en/*.ts');
    const table = exportWords(folder, 'pl');
    expect(table).not.toContain('<target state="translated">');
    expect(table).toContain('id="rating.count[many]"');
    expect(await importWords(folder, 'pl', table)).toMatchObject({ refused: [], written: [] });
    const translated = table.replace(
      '<source>Call rating</source>\n        <target state="needs-translation"/>',
      '<source>Call rating</source><target>Ocena rozmów</target>',
    );
    const file = 'web/src/lib/i18n/words/pl/rating.ts';
    expect((await importWords(folder, 'pl', translated)).written).toEqual([file]);
    expect(readFileSync(join(folder, file), 'utf8')).toBe(
      `import type { Translation } from '#server/common/words.ts';
import type { words as english } from '../en/rating.ts';

export const words: Translation<typeof english> = {
  'rating.name': 'Ocena rozmów',
};
`,
    );
  });
});
