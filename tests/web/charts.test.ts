import { expect, test } from 'vitest';
import { barsOf, roundTop, shortLabel } from '#lib/charts/bars.ts';

const size = { width: 640, height: 160, top: 5 };

test('a lone bar is no wider than one of four, and its label fits below it', () => {
  const [lone] = barsOf([5], size);
  expect(lone).toEqual(barsOf([5, 1, 1, 1], size)[0]);
  expect(lone!.width).toBeLessThan(160);
  expect(shortLabel('Sensorik Alpenglühen', 1)).toBe('Sensorik Alpenglühen');
  expect(shortLabel('Sensorik Alpenglühen Niederlassung', 1)).toHaveLength(20);
});

test('bars fill the height of their scale, and what is little is still seen', () => {
  expect(barsOf([5, 0, 0.001], size).map(({ height }) => height)).toEqual([160, 0, 1]);
  expect([0.2, 3, 11, 700].map((most) => roundTop([most]))).toEqual([1, 5, 20, 1_000]);
});
