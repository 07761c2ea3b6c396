import { expect, test } from 'vitest';
import { groupSuggestions } from '#lib/shell/suggestions.ts';
import { drawingOf } from '#lib/ui/categoryArt.ts';
import { linesInOrder, monogram } from '#lib/ui/partnerLine.ts';

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

test('partners get their colours in the order in which a document shows them: the first eight differ', () => {
  const ids = Array.from({ length: 9 }, (_, index) => `partner-${index * 7}`);
  const lineOf = linesInOrder(() => [...ids, ids[0]!]);
  expect(ids.map(lineOf)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 1].map((line) => `partner-line-${line}`));
  // One that joins later takes no colour away.
  const shown = ['a', 'b'];
  let known: readonly string[] = shown;
  const later = linesInOrder(() => known);
  expect(later('b')).toBe('partner-line-2');
  known = [...shown, 'c'];
  expect(['b', 'c'].map(later)).toEqual(['partner-line-2', 'partner-line-3']);
});

test('a partner’s tile has its initials', () => {
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
