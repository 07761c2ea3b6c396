import { expect, test } from 'vitest';
import { fromUnits, toUnits } from '#server/platform/payments/units.ts';

test.each([
  ['EUR', 1_188_000n, 11_880],
  ['RSD', 2_676_000n, 26_760],
  ['HUF', 45_000_000n, 450_000],
  ['JPY', 5_000_000n, 500],
  ['KWD', 12_500n, 1_250],
  ['ISK', 5_000_000n, 50_000],
])('an amount in %s is the provider’s number of units and back', (currency, amount, units) => {
  expect(toUnits(amount, currency)).toBe(units);
  expect(fromUnits(units, currency)).toBe(amount);
});

test.each([
  ['JPY', 5_000n],
  ['EUR', 1n],
  ['ISK', 5_000n],
  ['KWD', 12_510n],
  ['EUR', 0n],
])('an amount that %s does not have is never rounded', (currency, amount) => {
  expect(() => toUnits(amount, currency)).toThrow(RangeError);
});
