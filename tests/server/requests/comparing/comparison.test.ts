import { describe, expect, test } from 'vitest';
import { compare, listDifference } from '#server/requests/comparing/comparison.ts';
import type { Comparison } from '#server/requests/comparing/schema.ts';
import { briefAnswer, rates, requestOf } from './brief-answers.ts';

/** Returns the marks of each cell, row by row: l(owest), f(astest), c(hosen), or its state without an offer. */
function marks(comparison: Comparison): string[][] {
  return comparison.rows.map((row) =>
    row.cells.map((cell) => {
      const found = [cell.lowest && 'l', cell.fastest && 'f', cell.chosen && 'c'].filter(Boolean).join('');
      return cell.state === 'offered' ? found : cell.state;
    }),
  );
}

describe('the comparison', () => {
  const request = requestOf(
    [10, 4, 1],
    [
      briefAnswer('EUR', ['12.00@5', '9.00@9', null]),
      briefAnswer('EUR', ['11.50@7', 'declined:Sold out', '100.00@3']),
      briefAnswer('EUR', [undefined, undefined, undefined]),
    ],
  );

  test('the comparison shows gaps, missing answers, declines with their reasons, and lowest and fastest offers', () => {
    const { rows, currency, ratesOf } = compare(request, null, {});
    expect(marks({ rows } as Comparison)).toEqual([
      ['f', 'l', 'waiting'],
      ['', 'declined', 'waiting'],
      ['not_asked', '', 'waiting'],
    ]);
    expect(rows[1]?.cells[1]?.reason).toBe('Sold out');
    expect([currency, ratesOf]).toEqual(['EUR', null]);
  });

  test('an offer without others to compare it with gets no marks', () => {
    const alone = compare(requestOf([1], [briefAnswer('EUR', ['5@1'])]), null, {});
    expect(marks(alone)).toEqual([['']]);
  });

  test('the difference to the list price is in tenths of a percent, or null where none can be computed', () => {
    const price = (amount: string) => ({ amount, currency: 'EUR' });
    expect(listDifference(price('371'), price('389'))).toBe(-46);
    expect(listDifference(price('100.05'), price('100'))).toBe(1);
    expect(listDifference(price('99.95'), price('100'))).toBe(-1);
    expect(listDifference(price('10'), price('0'))).toBeNull();
    expect(listDifference(price('10'), { amount: '10', currency: 'USD' })).toBeNull();
    expect(listDifference(price('10'), null)).toBeNull();
  });
});

describe('several currencies', () => {
  const mixed = requestOf(
    [10],
    [briefAnswer('EUR', ['38.00@5']), briefAnswer('RSD', ['4400.00@9']), briefAnswer('PLN', ['160.00@2'])],
  );

  test('offers are ranked at rates whose date is named, and keep their own currencies', () => {
    const comparison = compare(mixed, rates, { choose: 'price', currency: 'EUR' });
    // 4400 RSD are 37.54 EUR, 160 PLN are 37.65 EUR.
    expect(marks(comparison)).toEqual([['', 'lc', 'f']]);
    expect([comparison.currency, comparison.ratesOf]).toEqual(['EUR', '2026-05-29']);
    expect(comparison.rows[0]?.cells.map((cell) => [cell.lineTotal, cell.converted])).toEqual([
      [{ amount: '380.00', currency: 'EUR' }, undefined],
      [
        { amount: '44000.00', currency: 'RSD' },
        { amount: '375.43', currency: 'EUR' },
      ],
      [
        { amount: '1600.00', currency: 'PLN' },
        { amount: '376.47', currency: 'EUR' },
      ],
    ]);
    expect(comparison.choice.totals).toEqual([{ amount: '44000.00', currency: 'RSD' }]);
    expect(comparison.choice.convertedTotal).toEqual({ amount: '375.43', currency: 'EUR' });
  });

  test('everything that is ordered has sums per currency, and about what they are together', () => {
    const part = (amount: string, currency: string) => ({ totals: [{ amount, currency }] });
    const ordered = [part('100.00', 'EUR'), part('11720.00', 'RSD'), part('1.50', 'EUR')];
    const request = { ...mixed, ordered: ordered as typeof mixed.ordered };
    expect(compare(request, rates, { currency: 'EUR' }).ordered).toEqual({
      totals: [
        { amount: '101.50', currency: 'EUR' },
        { amount: '11720.00', currency: 'RSD' },
      ],
      convertedTotal: { amount: '201.50', currency: 'EUR' },
    });
    expect(compare(request, null, {}).ordered.convertedTotal).toBeNull();
  });

  test.each([
    ['are not called old on the fourth day after theirs', '2026-06-02', false],
    ['are called old from the fifth day on', '2026-06-03', true],
  ])('rates %s', (_, today, isOld) => {
    expect(compare(mixed, rates, { currency: 'EUR' }, today).ratesOld).toBe(isOld);
    // Without a conversion, no rates count.
    const alone = requestOf([10], [briefAnswer('EUR', ['38.00@5'])]);
    expect(compare(alone, rates, { currency: 'EUR' }, today).ratesOld).toBe(false);
  });

  test('offers are neither ranked nor chosen by price without a rate for each currency', () => {
    for (const some of [null, { of: '2026-05-29', rates: new Map([['RSD', '117.20']]) }]) {
      const comparison = compare(mixed, some, { choose: 'price' });
      expect(marks(comparison)).toEqual([['', '', 'f']]);
      expect([comparison.currency, comparison.ratesOf]).toEqual([null, null]);
      expect(comparison.choice).toMatchObject({ lines: 0, openLines: 1, totals: [], convertedTotal: null });
      expect(compare(mixed, some, { choose: 'speed' }).choice.lines).toBe(1);
    }
  });
});

