import { expect, test } from 'vitest';
import { KeptFacets } from '#server/search/memory/kept-facets.ts';
import type { Facets } from '#server/search/schema.ts';

const wide = 20_000;

/** Counts facets, which say how often they were counted. */
function counter() {
  let times = 0;
  const none = { categories: [], vendors: [], kinds: [], currencies: [], attributes: [], isFloor: false };
  return (): Facets => ({ ...none, inStock: (times += 1) });
}

test('facets of a wide search are counted once while nothing changes', () => {
  const kept = new KeptFacets();
  const count = counter();
  expect(kept.of('a', wide, count).inStock).toBe(1);
  expect(kept.of('a', wide, count).inStock).toBe(1);
  expect(kept.of('b', wide, count).inStock).toBe(2);
});

test('facets of a wide search are counted again after every change', () => {
  const kept = new KeptFacets();
  const count = counter();
  kept.of('a', wide, count);
  kept.noteChange();
  expect(kept.of('a', wide, count).inStock).toBe(2);
});

test('facets of few matches are always counted', () => {
  const kept = new KeptFacets();
  const count = counter();
  kept.of('a', 9_999, count);
  expect(kept.of('a', 9_999, count).inStock).toBe(2);
});
