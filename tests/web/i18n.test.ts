import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { findAreas, isOfScreens, readArea } from '../../scripts/words/files.ts';
import { areasOf, areasOfScript, loadDictionary, type Key } from '#lib/i18n/dictionary.ts';
import { cityText, deadlineText } from '#lib/requests/deadlines.ts';
import { createI18n } from '#lib/i18n/i18n.ts';
import { localeCodes, preferredLocale, type Locale } from '#server/common/locales.ts';
import { fieldWords, refusalWords } from '#lib/i18n/refusals.ts';
import type { Word, Words } from '#server/common/words.ts';
import { features } from '#server/features.ts';
import { platformRefusals } from '#server/platform/errors.ts';

const root = new URL('../..', import.meta.url).pathname;
const dictionaries = new Map<Locale, Words>();
for (const locale of localeCodes) dictionaries.set(locale, await loadDictionary(locale));
const wordsOf = (locale: Locale): Words => dictionaries.get(locale) ?? {};

const texts = (word: Word | undefined): string[] =>
  typeof word === 'string' ? [word] : Object.values(word ?? {});
// `count` chooses the form, so a form such as "one answer" need not print it.
const parameters = (word: Word | undefined): string[] => {
  const names = texts(word).flatMap((text) => [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name ?? ''));
  return [...new Set(names)].filter((name) => name !== 'count' || typeof word === 'string').sort();
};

const i18n = async (locale: Locale, timeZone = 'Europe/Belgrade') =>
  createI18n(locale, await loadDictionary(locale), timeZone);

describe('every language', () => {
  test('every language has all words with the same parameters', () => {
    const english = wordsOf('en');
    for (const locale of localeCodes) {
      const words = wordsOf(locale);
      expect(Object.keys(words).sort()).toEqual(Object.keys(english).sort());
      const wanted = Object.entries(english).map(([key, word]) => [key, parameters(word)]);
      const given = Object.keys(english).map((key) => [key, parameters(words[key])]);
      expect(given).toEqual(wanted);
    }
  });

  test('every language has the plural forms it needs and no empty text', () => {
    for (const locale of localeCodes) {
      const forms = new Intl.PluralRules(locale).resolvedOptions().pluralCategories.toSorted();
      for (const [key, word] of Object.entries(wordsOf(locale))) {
        if (typeof word !== 'string') expect([key, Object.keys(word).sort()]).toEqual([key, forms]);
        for (const text of texts(word)) expect([key, text.trim()]).not.toEqual([key, '']);
      }
    }
  });

  test('each key belongs to one area only', () => {
    const areas = findAreas(root).filter(isOfScreens);
    for (const locale of localeCodes) {
      const keys = areas.flatMap((area) => Object.keys(readArea(root, area, locale) ?? {}));
      expect(keys.filter((key, index) => keys.indexOf(key) !== index)).toEqual([]);
      expect(keys.sort()).toEqual(Object.keys(wordsOf(locale)).sort());
    }
  });
});

describe('late areas', () => {
  test('a route has the areas of its page and of the parts around it, and an unknown one has those of the frame', () => {
    expect(areasOf('/(public)/p/[id]/[[slug]]')).toEqual(['calls', 'catalog', 'mine', 'product', 'shell']);
    // The thread beside the answer uses words of the buyer's side.
    expect(areasOf('/e/[token]')).toEqual(['answer', 'follow', 'links', 'shell']);
    // Every page of the desk shows refusals of calls.
    expect(areasOf('/agent/(desk)/calls')).toEqual(['calls', 'desk', 'shell']);
    expect(areasOf(null)).toEqual(['shell']);
  });

  test('the script of an island needs no words of the frame', () => {
    expect(areasOfScript('product')).toEqual(['calls', 'catalog', 'product']);
  });

  test('late areas are left out unless named', async () => {
    vi.resetModules();
    const { loadDictionary: load } = await import('#lib/i18n/dictionary.ts');
    const few = await load('en', ['review']);
    expect(Object.keys(few)).toContain('review.title');
    expect(Object.keys(few).filter((key) => key.startsWith('answer.'))).toEqual([]);
    // What was rendered with them before finds the words that came later.
    expect(await load('en', ['answer'])).toBe(few);
    expect(Object.keys(few)).toContain('answer.send');
  });
});

