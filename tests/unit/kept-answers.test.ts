import { describe, expect, test } from 'vitest';
import { createKeptAnswers } from '#server/search/serving/kept-answers.ts';

const importing = () => Promise.resolve(true);
const idle = () => Promise.resolve(false);
const first = { all: 1, small: 1 };
const afterLarge = { all: 2, small: 1 };

describe('an answer of the search process', () => {
  test('is kept while the index stays the same', async () => {
    const kept = createKeptAnswers();
    kept.keep('lamp', 'three lamps', first, 0);
    expect(await kept.find('lamp', first, idle)).toBe('three lamps');
    expect(await kept.find('lamps', first, idle)).toBe(null);
    expect(await kept.find('lamp', afterLarge, idle)).toBe(null);
  });

  test('is kept for 30 seconds of an import, and not once the import has ended', async () => {
    let now = 0;
    const kept = createKeptAnswers(() => now);
    kept.keep('lamp', 'three lamps', first, 0);
    now = 30_000;
    expect(await kept.find('lamp', afterLarge, importing)).toBe('three lamps');
    expect(await kept.find('lamp', afterLarge, idle)).toBe(null);
    now = 30_001;
    expect(await kept.find('lamp', afterLarge, importing)).toBe(null);
  });

  test('is not kept beyond a small change, also during an import', async () => {
    const kept = createKeptAnswers();
    kept.keep('lamp', 'three lamps', first, 0);
    expect(await kept.find('lamp', { all: 3, small: 2 }, importing)).toBe(null);
  });

  test('is kept for less time if it lacked changes from the beginning', async () => {
    let now = 100_000;
    const kept = createKeptAnswers(() => now);
    kept.keep('lamp', 'three lamps', first, 80_000);
    now += 10_000;
    expect(await kept.find('lamp', afterLarge, importing)).toBe('three lamps');
    now += 1;
    expect(await kept.find('lamp', afterLarge, importing)).toBe(null);
  });
});
