import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compare } from '#server/requests/comparing/comparison.ts';
import type { Comparison } from '#server/requests/comparing/schema.ts';
import { parse } from '#server/common/money.ts';
import { briefAnswer, rates, requestOf } from './brief-answers.ts';

describe('any set of answers', () => {
  const offer = fc
    .record({
      price: fc.bigInt({ min: 0n, max: 10n ** 9n }),
      days: fc.integer({ min: 0, max: 60 }),
      kind: fc.constantFrom('', '', '', '/alternative', '*1'),
    })
    .map(
      ({ price, days, kind }) =>
        `${price / 10_000n}.${(price % 10_000n).toString().padStart(4, '0')}@${days}${kind}`,
    );
  const line = fc.oneof({ weight: 5, arbitrary: offer }, fc.constant('declined:'), fc.constant(null));
  const requests = fc
    .record({
      quantities: fc.array(fc.integer({ min: 1, max: 5_000 }), { minLength: 1, maxLength: 8 }),
      vendors: fc.array(fc.constantFrom('EUR', 'RSD', 'PLN', 'JPY'), { minLength: 1, maxLength: 5 }),
    })
    .chain(({ quantities, vendors }) =>
      fc
        .array(fc.array(line, { minLength: quantities.length, maxLength: quantities.length }), {
          minLength: vendors.length,
          maxLength: vendors.length,
        })
        .map((lines) =>
          requestOf(
            quantities,
            vendors.map((currency, index) => briefAnswer(currency, lines[index] ?? [])),
          ),
        ),
    );
  const strategies = fc.constantFrom('price' as const, 'speed' as const, 'fewest' as const, undefined);
  const someRates = fc.constantFrom(null, rates);

  test('at most one offer is chosen for each line, and the sums add up to the last digit', () => {
    fc.assert(
      fc.property(requests, someRates, strategies, (request, some, choose) => {
        const { rows, choice } = compare(request, some, { choose });
        const cells = rows.flatMap((row) => row.cells.filter((cell) => cell.chosen));
        expect(rows.every((row) => row.cells.filter((cell) => cell.chosen).length <= 1)).toBe(true);
        expect(cells.every((cell) => cell.choosable)).toBe(true);
        expect(choice.lines + choice.openLines).toBe(rows.length);
        expect(choice.acceptance.flatMap((quote) => quote.lineIds ?? [])).toHaveLength(choice.lines);
        const sums = (amounts: readonly ({ amount: string; currency: string } | undefined)[]) => {
          const byCurrency: Record<string, bigint> = {};
          for (const money of amounts) {
            if (money) byCurrency[money.currency] = (byCurrency[money.currency] ?? 0n) + parse(money.amount);
          }
          return byCurrency;
        };
        const totals = sums(choice.totals);
        expect(sums(choice.byVendor.map((part) => part.total))).toEqual(totals);
        expect(sums(cells.map((cell) => cell.lineTotal))).toEqual(totals);
      }),
    );
  });

  test('an offer marked as lowest is undercut by none of its currency for the whole quantity', () => {
    fc.assert(
      fc.property(requests, someRates, (request, some) => {
        const { rows } = compare(request, some, {});
        for (const [index, row] of rows.entries()) {
          const whole = row.cells.filter(
            (cell) =>
              cell.choosable &&
              cell.decision === 'offer' &&
              (cell.quantity ?? 0) >= (request.lines[index]?.quantity ?? 0),
          );
          for (const lowest of row.cells.filter((cell) => cell.lowest)) {
            const cheaper = whole.filter(
              (cell) =>
                cell.unitPrice?.currency === lowest.unitPrice?.currency &&
                parse(cell.unitPrice?.amount ?? '0') < parse(lowest.unitPrice?.amount ?? '0'),
            );
            // Rates round to the minor unit, so a difference below it may be a tie.
            const isTie = (cell: (typeof whole)[number]) =>
              cell.converted?.amount === lowest.converted?.amount;
            expect(some && lowest.converted ? cheaper.filter((cell) => !isTie(cell)) : cheaper).toEqual([]);
          }
        }
      }),
    );
  });

  test('"fewest" takes the smallest set of vendors and leaves out no line that is offered', () => {
    fc.assert(
      fc.property(requests, someRates, (request, some) => {
        const { rows } = compare(request, some, { choose: 'fewest' });
        const takers = rows.map((row) => row.cells.findIndex((cell) => cell.chosen));
        rows.forEach((row, index) => {
          expect((takers[index] ?? -1) >= 0).toBe(row.cells.some((cell) => cell.choosable));
        });
        const taken = new Set(takers.filter((vendor) => vendor >= 0));
        // No smaller set of vendors covers the same lines with offers as close to what was asked.
        const kinds = rows.map((row, index) =>
          row.cells.map((cell) => kindOf(cell, request.lines[index]?.quantity)),
        );
        const wanted = kinds.map((row) => Math.min(...row));
        const vendors = request.enquiries.length;
        for (let set = 0; set < 1 << vendors; set += 1) {
          const members = Array.from({ length: vendors }, (_, vendor) => vendor).filter(
            (v) => set & (1 << v),
          );
          if (members.length >= taken.size) continue;
          const covers = kinds.every(
            (row, index) =>
              wanted[index] === Infinity || members.some((vendor) => row[vendor] === wanted[index]),
          );
          expect(covers).toBe(false);
        }
      }),
    );
  });
});

function kindOf(cell: Comparison['rows'][number]['cells'][number], quantity = 0): number {
  if (!cell.choosable) return Infinity;
  if (cell.decision === 'alternative') return 2;
  return (cell.quantity ?? 0) < quantity ? 1 : 0;
}
