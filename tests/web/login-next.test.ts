import { expect, test } from 'vitest';
import { nextOf, withNext } from '#lib/account/login.server.ts';

const at = (next: string) => new URL(`http://quoteline.test/account/login?next=${encodeURIComponent(next)}`);

test.each([
  'https://evil.example/',
  '//evil.example/',
  '/\\evil.example/',
  '\\\\evil.example',
  '/\t/evil.example',
  '/.//evil.example',
  '/x/..//evil.example',
  'javascript:alert(1)',
  'data:text/html,x',
  'http://quoteline.test.evil.example/',
  '',
])('a login goes on to no other site: %j', (next) => {
  expect(nextOf(at(next))).toBeNull();
});

test('a login goes on to the page that asked for it, with its search', () => {
  expect(nextOf(at('/account/requests?q=1'))).toBe('/account/requests?q=1');
  expect(withNext('/account/login?said=x', at('/solution'))).toBe('/account/login?said=x&next=%2Fsolution');
});
