import { expect, test } from 'vitest';
import { KeptFacets } from '#server/search/memory/kept-facets.ts';
import type { Facets } from '#server/search/schema.ts';

const wide = 20_000;
const current = () => ({ mayLag: false, completeUntil: 0 });

/** Counts facets, which say how often they were counted. */
function counter() {
  let times = 0;
  const none = { categories: [], vendors: [], kinds: [], currencies: [], attributes: [], isFloor: false };
  return (): Facets => ({ ...none, inStock: (times += 1) });
}

test('facets of a wide search are counted once while nothing changes', () => {
  const kept = new KeptFacets();
  const count = counter();
  expect(kept.of('a', wide, current(), count).inStock).toBe(1);
  expect(kept.of('a', wide, current(), count).inStock).toBe(1);
  expect(kept.of('b', wide, current(), count).inStock).toBe(2);
});

test('facets of a wide search are counted again after every change', () => {
  const kept = new KeptFacets();
  const count = counter();
  kept.of('a', wide, current(), count);
  kept.noteChange();
  expect(kept.of('a', wide, current(), count).inStock).toBe(2);
  kept.noteChange(true);
  expect(kept.of('a', wide, current(), count).inStock).toBe(3);
});

test('facets of a wide search may lack what an import changes for 30 seconds, and the answer is as old as they are', () => {
  let now = 1_000;
  const kept = new KeptFacets(() => now);
  const count = counter();
  const lagging = () => ({ mayLag: true, completeUntil: now });
  kept.of('a', wide, lagging(), count);
  kept.noteChange(true);
  now += 30_000;
  const freshness = lagging();
  expect(kept.of('a', wide, freshness, count).inStock).toBe(1);
  expect(freshness.completeUntil).toBe(1_000);
  expect(kept.of('a', wide, { ...lagging(), mayLag: false }, count).inStock).toBe(2);
  now += 30_001;
  kept.noteChange(true);
  expect(kept.of('a', wide, lagging(), count).inStock).toBe(3);
});

test('facets of a wide search lack no change of few products, also during an import', () => {
  const kept = new KeptFacets();
  const count = counter();
  const lagging = () => ({ mayLag: true, completeUntil: performance.now() });
  kept.of('a', wide, lagging(), count);
  kept.noteChange(true);
  kept.noteChange();
  expect(kept.of('a', wide, lagging(), count).inStock).toBe(2);
});

test('facets of few matches are always counted', () => {
  const kept = new KeptFacets();
  const count = counter();
  kept.of('a', 9_999, current(), count);
  expect(kept.of('a', 9_999, current(), count).inStock).toBe(2);
});
