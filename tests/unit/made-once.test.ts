import { expect, test } from 'vitest';
import { madeOnce } from '#server/common/made-once.ts';

test('what was made for some values is returned for the same values, not for others', () => {
  let times = 0;
  const make = madeOnce((tag: string, options: { zone: string }) => `${tag} ${options.zone} ${(times += 1)}`);
  const first = make('en', { zone: 'UTC' });
  expect(make('en', { zone: 'UTC' })).toBe(first);
  expect(make('sr', { zone: 'UTC' })).not.toBe(first);
  expect(make('en', { zone: 'Europe/Belgrade' })).not.toBe(first);
  expect(times).toBe(3);
});

test('names that anybody can invent do not fill the memory', () => {
  let times = 0;
  const make = madeOnce((name: string) => {
    times += 1;
    return { name };
  });
  for (let n = 0; n < 5_000; n += 1) make(`name ${n}`);
  expect(times).toBe(5_000);
  // The oldest were dropped, so they are made again.
  make('name 0');
  expect(times).toBe(5_001);
});
