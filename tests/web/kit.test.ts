import { expect, test } from 'vitest';
import { groupSuggestions } from '#lib/shell/suggestions.ts';
import { drawingOf } from '#lib/ui/categoryArt.ts';
import { monogram, partnerLine } from '#lib/ui/partnerLine.ts';

test('suggestions are at most eight, numbered through their groups; empty groups are left out', () => {
  const vendors = ['a', 'b', 'c'].map((slug) => ({ id: slug, name: slug, slug }));
  const categories = Array.from({ length: 7 }, (_, index) => ({
    id: `${index}`,
    name: `c${index}`,
    path: `x > c${index}`,
    slugPath: `x/c${index}`,
  }));
  const groups = groupSuggestions({ products: [], categories, vendors });
  expect(groups.map(({ name, items }) => [name, items.map(({ index }) => index)])).toEqual([
    ['categories', [0, 1, 2, 3, 4, 5, 6]],
    ['vendors', [7]],
  ]);
});

test('a partner keeps its line colour and initials', () => {
  expect(partnerLine('17')).toBe(partnerLine('17'));
  const lines = Array.from({ length: 200 }, (_, id) => partnerLine(String(id)));
  expect(new Set(lines).size).toBe(8);
  expect(['Elektro Sever d.o.o.', 'Żabka', 'Šćepan & sin', '3M', '…'].map(monogram)).toEqual([
    'ES',
    'ŻA',
    'ŠS',
    '3M',
    '?',
  ]);
});

test('a category uses the drawing of its nearest level that has one', () => {
  expect(drawingOf('Automation > Sensors > Proximity sensors')).toBe('sensor');
  expect(drawingOf('Mechanical Engineering > Fasteners > Screws & bolts')).toBe('bolt');
  expect(drawingOf('Industrial Services > Xyz')).toBe('service');
  expect(drawingOf('Xyz')).toBe('doc');
});
