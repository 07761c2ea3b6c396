import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decimalMark } from '#lib/answer/amounts.ts';
import { answerErrors } from '#lib/answer/errors.ts';
import { checkable, toAnswer, toMoreTime } from '#lib/answer/reading.ts';
import { field, fillAll, initialValues, sumUp, valuesOf } from '#lib/answer/values.ts';
import { loadDictionary } from '#lib/i18n/dictionary.ts';
import { createI18n } from '#lib/i18n/i18n.ts';
import { writeAmount } from '#server/common/amounts.ts';
import * as money from '#server/common/money.ts';
import type { EnquiryByLink } from '#lib/api/schema.d.ts';
import { enquiry, noWords, wrongFields } from './enquiry.ts';

test('the decimal mark is that of the language', () => {
  expect([decimalMark('en-GB'), decimalMark('sr-Latn-RS')]).toEqual(['.', ',']);
});

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
    const { answer, errors } = toAnswer(values, enquiry(), (code) => `Because of ${code}`);
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

  test('everything that can not be read is reported at once, at its field', () => {
    const values = {
      ...initialValues(enquiry(), '.'),
      validUntil: '',
      'lines.0.unitPrice': '12,5o',
      'lines.0.quantity': 'ten',
      'lines.1.decision': 'alternative',
      'lines.1.leadTimeDays': '3 weeks',
    };
    expect(wrongFields(values)).toEqual([
      'lines.0.unitPrice format',
      'lines.0.quantity wrong_type',
      'lines.1.unitPrice required',
      'lines.1.leadTimeDays wrong_type',
      'lines.1.alternative required',
      'validUntil required',
    ]);
    expect(wrongFields({ ...values, validUntil: '2026-01-31' })).toContain('validUntil validity_past');
    // The service checks the rest of it, so what it gets fits its schema.
    const sent = checkable(toAnswer(values, enquiry(), noWords), '2026-02-01');
    expect([sent.validUntil, sent.lines[0]?.unitPrice, sent.lines[0]?.quantity]).toEqual([
      '2026-02-01',
      undefined,
      10,
    ]);
  });

  test('wrong fields are named by line and field, in the order of the form, each once', async () => {
    const i18n = createI18n('en', await loadDictionary('en'), 'UTC');
    const errors = [
      'validUntil validity_past',
      'lines.1.leadTimeDays wrong_type',
      'lines.0.unitPrice.amount format',
    ]
      .concat('lines.0.unitPrice required', 'lines.1.unitPrice ambiguous', 'lines.0.lineId line_repeated')
      .map((error) => error.split(' '))
      .map(([path = '', code = '']) => ({ path, code, message: '' }));
    const values = { ...initialValues(enquiry(), '.'), 'lines.1.unitPrice': '12.500' };
    const problem = { type: '', title: '', status: 422, code: 'invalid_input', detail: '', errors };
    expect(
      answerErrors(i18n, problem, values, enquiry()).map(({ path, where, words }) => [path, where, words]),
    ).toEqual([
      ['lines.0.unitPrice', 'Line 1, Your price each', 'Enter the price as an amount, for example 12.50.'],
      ['lines.0.lineId', 'Line 1', 'This line has two answers. Reload the page.'],
      ['lines.1.leadTimeDays', 'Line 2, Lead time', 'Enter the lead time as a number of days.'],
      ['lines.1.unitPrice', 'Line 2, Your price each', 'Do you mean €12.50 or €12,500.00? Choose one.'],
      ['validUntil', 'Valid until', 'Choose today or a later day.'],
    ]);
  });

  test('a price with two readings is asked for, and the chosen reading holds for that text only', () => {
    const values = {
      ...initialValues(enquiry(), '.'),
      'lines.0.unitPrice': '12.500',
      'lines.1.decision': 'decline',
    };
    expect(wrongFields(values)).toEqual(['lines.0.unitPrice ambiguous']);
    const chosen = { ...values, 'lines.0.reading': '12.500=12500' };
    expect(toAnswer(chosen, enquiry(), noWords).answer.lines[0]?.unitPrice?.amount).toBe('12500');
    expect(wrongFields({ ...chosen, 'lines.0.unitPrice': '13.500' })).toEqual([
      'lines.0.unitPrice ambiguous',
    ]);
  });

  test('a price with another currency beside it than that of the answer is refused', () => {
    const values = { ...initialValues(enquiry(), '.'), 'lines.1.decision': 'decline' };
    expect(wrongFields({ ...values, 'lines.0.unitPrice': '12,50 €' })).toEqual([]);
    expect(wrongFields({ ...values, 'lines.0.unitPrice': '12,50 zł' })).toEqual([
      'lines.0.unitPrice foreign',
    ]);
  });

  test('a confirmation omits the list price', () => {
    const order = enquiry({ request: { kind: 'order' } as EnquiryByLink['request'] });
    const { answer } = toAnswer(initialValues(order, '.'), order, noWords);
    expect(answer.lines[0]).toEqual({ lineId: 'a', decision: 'confirm', leadTimeDays: 5 });
  });

  test('the sum covers the readable lines', () => {
    const values = {
      ...initialValues(enquiry(), '.'),
      'lines.0.unitPrice': '11.2550',
      'lines.1.unitPrice': 'x',
    };
    const sums = sumUp(values, enquiry());
    expect(sums).toMatchObject({ total: money.parse('112.55'), offered: 1, declined: 0 });
    expect(sums.lines[1]).toBeNull();
    expect(sums.lines[0]?.times).toBeCloseTo(0.9004, 4);
    expect(sums.lines[0]?.isFar).toBe(false);
  });

  test('the form adds up as the service does, in every currency', () => {
    const prices = fc.bigInt({ min: 0n, max: 10n ** 12n });
    const quantities = fc.integer({ min: 1, max: 1_000_000_000 });
    fc.assert(
      fc.property(prices, quantities, fc.constantFrom('EUR', 'JPY', 'RSD'), (price, quantity, currency) => {
        const values = {
          ...initialValues(enquiry({ currency }), '.'),
          'lines.0.unitPrice': writeAmount(money.format(price, currency), '.'),
          'lines.0.quantity': String(quantity),
        };
        expect(sumUp(values, enquiry({ currency })).total).toBe(money.lineTotal(price, quantity, currency));
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
