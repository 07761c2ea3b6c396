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

test('a partner has one colour in every document, and no two partners of a document look the same', () => {
  const ids = Array.from({ length: 16 }, (_, id) => String(id + 100));
  const lineOf = linesInOrder(() => [...ids, ids[0]!]);
  expect(new Set(ids.map(lineOf)).size).toBe(ids.length);
  const colourOf = (line: string) => line.split(' ')[0];
  const colours = ids.map((id) => colourOf(lineOf(id)));
  expect(new Set(colours).size).toBe(8);
  expect(ids.map((id) => colourOf(linesInOrder(() => [])(id)))).toEqual(colours);
  expect(ids.toReversed().map((id) => colourOf(linesInOrder(() => ids.toReversed())(id)))).toEqual(
    colours.toReversed(),
  );
  const ofOneColour = Array.from({ length: 400 }, (_, id) => String(id)).filter(
    (id) => colourOf(linesInOrder(() => [])(id)) === 'partner-line-1',
  );
  const many = ofOneColour.slice(0, 32);
  expect(new Set(many.map(linesInOrder(() => many))).size).toBe(32);
  // One that joins later changes no other's line.
  let known: readonly string[] = ids.slice(0, 3);
  const later = linesInOrder(() => known);
  const before = known.map(later);
  known = ids;
  expect(ids.slice(0, 3).map(later)).toEqual(before);
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
