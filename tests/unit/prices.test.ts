import { expect, test } from 'vitest';
import { format, parse } from '#server/common/money.ts';
import { convertPrice, isFarFromList, timesList } from '#server/common/prices.ts';

const rates = new Map([
  ['RSD', '117.2'],
  ['PLN', '4.25'],
  ['JPY', '160'],
]);
const list = { amount: '18.99', currency: 'EUR' };
const isFar = (price: string, currency = 'EUR') => isFarFromList(parse(price), currency, list, rates);

test('a price is far from the list price beyond half of it, above and below', () => {
  expect(['28.48', '28.49', '9.50', '9.49', '1234.50', '0.01'].map((price) => isFar(price))).toEqual([
    false,
    true,
    false,
    true,
    true,
    true,
  ]);
});

test('prices of different currencies are compared at the rates, and not at all without one', () => {
  // 18.99 euros are 2,225.63 dinars.
  expect([isFar('2225.63', 'RSD'), isFar('18.99', 'RSD'), isFar('3400', 'RSD')]).toEqual([false, true, true]);
  expect(isFar('99999', 'CHF')).toBe(false);
});

test('a price of 0 is always far, also without a list price', () => {
  expect([isFar('0'), isFarFromList(0n, 'CHF', null, new Map())]).toEqual([true, true]);
  expect(isFarFromList(parse('5'), 'EUR', null, rates)).toBe(false);
  expect(isFarFromList(parse('5'), 'EUR', { amount: '0.00', currency: 'EUR' }, rates)).toBe(false);
});

test('a price tells how many times the list price it is', () => {
  expect(timesList(parse('1234.50'), 'EUR', list, rates)).toBeCloseTo(65.0079, 3);
  expect(timesList(parse('1234.50'), 'CHF', list, rates)).toBeNull();
  expect(timesList(parse('1'), 'EUR', null, rates)).toBeNull();
});

test.each([
  ['25.16', 'PLN', 'EUR', '5.92'],
  ['5.92', 'EUR', 'RSD', '693.82'],
  ['0.25', 'RSD', 'EUR', '0.0021'],
  ['12.345', 'EUR', 'JPY', '1975'],
  ['12.345', 'EUR', 'EUR', '12.345'],
  ['0.0001', 'RSD', 'EUR', null],
  ['5', 'CHF', 'EUR', null],
])('the unit price %s %s is %s %s', (amount, from, to, wanted) => {
  const converted = convertPrice(parse(amount), from, to, rates);
  expect(converted === null ? null : format(converted, to)).toBe(wanted);
});
