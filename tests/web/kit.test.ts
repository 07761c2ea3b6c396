import { expect, test } from 'vitest';
import { groupSuggestions } from '#lib/shell/suggestions.ts';
import { drawingOf } from '#lib/ui/categoryArt.ts';
import { linesInOrder, monogram } from '#lib/ui/partnerLine.ts';

test('suggestions of several kinds are numbered through, with all results last', () => {
  const marks = [{ from: 0, to: 1 }];
  const product = (id: string, byCode: boolean) => {
    return { id, slug: 's', code: `C-${id}`, name: id, byCode, marks: { name: marks, code: [] } };
  };
  const categories = Array.from({ length: 7 }, (_, index) => ({
    id: `${index}`,
    name: `c${index}`,
    path: `x > y > c${index}`,
    slugPath: `x/y/c${index}`,
    productCount: 9,
    marks,
  }));
  const found = {
    products: [...'abcde'].map((id) => product(id, true)).concat(product('p', false)),
    categories,
    tags: [{ tag: 'c & d', marks }],
    vendors: [],
  };
  const groups = groupSuggestions(found, 'c', 'All');
  expect(groups.map(({ name, items }) => [name, items.map(({ index }) => index)])).toEqual([
    ['codes', [0, 1, 2, 3]],
    ['products', [4]],
    ['categories', [5, 6, 7]],
    ['tags', [8]],
    ['all', [9]],
  ]);
  expect(groups[2]?.items[0]).toMatchObject({ href: '/c/x/y/c0', more: 'x › y', count: 9 });
  expect(groups[3]?.items[0]?.href).toBe('/search?q=c+%26+d');
  expect(groups[4]?.items[0]).toMatchObject({ href: '/search?q=c', text: 'All' });
});

test('without any suggestion nothing is listed', () => {
  expect(groupSuggestions({ products: [], categories: [], tags: [], vendors: [] }, 'c', 'All')).toEqual([]);
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
  expect(drawingOf('automation/sensors/proximity-sensors')).toBe('sensor');
  expect(drawingOf('electrical-engineering')).not.toBe(drawingOf('mechanical-engineering'));
  expect(drawingOf('mechanical-engineering/fasteners/screws-bolts')).toBe('bolt');
  expect(drawingOf('industrial-services/xyz')).toBe('service');
  expect(drawingOf('automation/control/plcs/i-o-modules')).toBe('io');
  expect(drawingOf('safety/hand-protection/gloves')).toBe('glove');
  expect(drawingOf('fluid-technology/valves')).toBe('valve');
  expect(drawingOf('xyz')).toBe('doc');
});
