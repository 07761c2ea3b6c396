import { expect, test } from 'vitest';
import { loadDictionary } from '#lib/i18n/dictionary.ts';
import { createI18n } from '#lib/i18n/i18n.ts';
import { namingOf } from '#lib/requests/naming.ts';
import { ratesSource } from '#lib/ui/ratesSource.ts';

const line = (position: number, name: string) => ({ position, product: { name } });

test('the name of a request counts its lines, also two of the same product and one asked of two partners', () => {
  const parts = [
    { lines: [line(2, 'Motor'), line(3, 'Bearing')] },
    { lines: [line(1, 'Bearing'), line(2, 'Motor'), line(4, 'Sensor')] },
  ];
  expect(namingOf({ lineCount: 4, parts })).toEqual({ first: 'Bearing', count: 3 });
  expect(namingOf({ lineCount: 1, parts: [{ lines: [line(1, 'Motor')] }] })).toEqual({
    ...{ first: 'Motor', count: 0 },
  });
  expect(namingOf({ lineCount: 0, parts: [] })).toEqual({ first: '', count: 0 });
});

test.each([
  ['en', 'ECB, demo data'],
  ['sr', 'ECB, demo podaci'],
] as const)(
  'the rates of the demo catalogue are named in %s, those of publishers as they are',
  async (locale, words) => {
    const i18n = createI18n(locale, await loadDictionary(locale), 'UTC');
    expect(ratesSource('ECB, demo file', i18n)).toBe(words);
  },
);
