import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { costOf, formatCredit, parseCredit, secondsFor } from '#server/common/credits.ts';

const rates = fc.bigInt({ min: 1n, max: 100_000n });
const amounts = fc.bigInt({ min: 0n, max: 10_000_000n });
const times = fc.integer({ min: 0, max: 1_000_000 });

describe('the cost of seconds of support', () => {
  test('it is the rate by the minute, rounded up once to 1/100 credit', () => {
    expect([0, 1, 59, 60, 61, 726].map((seconds) => costOf(seconds, 100n))).toEqual([
      0n,
      2n,
      99n,
      100n,
      102n,
      1210n,
    ]);
    expect(costOf(60, 250n)).toBe(250n);
  });

  test('the seconds for an amount are the most that cost no more, at any rate', () => {
    fc.assert(
      fc.property(amounts, rates, (amount, rate) => {
        const seconds = secondsFor(amount, rate);
        expect(costOf(seconds, rate) <= amount && amount < costOf(seconds + 1, rate)).toBe(true);
      }),
      { numRuns: 5_000 },
    );
  });

  test('longer never costs less, and parts together never less than the whole', () => {
    fc.assert(
      fc.property(times, times, rates, (first, second, rate) => {
        const whole = costOf(first + second, rate);
        expect(whole >= costOf(first, rate)).toBe(true);
        expect(costOf(first, rate) + costOf(second, rate) >= whole).toBe(true);
      }),
      { numRuns: 5_000 },
    );
  });

  test('credit that is written is read as the same amount', () => {
    fc.assert(fc.property(amounts, (amount) => parseCredit(formatCredit(amount)) === amount));
    expect([formatCredit(-5n), parseCredit('7'), parseCredit('7.5')]).toEqual(['-0.05', 700n, 750n]);
    for (const wrong of ['', '-1', '1.', '.5', '1.234', '1e3', '01'])
      expect(() => parseCredit(wrong)).toThrow();
  });
});
