import { afterEach, expect, test } from 'vitest';
import { keptByLocale } from '#lib/server/kept.ts';
import { callInProcessKey } from '#server/common/in-process.ts';

const shared = globalThis as { [name: symbol]: unknown };
const former = shared[callInProcessKey];
afterEach(() => {
  shared[callInProcessKey] = former;
});

test('an answer is kept for each language, of one service', async () => {
  const kept = keptByLocale<number>();
  let asked = 0;
  const ask = () => Promise.resolve((asked += 1));
  expect([await kept('en', ask), await kept('en', ask), await kept('sr', ask)]).toEqual([1, 1, 2]);
  shared[callInProcessKey] = () => 'another service';
  expect([await kept('en', ask), await kept('en', ask)]).toEqual([3, 3]);
});

test('a failure is not kept', async () => {
  const kept = keptByLocale<number>();
  await expect(kept('en', () => Promise.reject(new Error('away')))).rejects.toThrow('away');
  expect(await kept('en', () => Promise.resolve(7))).toBe(7);
});
