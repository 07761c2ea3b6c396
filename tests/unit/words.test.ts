import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { findAreas } from '../../scripts/words/files.ts';
import { generatedLists } from '../../scripts/words/lists.ts';
import { needsOfPages } from '../../scripts/words/pages.ts';

const root = join(import.meta.dirname, '../..');

const folders: string[] = [];
afterEach(() => folders.splice(0).forEach((folder) => rmSync(folder, { recursive: true })));

/** Makes a folder with these files of pages, by their path below `web/src`. */
function pagesWith(files: Record<string, string>): string {
  const folder = mkdtempSync(join(tmpdir(), 'words-'));
  folders.push(folder);
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
  test('the lists are those of the files of words and of the keys that pages use (npm run words)', async () => {
    for (const [file, text] of Object.entries(await generatedLists(root))) {
      expect(readFileSync(join(root, file), 'utf8'), file).toBe(text);
    }
  });

  test('each part that is fetched later finds its words, and each area is used by a page or part', () => {
    const { routes, parts, wordless } = needsOfPages(root);
    expect(wordless).toEqual([]);
    const used = [...Object.values(routes), ...Object.values(parts)].flat();
    const late = findAreas(root).filter(({ folder }) => /lib\/(?!i18n|shell|ui)/.test(folder));
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
      parts: { 'web/src/lib/calls/Bar.svelte': ['call'] },
      wordless: ['/: web/src/lib/calls/Bar.svelte'],
    });
    const layout = `${files['routes/+layout.ts']}\nareasOfPart('#lib/calls/Bar.svelte');`;
    expect(needsOfPages(pagesWith({ ...files, 'routes/+layout.ts': layout })).wordless).toEqual([]);
  });
});
