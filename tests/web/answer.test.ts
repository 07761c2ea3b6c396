import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decimalMark, readAmount, shareOf, typedAmount } from '#lib/answer/amounts.ts';
import {
  field,
  fieldOf,
  fillAll,
  initialValues,
  sumUp,
  toAnswer,
  toMoreTime,
  valuesOf,
} from '#lib/answer/values.ts';
import * as money from '#server/common/money.ts';
import type { EnquiryByLink } from '#lib/api/schema.d.ts';

describe('an amount as typed', () => {
  test.each([
    ['12.5', '.', '12.5'],
    ['12,50', '.', '12.5'],
    [' 1 234,50 ', ',', '1234.5'],
    ['1\u00a0234.5678', '.', '1234.5678'],
    ['1.234,50', ',', '1234.5'],
    ['1,234.50', '.', '1234.5'],
    ['1.234.567', ',', '1234567'],
    ['0,0019', ',', '0.0019'],
    ['1,234', ',', '1.234'],
    ['1.234', '.', '1.234'],
    ['007', '.', '7'],
    ['0', '.', '0'],
    // This could mean a thousand, or one and a fraction.
    ['1,234', '.', null],
    ['1.234', ',', null],
    ['12,34,5', '.', null],
    ['1.23456', '.', null],
    ['-5', '.', null],
    ['5 €', '.', null],
    ['1e3', '.', null],
    ['', '.', null],
    ['.', '.', null],
    ['1234567890123', '.', null],
  ])('the amount %j with the decimal mark %j is read as %j', (typed, mark, amount) => {
    expect(readAmount(typed, mark)).toBe(amount);
  });

  test('a shown amount reads back the same in every language', () => {
    expect([decimalMark('en-GB'), decimalMark('sr-Latn-RS')]).toEqual(['.', ',']);
    const values = fc.bigInt({ min: 0n, max: 10n ** 15n });
    fc.assert(
      fc.property(
        values,
        fc.constantFrom('.', ','),
        fc.constantFrom('EUR', 'RSD', 'JPY'),
        (value, mark, currency) => {
          const { amount } = money.money(value, currency);
          const read = readAmount(typedAmount(amount, mark), mark);
          expect(read === null ? null : money.parse(read)).toBe(value);
        },
      ),
    );
  });

  test('an amount is compared with the list price', () => {
    expect(shareOf(money.parse('371'), money.parse('389'))).toBeCloseTo(-0.0463, 4);
    expect(shareOf(money.parse('1'), 0n)).toBeNull();
  });
});

const line = (
  id: string,
  more: Partial<EnquiryByLink['lines'][number]> = {},
): EnquiryByLink['lines'][number] => ({
  id,
  position: 1,
  product: { id, name: 'Sensor', code: id },
  sku: `SKU-${id}`,
  quantity: 10,
  unit: 'piece',
  options: {},
  note: '',
  listPrice: { amount: '12.50', currency: 'EUR' },
  minimum: 1,
  packSize: 1,
  leadTimeDays: 5,
  ...more,
});

const enquiry = (more: Partial<EnquiryByLink> = {}): EnquiryByLink =>
  ({
    request: { kind: 'quote' },
    today: '2026-02-01',
    currency: 'EUR',
    minorDigits: { EUR: 2, RSD: 2 },
    lines: [line('a'), line('b', { listPrice: null, leadTimeDays: null })],
    quotes: [],
    ...more,
  }) as EnquiryByLink;

const noWords = () => '';