describe('alternatives and other quantities', () => {
  test('an offer that differs from what was asked is never marked, and chosen only where none is as asked', () => {
    const request = requestOf(
      [10, 10],
      [
        briefAnswer('EUR', ['10@9', 'declined:']),
        briefAnswer('EUR', ['5@1/alternative', '8@3/alternative']),
        briefAnswer('EUR', ['6@2*4', '7@5*4']),
      ],
    );
    const comparison = compare(request, null, { choose: 'price' });
    expect(marks(comparison)).toEqual([
      ['c', '', ''],
      ['declined', '', 'c'],
    ]);
    expect(comparison.rows[1]?.cells[2]).toMatchObject({ quantity: 4, lineTotal: { amount: '28.00' } });
  });
});

describe('the choice', () => {
  const request = requestOf(
    [1, 1, 1],
    [
      briefAnswer('EUR', ['10@9', '10@9', '10@9']),
      briefAnswer('EUR', ['9@20', '30@1', undefined]),
      briefAnswer('EUR', [undefined, '9@2', '8@30']),
    ],
  );
  const chosen = (query: Parameters<typeof compare>[2]) => {
    const { rows, choice } = compare(request, null, query);
    const columns = rows.map((row) => row.cells.findIndex((cell) => cell.chosen));
    return { columns, choice };
  };

  test('the choice is empty until something is chosen', () => {
    expect(chosen({})).toMatchObject({
      columns: [-1, -1, -1],
      choice: { lines: 0, openLines: 3, totals: [], byVendor: [], acceptance: [], longestLeadTimeDays: null },
    });
  });

  test('the choice goes by price, by speed, or by the fewest vendors', () => {
    expect(chosen({ choose: 'price' }).columns).toEqual([1, 2, 2]);
    expect(chosen({ choose: 'speed' }).columns).toEqual([0, 1, 0]);
    expect(chosen({ choose: 'fewest' }).columns).toEqual([0, 0, 0]);
  });

  test('the choice is summed per vendor and currency, with its longest lead time', () => {
    const { choice } = chosen({ choose: 'price' });
    expect(choice).toMatchObject({
      lines: 3,
      openLines: 0,
      byVendor: [
        { vendorName: 'Vendor 1', lines: 1, total: { amount: '9.00', currency: 'EUR' } },
        { vendorName: 'Vendor 2', lines: 2, total: { amount: '17.00', currency: 'EUR' } },
      ],
      totals: [{ amount: '26.00', currency: 'EUR' }],
      convertedTotal: null,
      longestLeadTimeDays: 30,
      acceptance: [
        { quoteId: 'quote-1', lineIds: ['line-0'] },
        { quoteId: 'quote-2', lineIds: ['line-1', 'line-2'] },
      ],
    });
  });

  test('an offer picked by hand overrides the strategy, and picks that match no offer are ignored', () => {
    expect(chosen({ pick: 'line-1:quote-0' }).columns).toEqual([-1, 0, -1]);
    expect(chosen({ choose: 'price', pick: ['line-1:quote-1', 'line-9:quote-1', 'x', ''] }).columns).toEqual([
      1, 1, 2,
    ]);
    expect(chosen({ pick: ['line-0:quote-2', 'line-0'] }).columns).toEqual([-1, -1, -1]);
  });

  test('the choice leaves out lines that are accepted and quotes that have expired', () => {
    const decided = requestOf(
      [1, 1],
      [
        briefAnswer('EUR', ['10@9', '10@9'], { accepted: [0], can: true, status: 'partly_accepted' }),
        briefAnswer('EUR', ['1@1', '1@1'], { can: false, quoteStatus: 'expired' }),
      ],
    );
    const comparison = compare(decided, null, {
      choose: 'price',
      pick: ['line-1:quote-1', 'line-0:quote-1'],
    });
    expect(marks(comparison)).toEqual([
      ['', 'expired'],
      ['c', 'expired'],
    ]);
    expect(comparison.choice).toMatchObject({ lines: 1, openLines: 0 });
    expect(comparison.rows[0]?.cells[0]).toMatchObject({ accepted: true, choosable: false });
  });
});

describe('many vendors', () => {
  test('one vendor who offers all lines is found among too many to try every set', () => {
    const vendors = Array.from({ length: 15 }, (_, vendor) =>
      briefAnswer(
        'EUR',
        Array.from({ length: 15 }, (_each, line) => (line === vendor || vendor === 7 ? '5@1' : null)),
      ),
    );
    const { rows } = compare(requestOf(Array(15).fill(1) as number[], vendors), null, { choose: 'fewest' });
    expect(new Set(rows.map((row) => row.cells.findIndex((cell) => cell.chosen)))).toEqual(new Set([7]));
  });
});
