import { describe, expect, test, vi } from 'vitest';
import { foldForIndex } from '#server/platform/fold.ts';
import { insert, membersOf } from '#server/search/memory/bits.ts';
import { Catalogue } from '#server/search/memory/catalogue.ts';
import { Grams } from '#server/search/memory/grams.ts';
import { productsWithAll } from '#server/search/memory/matching.ts';
import { createMemoryIndex } from '#server/search/memory/memory-index.ts';
import { Parts } from '#server/search/memory/parts.ts';
import { pageByRelevance } from '#server/search/memory/relevance.ts';
import { Scratch } from '#server/search/memory/scratch.ts';
import { smallest, smallestKeys } from '#server/search/memory/smallest.ts';
import { suggestionsFor } from '#server/search/memory/suggesting.ts';
import { parseSearch, parseText } from '#server/search/rules.ts';
import { draw, pick, productOf, some, surroundings, syllables } from './index-products.ts';

/* What one search may take of the index, whatever is typed, and that what is kept between searches is right. */

describe('a long text', () => {
  const common = [...new Set(some(300, () => some(3 + draw(4), () => pick(syllables)).join('')))];
  const long = common.join(' ');
  const held = [...new Set(common.flatMap((word) => foldForIndex(word).split(' ')))].join(' ');
  const products = some(3_000, () => 0).map((_, at) => ({
    ...productOf(at + 1),
    nameFolded: held,
    searchText: held,
  }));
  const unheld = common.map((word) => `${word}đđđ`).join(' ');

  test.each([
    ['that products hold', long, 3_000],
    ['that nothing holds', unheld, 0],
    ['of which only the last word is held by nothing', `${long} x${'y'.repeat(9)}`, 0],
  ])('%s takes a limited number of sets', (_, q, number) => {
    const catalogue = new Catalogue();
    const parts = new Parts(catalogue);
    for (const product of products) catalogue.put(product);
    catalogue.settle();
    catalogue.scratch.begin(catalogue.documents.capacity);
    const wanted = parseSearch({ q, sort: 'relevance', page: 1, perPage: 5 });
    // As entered: the longest come first in a search, which would be the one that nothing holds.
    const { words } = parseText(q);
    const matches = productsWithAll(catalogue, parts, words);
    expect(membersOf(matches)).toHaveLength(number);
    expect(pageByRelevance(catalogue, parts, { ...wanted, words }, matches)).toHaveLength(
      Math.min(5, number),
    );
    suggestionsFor(catalogue, parts, parseText(q));
    const set = catalogue.documents.live.bytes;
    expect(catalogue.scratch.bytes / set).toBeLessThan(300);
  });

  test('reads no word after the one that nothing holds', () => {
    const index = createMemoryIndex();
    index.surround(surroundings);
    index.put(products);
    const spied = vi.spyOn(Grams.prototype, 'textsWith');
    index.suggest(parseText(`nowhere ${long}`));
    const asked = spied.mock.calls.map(([part]) => part);
    spied.mockRestore();
    expect(asked).toEqual(['nowhere']);
  });
});

test('facets of a wide search hold every change at once', () => {
  const index = createMemoryIndex();
  index.surround(surroundings);
  index.put(some(10_200, () => 0).map((_, at) => ({ ...productOf(at + 1), kind: 'product' as const })));
  const kinds = () => index.find(parseSearch({ q: '', sort: 'relevance', page: 1, perPage: 1 })).facets.kinds;
  expect(kinds()).toEqual([{ kind: 'product', count: 10_200 }]);
  index.put([{ ...productOf(1), kind: 'service' }]);
  expect(kinds()).toEqual([
    { kind: 'product', count: 10_199 },
    { kind: 'service', count: 1 },
  ]);
});

test('a digit suggests the products with the first of all codes that begin with it', () => {
  const index = createMemoryIndex();
  index.surround(surroundings);
  const products = some(2_500, () => 0).map((_, at) => ({
    ...productOf(at + 1),
    code: `5${at}`,
    codes: [`${5_000_000 - 7 * at}`, `9${pick(['', '-', '/', 'é'])}${at}`],
    categoryId: 1 + (at % 3),
  }));
  index.put(products);
  index.remove(products.slice(-20).map(({ id }) => id));
  const left = products.slice(0, -20);
  for (const [typed, own] of [
    ['9', 1],
    ['9-', 1],
    ['49', 0],
  ] as const) {
    const begun = left
      .map(({ id, codes }) => ({ id: String(id), code: codes[own] ?? '' }))
      .filter(({ code }) => code.startsWith(typed))
      .toSorted((a, b) => Buffer.compare(Buffer.from(a.code), Buffer.from(b.code)));
    const shown = index.suggest(parseText(typed)).products.filter(({ byCode }) => byCode);
    expect(shown.map(({ id }) => id).toSorted(), typed).toEqual(
      begun
        .slice(0, 4)
        .map(({ id }) => id)
        .toSorted(),
    );
  }
});

test('an index is wasteful once a quarter of its words and codes are of products that have gone', () => {
  const index = createMemoryIndex();
  index.surround(surroundings);
  const products = some(12_000, () => 0).map((_, at) => ({
    ...productOf(at + 1),
    nameFolded: `lamp ${at}x`,
    searchText: `lamp ${at}x`,
    codes: [`${at}y`],
  }));
  const remove = (from: number, to: number) => index.remove(products.slice(from, to).map(({ id }) => id));
  index.put(products);
  expect(index.isWasteful()).toBe(false);
  remove(0, 2_700);
  expect(index.isWasteful()).toBe(false);
  remove(2_700, 3_300);
  expect(index.isWasteful()).toBe(true);
});

test('the smallest members are those that come first when all are sorted', () => {
  const members = Array.from({ length: 3_000 }, () => draw(1_000));
  const falling = (a: number, b: number) => b - a;
  for (const most of [0, 1, 16, 300, 5_000]) {
    expect(smallest(members, most, falling)).toEqual(members.toSorted(falling).slice(0, most));
    expect([...smallestKeys(Float64Array.from(members), most)]).toEqual(
      members.toSorted((a, b) => a - b).slice(0, most),
    );
  }
});

test('of the sets of a search 64 are kept for the next', () => {
  const scratch = new Scratch();
  scratch.begin(3_200);
  for (let taken = 0; taken < 500; taken += 1) scratch.empty();
  scratch.begin(3_200);
  const set = scratch.empty();
  expect(scratch.bytes).toBe(64 * set.bytes);
  insert(set, 3_199);
  expect([...membersOf(scratch.copyOf(set))]).toEqual([3_199]);
});