describe('the form of an answer', () => {
  test("a form's texts are read with plain line ends, and its files are left out", () => {
    const form = new FormData();
    form.append('message', 'one\r\ntwo');
    form.append('file', new Blob(['x']));
    expect(valuesOf(form)).toEqual({ message: 'one\ntwo' });
  });

  test('asking for more time sends only what was filled in', () => {
    expect(toMoreTime({ until: '2026-02-20', why: 'Holiday' })).toEqual({
      until: '2026-02-20',
      text: 'Holiday',
    });
    expect(toMoreTime({ until: '', why: '' })).toEqual({});
  });

  test('the answer form starts from the list prices, valid for thirty days', () => {
    const values = initialValues(enquiry(), ',');
    expect(values).toMatchObject({
      currency: 'EUR',
      validUntil: '2026-03-03',
      'lines.0.decision': 'offer',
      'lines.0.unitPrice': '12,50',
      'lines.0.leadTimeDays': '5',
      'lines.1.unitPrice': '',
      'lines.1.leadTimeDays': '',
    });
    const order = initialValues(enquiry({ request: { kind: 'order' } as EnquiryByLink['request'] }), '.');
    expect([order['lines.0.decision'], order['lines.1.decision']]).toEqual(['confirm', 'offer']);
  });

  test('the answer form starts from the last answer and the draft, ignoring unknown lines of the draft', () => {
    const answered = enquiry({
      quotes: [
        {
          currency: 'RSD',
          validUntil: '2026-01-15',
          message: 'M',
          vendorReference: 'R',
          lines: [
            { lineId: 'a', decision: 'decline', reason: 'No stock', accepted: false },
            {
              lineId: 'b',
              decision: 'offer',
              unitPrice: { amount: '7.00', currency: 'RSD' },
              quantity: 4,
              accepted: false,
            },
          ],
        } as unknown as EnquiryByLink['quotes'][number],
      ],
      draft: { body: { 'lines.1.unitPrice': '6,5o', hack: 'x', message: 7 }, savedAt: '' },
    });
    const values = initialValues(answered, '.');
    expect(values).toMatchObject({
      currency: 'RSD',
      // The old validity has passed.
      validUntil: '2026-03-03',
      message: 'M',
      'lines.0.decision': 'decline',
      'lines.0.reason': 'No stock',
      'lines.1.unitPrice': '6,5o',
      'lines.1.quantity': '4',
    });
    expect(values).not.toHaveProperty('hack');
  });

  test('the submitted answer holds only what each decision needs', () => {
    const values = {
      ...initialValues(enquiry(), '.'),
      'lines.0.unitPrice': '11.9',
      'lines.0.quantity': '8',
      'lines.1.decision': 'decline',
      'lines.1.unitPrice': 'nonsense that nobody sees',
      'lines.1.reasonKind': 'quantity',
      'lines.1.reason': 'Only in hundreds',
    };
    const { answer, errors } = toAnswer(values, enquiry(), '.', (code) => `Because of ${code}`);
    expect(errors).toEqual([]);
    expect(answer.lines).toEqual([
      {
        lineId: 'a',
        decision: 'offer',
        unitPrice: { amount: '11.9', currency: 'EUR' },
        quantity: 8,
        leadTimeDays: 5,
      },
      { lineId: 'b', decision: 'decline', reason: 'Because of quantity: Only in hundreds' },
    ]);
  });

  test('unreadable input is reported at its field', () => {
    const values = {
      ...initialValues(enquiry(), '.'),
      'lines.0.unitPrice': '12,5o',
      'lines.0.quantity': 'ten',
      'lines.1.leadTimeDays': 'soon',
    };
    const { errors } = toAnswer(values, enquiry(), '.', noWords);
    expect(errors.map(({ path, code }) => [fieldOf(path), code])).toEqual([
      ['lines.0.unitPrice', 'format'],
      ['lines.0.quantity', 'wrong_type'],
      ['lines.1.leadTimeDays', 'wrong_type'],
    ]);
  });

  test('a confirmation omits the list price', () => {
    const order = enquiry({ request: { kind: 'order' } as EnquiryByLink['request'] });
    const { answer } = toAnswer(initialValues(order, '.'), order, '.', noWords);
    expect(answer.lines[0]).toEqual({ lineId: 'a', decision: 'confirm', leadTimeDays: 5 });
  });

  test('the sum covers the readable lines', () => {
    const values = {
      ...initialValues(enquiry(), '.'),
      'lines.0.unitPrice': '11.255',
      'lines.1.unitPrice': 'x',
    };
    const sums = sumUp(values, enquiry(), '.');
    expect(sums).toMatchObject({ total: money.parse('112.55'), offered: 1, declined: 0 });
    expect(sums.lines[1]).toBeNull();
    expect(sums.lines[0]?.share).toBeCloseTo(-0.0996, 4);
  });

  test('the form adds up as the service does, in every currency', () => {
    const prices = fc.bigInt({ min: 0n, max: 10n ** 12n });
    const quantities = fc.integer({ min: 1, max: 1_000_000_000 });
    fc.assert(
      fc.property(prices, quantities, fc.constantFrom('EUR', 'JPY', 'RSD'), (price, quantity, currency) => {
        const values = {
          ...initialValues(enquiry({ currency }), '.'),
          'lines.0.unitPrice': money.format(price, currency),
          'lines.0.quantity': String(quantity),
        };
        expect(sumUp(values, enquiry({ currency }), '.').total).toBe(
          money.lineTotal(price, quantity, currency),
        );
      }),
    );
  });

  test('the answer form can be filled in one step', () => {
    const values = { ...initialValues(enquiry(), '.'), leadTimeForAll: '9', [field(0, 'unitPrice')]: '1' };
    expect(fillAll(values, enquiry(), 'listPrices', '.')).toMatchObject({
      'lines.0.unitPrice': '12.50',
      'lines.1.unitPrice': '',
    });
    expect(fillAll(values, enquiry(), 'leadTime', '.')).toMatchObject({
      'lines.0.leadTimeDays': '9',
      'lines.1.leadTimeDays': '9',
    });
    const declined = fillAll(values, enquiry(), 'declineAll', '.');
    expect(declined).toMatchObject({ 'lines.0.decision': 'decline', 'lines.1.decision': 'decline' });
    expect(fillAll(declined, enquiry(), 'offerAll', '.')).toMatchObject({ 'lines.0.decision': 'offer' });
  });
});