describe('words and formats', () => {
  // Times name another year than the present one.
  beforeAll(() => {
    vi.useFakeTimers({ toFake: ['Date'], now: new Date('2026-11-28T12:00:00.000Z') });
  });
  afterAll(() => {
    vi.useRealTimers();
  });

  test('numbers choose their plural form, in Serbian one, few and many', async () => {
    const { t } = await i18n('sr');
    const lines = [1, 2, 5, 11, 21, 22, 1000].map((count) => t('shell.solutionLines', { count }));
    expect(lines).toEqual([
      '1 stavka',
      '2 stavke',
      '5 stavki',
      '11 stavki',
      '21 stavka',
      '22 stavke',
      '1.000 stavki',
    ]);
  });

  test("a parameter's value is plain text, even if it looks like a parameter", async () => {
    const { t } = await i18n('en');
    expect(t('ui.remove', { name: '{name} $& <b>' })).toBe('Remove {name} $& <b>');
  });

  test('money is printed digit by digit beyond the precision of a float', async () => {
    const { money } = await i18n('en');
    expect(money({ amount: '99999999999999999.9999', currency: 'EUR' })).toBe('€99,999,999,999,999,999.9999');
    expect(money({ amount: '0.0019', currency: 'EUR' })).toBe('€0.0019');
    expect(money({ amount: '1524.50', currency: 'EUR' })).toBe('€1,524.50');
    expect(money({ amount: '1524', currency: 'JPY' })).toBe('JP¥1,524');
    const serbian = (await i18n('sr')).money({ amount: '720432.00', currency: 'RSD' });
    expect(serbian.replaceAll('\u00a0', ' ')).toBe('720.432,00 RSD');
  });

  test('money keeps the digits that the service sent, even where fewer are usual for the currency', async () => {
    const { money } = await i18n('en');
    const shown = ['RSD 1.00', 'HUF 1.50', 'JPY 1', 'EUR 0.0185'].map((text) => {
      const [currency = '', amount = ''] = text.split(' ');
      return money({ amount, currency }).replaceAll('\u00a0', ' ');
    });
    expect(shown).toEqual(['RSD 1.00', 'HUF 1.50', 'JP¥1', '€0.0185']);
  });

  test('a day stays that day in every zone, and an assumed zone is named', async () => {
    const far = await i18n('en', 'Pacific/Kiritimati');
    expect(far.date('2026-11-21')).toBe('Sat, 21 Nov 2026');
    expect(far.dateTime('2026-11-21T20:05:00.000Z')).toBe('Sun 22 Nov, 10:05');
    expect((await i18n('en', 'UTC')).dateTime('2026-11-21T20:05:00.000Z')).toBe('Sat 21 Nov, 20:05 UTC');
  });

  test('documents print days, moments and deadlines alike', async () => {
    const words = await i18n('en', 'Europe/Belgrade');
    const { date, day } = words;
    expect(date('2026-12-02')).toBe('Wed, 2 Dec 2026');
    expect(day('2026-12-02T12:00:00.000Z')).toBe('Wed, 2 Dec 2026');
    expect(deadlineText(words, '2026-12-03T00:00:00.000Z', 'Europe/London')).toBe(
      'Wed, 2 Dec 2026, 24:00 (London)',
    );
  });

  test('a time zone is named by its city in the language of the page, and one without a city by its offset', async () => {
    const zones = ['Europe/Belgrade', 'America/New_York', 'UTC', 'Etc/UTC', 'Etc/GMT+3', 'Etc/GMT-2'];
    const [en, sr] = [await i18n('en', 'UTC'), await i18n('sr', 'UTC')];
    expect(zones.map((zone) => cityText(en, zone))).toEqual([
      'Belgrade',
      'New York',
      'UTC',
      'UTC',
      'UTC-3',
      'UTC+2',
    ]);
    expect(cityText(sr, 'Europe/Belgrade')).toBe('Beograd');
  });

  test('a time of another year names its year', async () => {
    const { dateTime } = await i18n('en', 'Europe/Belgrade');
    expect(dateTime('2026-11-21T20:05:00.000Z')).toBe('Sat 21 Nov, 21:05');
    expect(dateTime('2027-03-28T21:01:00.000Z')).toBe('Sun, 28 Mar 2027, 23:01');
  });
});

describe('refusals', () => {
  test('every refusal of the service has words in every language', () => {
    const tables = [platformRefusals, ...features.map(({ refusals }) => refusals ?? {})];
    const keys = tables.flatMap((table) => Object.keys(table)).map((code) => `errors.${code}`);
    for (const locale of localeCodes) {
      expect(Object.keys(wordsOf(locale)), locale).toEqual(expect.arrayContaining(keys));
    }
  });

  const problem = { type: '', title: '', status: 422, code: 'invalid_input', detail: '' };

  test('a refusal has words by code, by field, or general ones', async () => {
    const words = await i18n('en');
    const say = (key: Key) => words.find(key);
    expect(refusalWords(words, { code: 'quote_expired' })).toBe(say('errors.quote_expired'));
    expect(refusalWords(words, { code: 'toString' })).toBe(say('errors.other'));
    const errors = [
      { path: 'contact.email', code: 'format', message: '' },
      { path: 'contact.name', code: 'required', message: '' },
      { path: 'lines.0.quantity', code: 'quantity_not_sellable', message: '' },
      { path: 'x', code: 'never_heard_of', message: '' },
    ];
    expect(fieldWords(words, { ...problem, errors })).toEqual([
      { path: 'contact.email', words: say('field.format.email') },
      { path: 'contact.name', words: say('field.required') },
      { path: 'lines.0.quantity', words: say('errors.quantity_not_sellable') },
      { path: 'x', words: say('field.other') },
    ]);
  });
});

test("the language follows the browser's preference, and related languages get Serbian", () => {
  expect(preferredLocale('de-DE,de;q=0.9,sr;q=0.5,en;q=0.3')).toBe('sr');
  expect(preferredLocale('hr-HR, en;q=0.8')).toBe('sr');
  expect(preferredLocale('en-US,en;q=0.9,sr;q=0.8')).toBe('en');
  expect(preferredLocale('sr;q=0, fr')).toBe('en');
  expect(preferredLocale(null)).toBe('en');
  expect(preferredLocale(',;q=x,,')).toBe('en');
});
