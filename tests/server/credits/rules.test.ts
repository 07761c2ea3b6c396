import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  allocationOf,
  changesBetween,
  costOfTopUp,
  dueOf,
  priceAt,
  referenceOf,
  refundableOf,
  refundOf,
  type TopUpState,
  vatOf,
} from '#server/credits/rules.ts';
import { readVatId } from '#server/credits/vat-numbers.ts';

const house = { country: 'RS', vatRate: '20' };
const tiers = [
  { from: 100n, price: 19_000n },
  { from: 6_000n, price: 16_500n },
];

describe('what a top-up costs', () => {
  test('the price is that of the last tier reached, and net and VAT are rounded once each', () => {
    expect([100n, 5_999n, 6_000n, 9_999n].map((credits) => priceAt(tiers, credits))).toEqual([
      ...[19_000n, 19_000n, 16_500n, 16_500n],
    ]);
    const vat = vatOf({ country: 'RS', vatId: null }, house);
    expect(costOfTopUp(1_001n, 19_000n, 'EUR', vat)).toEqual({ price: 19_000n, net: 190_200n, vat: 38_000n });
    expect(costOfTopUp(101n, 15_000n, 'JPY', vat)).toEqual({ price: 15_000n, net: 20_000n, vat: 0n });
  });

  test('only a business of another country with a VAT number pays no VAT', () => {
    expect(vatOf({ country: 'RS', vatId: 'RS101010101' }, house)).toEqual({ rule: 'house', rate: '20' });
    expect(vatOf({ country: 'CZ', vatId: null }, house)).toEqual({ rule: 'house', rate: '20' });
    expect(vatOf({ country: 'CZ', vatId: 'CZ12345678' }, house)).toEqual({
      rule: 'reverse_charge',
      rate: '0',
    });
  });

  test('a VAT number is read with and without its country, spaces and dots', () => {
    expect(readVatId('CZ 1234.5678', 'CZ')).toBe('CZ12345678');
    expect(readVatId('12345678', 'CZ')).toBe('CZ12345678');
    expect(readVatId('EL123456789', 'GR')).toBe('EL123456789');
    for (const wrong of ['1234', 'no number', '12345678901234567']) expect(readVatId(wrong, 'CZ')).toBeNull();
  });

  test.each([
    ['AT', 'ATU12345678', 'AT123456789'],
    ['DE', 'DE 123 456 789', 'CZ12345678'],
    ['ES', 'X1234567A', '123456789'],
    ['FR', 'FRDE123456789', 'DE123456789'],
    ['IE', 'IE1234567WA', 'IE12345678'],
    ['NL', 'NL123456789B01', 'NL123456789'],
    ['CH', 'CHE-123.456.789', 'DE123456789'],
    ['US', '12-3456789', 'ATU12345678'],
    ['US', '123456789', 'RS101010101'],
  ])('a VAT number has the form of its country: of %s, %s but not %s', (country, right, wrong) => {
    expect(readVatId(right, country)).toMatch(country);
    expect(readVatId(wrong, country)).toBeNull();
  });

  test("a bank's reference is the same in any letters, widths and spaces", () => {
    for (const typed of ['FT 12', ' ft  12 ', 'ＦＴ\u00a012', 'Ft\t12'])
      expect(referenceOf(typed)).toBe('FT 12');
  });

  test('what is available belongs to later top-ups before it is left of an earlier one', () => {
    const state = { credits: 6_000n, net: 100n, vat: 0n, received: 100n, refunded: 1_000n };
    const paid = { ...state, owedCredits: 0n, owedMoney: 0n };
    expect(refundableOf(paid, 9_000n, 3_000n)).toBe(5_000n);
    expect(refundableOf(paid, 4_000n, 3_000n)).toBe(1_000n);
    expect(refundableOf(paid, 2_000n, 3_000n)).toBe(0n);
    expect(refundableOf({ ...paid, received: 99n }, 9_000n, 0n)).toBe(0n);
  });
});

const amount = fc.bigInt({ min: 1n, max: 20_000n }).map((cents) => cents * 100n);
const states = fc
  .record({
    credits: fc.bigInt({ min: 100n, max: 20_000n }),
    net: amount,
    vat: fc.oneof(fc.constant(0n), amount),
    received: fc.oneof(fc.constant(0n), amount),
    part: fc.bigInt({ min: 0n, max: 100n }),
    ...{ owedCredits: fc.constant(0n), owedMoney: fc.constant(0n) },
  })
  .map(({ part, ...state }): TopUpState => {
    return { ...state, refunded: state.received >= dueOf(state) ? (state.credits * part) / 100n : 0n };
  });

describe('what payments change', () => {
  test('all changes sum to zero in credit and in money, and nobody loses more than they have', () => {
    fc.assert(
      fc.property(states, amount, amount, amount, (before, received, credit, deposit) => {
        const after = { ...before, received };
        const changes = changesBetween(before, after, { credit, deposit }, 'EUR');
        const { bank, waiting, revenue, vat } = changes;
        const claims = {
          credit: before.owedCredits - changes.owedCredits,
          money: before.owedMoney - changes.owedMoney,
        };
        expect(changes.credit + changes.issued + claims.credit).toBe(0n);
        expect(bank + waiting + revenue + vat + changes.deposit + claims.money).toBe(0n);
        expect(bank).toBe(before.received - received);
        expect(changes.credit >= -credit && changes.deposit >= -deposit).toBe(true);
        expect(changes.owedCredits >= 0n && changes.owedMoney >= 0n).toBe(true);
      }),
      { numRuns: 5_000 },
    );
  });

  test('a payment that is reversed and comes again leaves what there was, also when its credit was spent', () => {
    fc.assert(
      fc.property(states, amount, (state, left) => {
        const paid = { ...state, received: dueOf(state) };
        const unpaid = { ...paid, received: 0n };
        const available = { credit: left < paid.credits ? left : paid.credits, deposit: 0n };
        const taken = changesBetween(paid, unpaid, available, 'EUR');
        const owing = { ...unpaid, owedCredits: taken.owedCredits, owedMoney: taken.owedMoney };
        const given = changesBetween(
          owing,
          { ...owing, received: paid.received },
          { credit: 0n, deposit: 0n },
          'EUR',
        );
        expect(given.owedCredits).toBe(0n);
        expect(taken.credit + given.credit).toBe(0n);
        expect(taken.bank + given.bank).toBe(0n);
      }),
      { numRuns: 5_000 },
    );
  });

  test('refunds in any parts are together what was paid, and never more on the way', () => {
    fc.assert(
      fc.property(states, fc.bigInt({ min: 1n, max: 20_000n }), (state, part) => {
        const some = part < state.credits ? part : state.credits;
        const first = refundOf(state, some, 'EUR');
        expect(first.net <= state.net && first.net + first.vat <= dueOf(state)).toBe(true);
        expect(refundOf(state, state.credits, 'EUR')).toEqual({ net: state.net, vat: state.vat });
      }),
      { numRuns: 5_000 },
    );
    const unpaid = {
      credits: 100n,
      net: 100n,
      vat: 0n,
      received: 50n,
      refunded: 0n,
      owedCredits: 0n,
      owedMoney: 0n,
    };
    expect(allocationOf(unpaid, 'EUR')).toMatchObject({ waiting: 50n, credit: 0n });
  });
});
