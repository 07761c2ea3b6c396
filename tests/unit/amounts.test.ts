import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readAmount, writeAmount } from '#server/common/amounts.ts';
import * as money from '#server/common/money.ts';

const short = (typed: string, near?: string) => {
  const read = readAmount(typed, near);
  if (read.kind === 'choice') return read.readings.join(' or ');
  return read.kind === 'amount' ? read.amount : null;
};

describe('an amount as people type it', () => {
  test.each([
    ['12', '12'],
    ['12.5', '12.5'],
    ['12,5', '12.5'],
    ['12,50', '12.5'],
    ['12.50', '12.5'],
    ['007', '7'],
    ['0', '0'],
    ['0,00', '0'],
    ['0.0019', '0.0019'],
    ['.5', '0.5'],
    [',50', '0.5'],
    ['12,', '12'],
    // More digits than a group has, or a leading zero, leave one reading.
    ['1.2345', '1.2345'],
    ['1234.567', '1234.567'],
    ['0,125', '0.125'],
    ['12.5000000', '12.5'],
    // Grouped.
    ['1 234,50', '1234.5'],
    ['1\u00a0234,50', '1234.5'],
    ['1\u202f234.5678', '1234.5678'],
    ['1 234', '1234'],
    ['1.234,50', '1234.5'],
    ['1,234.50', '1234.5'],
    ["1'234.50", '1234.5'],
    ['1’234,50', '1234.5'],
    ["1'234'567", '1234567'],
    ['1.234.567', '1234567'],
    ['1,234,567', '1234567'],
    ['1,234,567.8', '1234567.8'],
    ['1.234,567', '1234.567'],
    ['12,34,567.50', '1234567.5'],
    // No cents.
    ['2.500,-', '2500'],
    ['2500,-', '2500'],
    ['25,--', '25'],
    ['25,–', '25'],
    ['2500.–', '2500'],
    ["2'500.-", '2500'],
    ['2 500,-', '2500'],
    ['2500:-', '2500'],
    ['2.500,=', '2500'],
    // With a currency.
    ['12,50 €', '12.5'],
    ['€ 12,50', '12.5'],
    ['€12.50', '12.5'],
    ['EUR 12.50', '12.5'],
    ['12.50 eur', '12.5'],
    ['1.580,50 din.', '1580.5'],
    ['RSD 1 580,50', '1580.5'],
    ['25,16 zł', '25.16'],
    ['1 234 Kč', '1234'],
    ['2.500,- €', '2500'],
    ['US$1,234.50', '1234.5'],
    ['CHF 1’234.50', '1234.5'],
    // Full-width digits, direction marks.
    ['１２．５０', '12.5'],
    ['\u202a12.50\u202c', '12.5'],
    // Two readings.
    ['12.500', '12.5 or 12500'],
    ['12,500', '12.5 or 12500'],
    ['1.234', '1.234 or 1234'],
    ['1,000', '1 or 1000'],
    ['€ 12.500', '12.5 or 12500'],
  ])('%j is read as %s', (typed, amount) => {
    expect(short(typed)).toBe(amount);
  });

  test.each([
    '',
    ' ',
    '.',
    ',',
    '-',
    '-5',
    '−5',
    '5-',
    '5-6',
    '12.5o',
    '15.9O',
    'l2',
    '1e3',
    '12²',
    '½',
    '12 50',
    '1 23',
    '12,34,5',
    '1.23.4',
    '12,50,-',
    '1.2345,-',
    '1.23456',
    '1234567890123',
    '12 pcs',
    '12/100',
    '12%',
    '€ 12 €',
    '12 EUR or so',
    'EUR',
    'about 12',
    '12.50 13.50',
  ])('%j is no amount', (typed) => {
    expect(readAmount(typed)).toEqual({ kind: 'unreadable' });
  });

  test.each([
    ['€ 5', ['EUR']],
    ['5 RSD', ['RSD']],
    ['5 kr', ['SEK', 'NOK', 'DKK', 'ISK']],
    ['$5', ['USD', 'AUD', 'CAD', 'HKD', 'MXN', 'NZD', 'SGD', 'TWD']],
    ['5', null],
  ])('the currency beside %j may be %j', (typed, currencies) => {
    expect(readAmount(typed)).toMatchObject({ kind: 'amount', currencies });
  });

  test('of two readings, the one near the evidence is proposed, and none if neither is', () => {
    const proposal = (near: string | null) => {
      const read = readAmount('12.500', near);
      return read.kind === 'choice' ? read.proposal : read;
    };
    expect(proposal('13.10')).toBe('12.5');
    expect(proposal('11900')).toBe('12500');
    expect([proposal('0.01'), proposal('9999999'), proposal('0'), proposal(null)]).toEqual([
      null,
      null,
      null,
      null,
    ]);
  });

  test('an amount that a page has written reads back the same, without a question, in every language', () => {
    const values = fc.bigInt({ min: 0n, max: 10n ** 15n });
    fc.assert(
      fc.property(
        values,
        fc.constantFrom('.', ','),
        fc.constantFrom('EUR', 'RSD', 'JPY'),
        (value, mark, currency) => {
          const read = readAmount(writeAmount(money.format(value, currency), mark));
          expect(read.kind === 'amount' ? money.parse(read.amount) : read).toBe(value);
        },
      ),
    );
  });

  test('no text is read as an amount whose digits are not those of the text, in their order', () => {
    const signs = fc.array(fc.constantFrom(..."0123456789.,' -€=:"), { maxLength: 14 });
    fc.assert(
      fc.property(signs, (typed) => {
        const text = typed.join('');
        const read = readAmount(text);
        if (read.kind === 'unreadable') return;
        const readings = read.kind === 'amount' ? [read.amount] : read.readings;
        const bare = (digits: string) => digits.replace(/\D/g, '').replace(/^0+/, '').replace(/0+$/, '');
        for (const reading of readings) expect(bare(reading)).toBe(bare(text));
      }),
    );
  });
});
