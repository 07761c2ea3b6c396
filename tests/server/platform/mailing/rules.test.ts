import { expect, test } from 'vitest';
import { isAboutRecipient } from '#server/platform/mail.ts';
import { sendDelivery } from '#server/platform/mailing/queue.ts';
import { createRefusals } from '#server/platform/mailing/refusals.ts';
import { dedupeKeyOf, isGivenUp, messageIdOf, pauseSeconds } from '#server/platform/mailing/rules.ts';

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
  const pauses = Array.from({ length: sendDelivery.retryLimit }, (_, failures) =>
    pauseSeconds('server', failures),
  );
  expect(pauses.reduce((sum, pause) => sum + pause)).toBeGreaterThan(5 * 86_400);
});

test('however long the mail server was away, a mail waits five minutes at most', () => {
  expect([0, 1, 2, 5].map((failures) => pauseSeconds('server', failures))).toEqual([5, 10, 20, 160]);
  expect([6, 30, 2_000].map((failures) => pauseSeconds('server', failures))).toEqual([300, 300, 300]);
});

test('a recipient who is refused again and again is tried every two hours in the end', () => {
  expect(pauseSeconds('recipient', 6)).toBe(320);
  expect(pauseSeconds('recipient', 100)).toBe(7_200);
});

test.each([
  ['RCPT TO', 450, '450 try again', true],
  ['RCPT TO', 451, '451 4.7.1 greylisted', true],
  ['RCPT TO', 452, '452 4.2.2 mailbox full', true],
  ['RCPT TO', 451, '451 4.3.0 lookup failed', false],
  ['RCPT TO', 451, '451 local error', false],
  ['MAIL FROM', 450, '450 4.2.0 try again', false],
  ['CONN', undefined, undefined, false],
])('the answer to %s of %i (%s) is about this recipient alone: %s', (command, responseCode, response, is) => {
  expect(isAboutRecipient({ command, responseCode, response })).toBe(is);
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

test('a refusal counts for what was read before it, in whatever case, and is forgotten with the oldest or after a while', () => {
  let now = 1_000;
  const refusals = createRefusals(() => now);
  refusals.add('Jana@Morava.example');
  expect(refusals.hasSince('jana@morava.example', 999)).toBe(true);
  expect(refusals.hasSince('jana@morava.example', 1_001)).toBe(false);
  now += 15 * 60_000 + 1;
  refusals.add('0@example.org');
  expect(refusals.hasSince('jana@morava.example', 0)).toBe(false);
  for (let each = 1; each <= 10_000; each += 1) refusals.add(`${each}@example.org`);
  expect(refusals.hasSince('0@example.org', 0)).toBe(false);
  expect(refusals.hasSince('1@example.org', 0)).toBe(true);
});
