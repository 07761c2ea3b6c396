import { describe, expect, test } from 'vitest';
import { createKeptAnswers } from '#server/search/serving/kept-answers.ts';

const importing = () => Promise.resolve(true);
const idle = () => Promise.resolve(false);

describe('an answer of the search process', () => {
  test('is kept while the index stays the same', async () => {
    const kept = createKeptAnswers();
    kept.keep('lamp', 'three lamps', 1);
    expect(await kept.find('lamp', 1, idle)).toBe('three lamps');
    expect(await kept.find('lamps', 1, idle)).toBe(null);
    expect(await kept.find('lamp', 2, idle)).toBe(null);
  });

  test('is kept for 30 seconds of an import, and not once the import has ended', async () => {
    let now = 0;
    const kept = createKeptAnswers(() => now);
    kept.keep('lamp', 'three lamps', 1);
    now = 30_000;
    expect(await kept.find('lamp', 2, importing)).toBe('three lamps');
    expect(await kept.find('lamp', 2, idle)).toBe(null);
    now = 30_001;
    expect(await kept.find('lamp', 2, importing)).toBe(null);
  });
});
