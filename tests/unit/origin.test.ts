import { expect, test } from 'vitest';
import { networkOf } from '#server/platform/auth/origin.ts';

test.each([
  ['203.0.113.7', '203.0.113.7'],
  ['::ffff:203.0.113.7', '::ffff:203.0.113.7'],
  ['2001:db8:0:1:2:3:4:5', '2001:db8:0:1'],
  ['2001:db8::1:2:3:4', '2001:db8:0:0'],
  ['2001:db8::2:2:3:4', '2001:db8:0:0'],
  ['2001:0db8::1', '2001:db8:0:0'],
  ['::1', '0:0:0:0'],
])('the limits count the IP address %s as %s', (address, network) => {
  expect(networkOf(address)).toBe(network);
});
