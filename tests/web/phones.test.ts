import { expect, test } from 'vitest';
import { countryOf, likelyCountry, looksLikePhone, wholePhone } from '#lib/calls/phones.ts';
import { phoneInGroups, prefixes } from '#server/common/phones.ts';

test('the prefix follows a number that is typed with its own', () => {
  expect(countryOf('+420 601', 'RS')).toBe('CZ');
  expect(countryOf('00387 61', 'RS')).toBe('BA');
  expect(countryOf('+381 64', 'RS')).toBe('RS');
  expect(countryOf('064 123', 'RS')).toBeUndefined();
  expect(countryOf('+', 'RS')).toBeUndefined();
});

test('a number copied with invisible marks and dashes of text programs is read', () => {
  const copied = '\u202a+381 64\u2013123\u20114567\u202c';
  expect(looksLikePhone(wholePhone('CZ', copied))).toBe(true);
  expect(wholePhone('CZ', copied)).toBe('+381 64-123-4567');
});

test('every prefix has a country and a calling code', () => {
  for (const { country, code } of prefixes) {
    expect(country).toMatch(/^[A-Z]{2}$/);
    expect(code).toMatch(/^\d{1,3}$/);
  }
});

test.each([
  ['CZ', '601 123 456', '+420 601 123 456'],
  ['RS', '064 123 4567', '+381 064 123 4567'],
  ['CZ', ' +381641234567 ', '+381641234567'],
  ['CZ', '00381 64 1234567', '+381 64 1234567'],
  ['XX', '123', '123'],
  ['CZ', '  ', ''],
])('the country %s and the number %j make %j', (country, typed, whole) =>
  expect(wholePhone(country, typed)).toBe(whole),
);

test.each([
  ['+420 601 123 456', true],
  ['+1 (202) 555-0123', true],
  ['+420 601', false],
  ['+420 601 123 456 789 01', false],
  ['+420 call me', false],
  ['601123456', false],
  ['', false],
])('the text %j looks like a phone number: %s', (text, worth) => expect(looksLikePhone(text)).toBe(worth));

test.each([
  ['+381641234567', '+381 64 123 4567'],
  ['+381110002042', '+381 11 000 2042'],
  ['+38761123456', '+387 61 123 456'],
  ['+420601123456', '+420 601 123 456'],
  ['+12025550123', '+1 202 555 0123'],
  ['+79161234567', '+7 916 123 4567'],
  ['+905321234567', '+90 532 123 4567'],
  ['+3612345678', '+36 12 345 678'],
  ['+4915123456789', '+49 15 123 456 789'],
  ['+972501234567', '+972 501 234 567'],
])('the number %s is shown as %s', (phone, shown) => expect(phoneInGroups(phone)).toBe(shown));

test.each([
  ['+381 64 1234567 ext. 5'],
  ['+1 (202) 555-0123'],
  ['+38164123456 ext. 5'],
  ['0641234567'],
  ['+381'],
  ['+'],
  [''],
])('the number %j is shown as it is written', (phone) => expect(phoneInGroups(phone)).toBe(phone));

test('the prefix follows the time zone, then the language', () => {
  expect(likelyCountry('Europe/Prague', 'sr')).toBe('CZ');
  expect(likelyCountry('America/Chicago', 'en')).toBe('US');
  expect(likelyCountry('UTC', 'sr')).toBe('RS');
  expect(likelyCountry('Asia/Tokyo', 'en')).toBe('GB');
});
