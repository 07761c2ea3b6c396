import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import * as money from '#server/common/money.ts';

describe('money', () => {
  test('amounts keep four places and show at least the minor digits, no further zeros', () => {
    expect(money.format(money.parse('12.5'), 'EUR')).toBe('12.50');
    expect(money.format(money.parse('0.0019'), 'EUR')).toBe('0.0019');
    expect(money.format(money.parse('0.1900'), 'EUR')).toBe('0.19');
    expect(money.format(money.parse('1500.0000'), 'JPY')).toBe('1500');
    expect(money.format(money.parse('0.5000'), 'JPY')).toBe('0.5');
    expect(money.format(-money.parse('3'), 'EUR')).toBe('-3.00');
  });

  test('only plain decimal strings are amounts', () => {
    for (const good of ['0', '1', '12.50', '0.0019', '999999999999.9999'])
      expect(money.isAmount(good)).toBe(true);
    for (const bad of [
      '',
      '-1',
      '+1',
      '1.',
      '.5',
      '01',
      '1e3',
      '1,50',
      '1.00001',
      ' 1',
      'NaN',
      '1234567890123',
    ]) {
      expect(money.isAmount(bad), bad).toBe(false);
    }
  });

  test('a line is rounded once, half away from zero, to the minor unit', () => {
    expect(money.lineTotal(money.parse('0.0185'), 100, 'EUR')).toBe(money.parse('1.85'));
    expect(money.lineTotal(money.parse('0.0050'), 1, 'EUR')).toBe(money.parse('0.01'));
    expect(money.lineTotal(money.parse('0.0049'), 1, 'EUR')).toBe(money.parse('0'));
    expect(money.lineTotal(money.parse('0.3333'), 3, 'EUR')).toBe(money.parse('1.00'));
    expect(money.lineTotal(money.parse('10.5000'), 1, 'JPY')).toBe(money.parse('11'));
  });

  test('the price at a quantity is that of the last break reached', () => {
    const breaks = [
      [1, '38.5'],
      [10, '35'],
      [50, '30.25'],
    ] as [number, string][];
    expect(money.priceAt('40', breaks, 1)).toBe(money.parse('38.5'));
    expect(money.priceAt('40', breaks, 9)).toBe(money.parse('38.5'));
    expect(money.priceAt('40', breaks, 10)).toBe(money.parse('35'));
    expect(money.priceAt('40', breaks, 5_000)).toBe(money.parse('30.25'));
    expect(money.priceAt('40', [], 3)).toBe(money.parse('40'));
    expect(money.priceAt(null, breaks, 3)).toBeNull();
  });

  test('conversion needs both dated rates and rounds to the target currency', () => {
    const rates = new Map([
      ['RSD', '117.20'],
      ['PLN', '4.25'],
    ]);
    expect(money.convert(money.parse('117.20'), 'RSD', 'EUR', rates)).toBe(money.parse('1'));
    expect(money.convert(money.parse('10'), 'EUR', 'PLN', rates)).toBe(money.parse('42.50'));
    expect(money.convert(money.parse('10'), 'CHF', 'EUR', rates)).toBeNull();
    expect(money.convert(money.parse('7'), 'CHF', 'CHF', rates)).toBe(money.parse('7'));
  });

  test('conversion rounds the exact quotient once', () => {
    const rates = new Map([['RSD', '117.20']]);
    // 0.244966 EUR: rounding to four places on the way would make it 0.2450 and then 0.25.
    expect(money.convert(money.parse('28.71'), 'RSD', 'EUR', rates)).toBe(money.parse('0.24'));
    expect(money.convert(-money.parse('28.71'), 'RSD', 'EUR', rates)).toBe(-money.parse('0.24'));
    for (let cents = 1n; cents <= 500_000n; cents += 1n) {
      const converted = money.convert(cents * 100n, 'RSD', 'EUR', rates);
      // In cents: the nearest whole number to cents / 117.20, halves up.
      const exact = (2n * cents * 100n + 11_720n) / (2n * 11_720n);
      if (converted !== exact * 100n) expect.fail(`${cents} RSD cents give ${converted}, not ${exact} cents`);
    }
  });

  test('a converted amount is never more than half a minor unit off the exact quotient', () => {
    const rate = fc.integer({ min: 1, max: 10 ** 9 }).map((millionths) => (millionths / 10 ** 6).toFixed(6));
    const scaled = (text: string) => BigInt(text.replace('.', ''));
    fc.assert(
      fc.property(
        fc.bigInt({ min: 0n, max: 10n ** 15n }),
        rate,
        rate,
        fc.constantFrom('EUR', 'JPY'),
        (value, from, other, to) => {
          const rates = new Map([
            ['USD', from],
            ['JPY', other],
          ]);
          const converted = money.convert(value, 'USD', to, rates) ?? -1n;
          const toRate = to === 'EUR' ? 1_000_000n : scaled(other);
          const minorUnit = to === 'EUR' ? 100n : 10_000n;
          const off = converted * scaled(from) - value * toRate;
          const half = (minorUnit * scaled(from)) / 2n;
          expect(converted % minorUnit).toBe(0n);
          expect(off <= half && off >= -half).toBe(true);
        },
      ),
    );
  });

  test('parsing and formatting any amount gives the same text', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 10n ** 15n }), (value) => {
        expect(money.parse(money.format(value, 'EUR'))).toBe(value);
      }),
    );
  });

  test('a line total is never more than half a minor unit off the exact product', () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: 0n, max: 10n ** 9n }),
        fc.integer({ min: 1, max: 10 ** 9 }),
        (price, quantity) => {
          const difference = money.lineTotal(price, quantity, 'EUR') - price * BigInt(quantity);
          expect(difference <= 50n && difference >= -50n).toBe(true);
        },
      ),
    );
  });
});
