import { expect, test } from 'vitest';
import { sendDelivery } from '#server/platform/mailing/queue.ts';
import { dedupeKeyOf, isGivenUp, messageIdOf } from '#server/platform/mailing/rules.ts';

const decided = new Date('2026-11-21T12:00:00Z');
const days = (count: number) => new Date(decided.getTime() + count * 86_400_000);

test.each([
  [19, 9, false],
  [20, 4.99, false],
  [20, 5, true],
  [500, 1, false],
])('a mail that failed %i times and was decided %d days ago is given up: %s', (attempts, age, givenUp) => {
  expect(isGivenUp(decided, attempts, days(age))).toBe(givenUp);
});

test('the queue itself retries for more than five days', () => {
  const { retryLimit, retryDelay, retryDelayMax } = sendDelivery;
  // pg-boss waits between half and all of the doubled pause.
  const shortest = (attempt: number) =>
    Math.min(retryDelayMax, (retryDelay * 2 ** Math.min(16, attempt)) / 2);
  const seconds = Array.from({ length: retryLimit }, (_, index) => shortest(index + 1)).reduce(
    (a, b) => a + b,
  );
  expect(seconds).toBeGreaterThan(5 * 86_400);
});

test('mails of one kind and reason to one address share a key, in whatever case it is written', () => {
  const key = dedupeKeyOf('enquiry', 'e1:sent', 'Jana@Morava.example');
  expect(dedupeKeyOf('enquiry', 'e1:sent', 'jana@morava.example')).toBe(key);
  expect(dedupeKeyOf('enquiry', 'e2:sent', 'jana@morava.example')).not.toBe(key);
  expect(dedupeKeyOf('outcome', 'e1:sent', 'jana@morava.example')).not.toBe(key);
  expect(key).not.toContain('jana');
});

test('a Message-ID names our host without its port', () => {
  const uuid = '0197-x';
  expect(messageIdOf(uuid, 'http://localhost:3000')).toBe('<0197-x@localhost>');
});
