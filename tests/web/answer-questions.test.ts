import { describe, expect, test } from 'vitest';
import { settleCurrency } from '#lib/answer/currency.ts';
import { saysTheSame, toAnswer, unchangedLines } from '#lib/answer/reading.ts';
import {
  besideAnswer,
  field,
  fillAll,
  idleBulks,
  initialValues,
  leftOver,
  sumUp,
} from '#lib/answer/values.ts';
import type { EnquiryByLink } from '#lib/api/schema.d.ts';
import { enquiry, line, noWords } from './enquiry.ts';

describe('a change of the currency', () => {
  const settle = (values: Record<string, string>, typed: 'keep' | 'convert' = 'keep') =>
    settleCurrency(values, enquiry(), '.', typed);
  const prices = (values: Record<string, string>) =>
    [0, 1].map((index) => [values[field(index, 'unitPrice')], values[field(index, 'was')]]);
  const start = { ...initialValues(enquiry(), '.'), currency: 'RSD' };

  test('a prefilled price is converted and marked, and none is kept as it was', () => {
    const settled = settle(start);
    expect(prices(settled)).toEqual([
      ['1465.00', 'EUR 12.50'],
      ['', ''],
    ]);
    expect(settled['pricedIn']).toBe('RSD');
    expect(settle(settled)).toEqual(settled);
  });

  test('a price is cleared and marked where there is no rate', () => {
    expect(prices(settle({ ...start, currency: 'CHF' }))[0]).toEqual(['', 'EUR 12.50']);
  });

  test('the former price comes back with its currency, and each conversion starts from it', () => {
    const settled = settle(start);
    expect(prices(settle({ ...settled, currency: 'PLN' }))[0]).toEqual(['53.13', 'EUR 12.50']);
    expect(prices(settle({ ...settled, currency: 'EUR' }))[0]).toEqual(['12.50', '']);
  });

  test('a price typed where the page could not follow stays, marked; the script converts it', () => {
    const typed = { ...start, 'lines.1.unitPrice': '40' };
    expect(prices(settle(typed))[1]).toEqual(['40', '? EUR']);
    expect(prices(settle(typed, 'convert'))[1]).toEqual(['4688.00', 'EUR 40.00']);
  });

  test('a price that somebody changes loses its mark', () => {
    expect(prices(settle({ ...settle(start), 'lines.0.unitPrice': '1500' }))[0]).toEqual(['1500', '']);
  });

  test('a line without a price in the last answer shows none of another currency', () => {
    const quote = { currency: 'RSD', validUntil: '2026-03-01', message: '', vendorReference: '' };
    const lines = [{ lineId: 'a', decision: 'decline', accepted: false }];
    const answered = enquiry({ quotes: [{ ...quote, lines } as unknown as EnquiryByLink['quotes'][number]] });
    expect(initialValues(answered, '.')).toMatchObject({ currency: 'RSD', 'lines.0.unitPrice': '' });
  });

  test('list prices of another currency are filled in converted and marked', () => {
    const filled = fillAll({ ...settle(start), 'lines.0.unitPrice': '9' }, enquiry(), 'listPrices', '.');
    expect(prices(filled)[0]).toEqual(['1465.00', 'EUR 12.50']);
  });
});

describe('what is worth a question', () => {
  test('a price far from the list price is marked, in another currency too, and a list price of 0 is not filled in', () => {
    const sums = (price: string, currency = 'EUR') =>
      sumUp({ ...initialValues(enquiry(), '.'), currency, 'lines.0.unitPrice': price }, enquiry()).lines[0];
    expect(sums('1234.50')).toMatchObject({ isFar: true });
    expect(sums('1234.50')?.times).toBeCloseTo(98.76, 2);
    expect([sums('1465', 'RSD')?.isFar, sums('12.50', 'RSD')?.isFar]).toEqual([false, true]);
    expect(sums('0')?.isFar).toBe(true);
    const free = enquiry({ lines: [line('a', { listPrice: { amount: '0.00', currency: 'EUR' } })] });
    expect(initialValues(free, '.')['lines.0.unitPrice']).toBe('');
  });

  test('a line of an order that is offered as ordered is unchanged', () => {
    const request = { kind: 'order', delivery: {} } as EnquiryByLink['request'];
    const order = enquiry({ request });
    const values = { ...initialValues(order, '.'), 'lines.0.decision': 'offer', 'lines.1.unitPrice': '5' };
    const unchanged = (more: Record<string, string>) =>
      unchangedLines(toAnswer({ ...values, ...more }, order, noWords).answer, order);
    expect(unchanged({})).toEqual([0]);
    expect(unchanged({ 'lines.0.unitPrice': '12.4' })).toEqual([]);
    expect(unchanged({ 'lines.0.quantity': '9' })).toEqual([]);
    expect(unchangedLines(toAnswer(values, enquiry(), noWords).answer, enquiry())).toEqual([]);
  });

  test('an answer is compared with the version that was sent', () => {
    const { answer } = toAnswer(
      { ...initialValues(enquiry(), '.'), 'lines.1.unitPrice': '3' },
      enquiry(),
      noWords,
    );
    const quote = { ...answer, lines: answer.lines.map((sent) => ({ ...sent, accepted: false })) };
    const sent = quote as unknown as EnquiryByLink['quotes'][number];
    expect(saysTheSame(sent, answer)).toBe(true);
    expect(saysTheSame({ ...sent, message: 'Other' }, answer)).toBe(false);
    const [first, ...others] = answer.lines;
    expect(saysTheSame(sent, { ...answer, lines: [{ ...first!, leadTimeDays: 9 }, ...others] })).toBe(false);
  });
});

describe('what one button leaves of what was typed beside it', () => {
  const initial = initialValues(enquiry(), '.');

  test('nothing is left if nothing else was typed', () => {
    expect(leftOver({ ...initial, text: 'Hello' }, initial, ['text'])).toBeNull();
    expect(besideAnswer({ ...initial, 'lines.0.unitPrice': '5' })).toBeNull();
  });

  test('an answer, a message and a plea for more time are left of each other', () => {
    const typed = { ...initial, text: 'Hello', why: 'Holiday', 'lines.0.unitPrice': '5' };
    expect(leftOver(typed, initial, ['text'])).toMatchObject({
      text: '',
      why: 'Holiday',
      'lines.0.unitPrice': '5',
    });
    expect(besideAnswer(typed)).toEqual({ text: 'Hello', why: 'Holiday' });
  });
});

test('a button above the lines is offered only while it would change a line', () => {
  const order = enquiry({ request: { kind: 'order' } as EnquiryByLink['request'], lines: [line('a')] });
  const start = initialValues(order, '.');
  expect(idleBulks(start, order, '.')).toEqual(['listPrices', 'offerAll']);
  const changed = { ...start, [field(0, 'decision')]: 'offer', [field(0, 'unitPrice')]: '13' };
  expect(idleBulks(changed, order, '.')).toEqual([]);
  const declined = fillAll(start, order, 'declineAll', '.');
  expect(idleBulks(declined, order, '.')).toEqual(['listPrices', 'declineAll']);
});
