import { expect, test } from 'vitest';
import { countryCodeOf } from '#server/common/countries.ts';

test.each([
  ['rs', 'RS'],
  ['Serbia', 'RS'],
  ['Srbija', 'RS'],
  ['Србија', 'RS'],
  ['Republika Srbija', 'RS'],
  ['Deutschland', 'DE'],
  ['Österreich', 'AT'],
  ['Osterreich', 'AT'],
  ['Česká republika', 'CZ'],
  ['Czech Republic', 'CZ'],
  ['Czechia', 'CZ'],
  ['Türkiye', 'TR'],
  ['Turkey', 'TR'],
  ['  united   kingdom ', 'GB'],
  ['UK', 'GB'],
  ['USA', 'US'],
  ['Bosna i Hercegovina', 'BA'],
  ['Северна Македонија', 'MK'],
  ['Magyarország', 'HU'],
  ['Kosovo', 'XK'],
])('a country is known by its code or a name of it: %s', (text, code) => {
  expect(countryCodeOf(text)).toBe(code);
});

test.each(['', 'XX', 'Europe', 'Narnia', 'EU', 'constructor', '__proto__'])(
  'what is no country has no code: %s',
  (text) => expect(countryCodeOf(text)).toBeNull(),
);
