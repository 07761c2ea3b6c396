import { describe, expect, test } from 'vitest';
import { creditText } from '#lib/credits/creditText.ts';
import { ApiError } from '#lib/api/problem.ts';
import { creditOf, moneyOf, readingsOf } from '#lib/credits/amounts.ts';

/** Returns the field and code of the refusal that a call throws. */
function refusalOf(call: () => unknown): [string, string] | undefined {
  try {
    call();
  } catch (cause) {
    if (!(cause instanceof ApiError)) throw cause;
    const [error] = cause.problem.errors ?? [];
    return error && [error.path, error.code];
  }
}

describe('what staff type of a payment', () => {
  test.each(['118,80', '118.80 €', 'EUR 118.8', ' 118.80 '])('an amount is read: %s', (typed) => {
    expect(Number(moneyOf(typed, 'EUR'))).toBe(118.8);
  });

  test.each(['12.500', '12,500', '1.250'])('an amount with two readings is never counted: %s', (typed) => {
    expect(refusalOf(() => moneyOf(typed, 'EUR'))).toEqual(['amount.amount', 'amount_ambiguous']);
  });

  test.each(['118.80 USD', 'RSD 118,80', '$12.500'])(
    'an amount in another currency is refused: %s',
    (typed) => {
      expect(refusalOf(() => moneyOf(typed, 'EUR'))).toEqual(['amount.currency', 'other_currency']);
    },
  );

  test('both readings of an amount are written so that each has one', () => {
    expect(readingsOf('12.500', 'en')).toEqual({ whole: '12500', decimal: '12.50' });
    expect(readingsOf('1,250', 'sr-Latn-RS')).toEqual({ whole: '1250', decimal: '1,25' });
    for (const written of ['12500', '12.50']) expect(Number(moneyOf(written, 'EUR'))).toBe(Number(written));
  });

  test('credit is read without a currency', () => {
    expect([creditOf('12,5'), creditOf('12.500'), creditOf('5 EUR')]).toEqual(['12.5', '12.500', '5 EUR']);
  });
});

test('credit that was taken has a true minus sign, as amounts beside it have', () => {
  expect(creditText('en-GB', '-12.1')).toBe('−12.10');
  expect(creditText('sr-Latn', '-0.17')).toBe('−0,17');
  expect(creditText('en-GB', '30', 'always')).toBe('+30.00');
});
