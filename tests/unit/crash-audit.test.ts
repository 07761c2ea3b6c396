import { expect, test } from 'vitest';
import { audit, type Faults, type KnownProcess } from '../../scripts/crash/audit.ts';
import type { ReceivedMail } from '../../scripts/crash/mail-server.ts';

/** The audit of `npm run crash` has to find each kind of loss and of doubling. */
const buyer = 'buyer-1@buyers.example';
const office = 'office@vendor.example';
const request = { round: 'a point', buyer, recipients: [buyer, office] };
const answered = { ...request, answers: [{ id: 'id-1', number: 'QL-1' }] };
const unanswered = { ...request, answers: [] };

const mail = (recipient: string, more: Partial<ReceivedMail> = {}): ReceivedMail => ({
  ...{ recipient, number: 'QL-1', messageId: `<1 ${recipient}>` },
  ...{ date: 'Mon, 30 Nov 2026', content: 'the same', from: 'worker 1, start 1', isAccepted: true },
  ...more,
});
const both = [mail(buyer), mail(office)];
const worker: KnownProcess = { name: 'worker 1, start 1', interruptedBy: null, unstored: 0 };
const killed: KnownProcess = { ...worker, interruptedBy: 'a point', unstored: 1 };

const faultsOf = (...given: Parameters<typeof audit>): [string, number][] =>
  Object.entries(audit(...given).faults as unknown as Record<string, string[]>)
    .filter(([, lines]) => lines.length > 0)
    .map(([name, lines]) => [name, lines.length]);
const only = (name: keyof Faults, count = 1) => [[name, count]];

test('a mail to everybody asked, once, is no fault', () => {
  const { faults, owed, copies, rounds } = audit([answered], both, [worker]);
  expect(Object.values(faults).flat()).toEqual([]);
  expect({ owed, copies }).toEqual({ owed: 2, copies: 2 });
  expect(rounds.get('a point')).toEqual({
    ...{ answered: 1, unanswered: 0, storedUnanswered: 0, owed: 2, received: 2, lost: 0 },
  });
});

test('a mail that an answered request owes and that never came is lost', () => {
  expect(faultsOf([answered], [mail(buyer)], [worker])).toEqual(only('lost'));
  expect(audit([answered], [], [worker]).rounds.get('a point')).toMatchObject({ owed: 2, lost: 2 });
});

test('a mail that the mail server never accepted is lost', () => {
  expect(faultsOf([answered], [mail(buyer), mail(office, { isAccepted: false })], [worker])).toEqual(
    only('lost'),
  );
});

test('a request without an answer mails all or nobody', () => {
  expect(faultsOf([unanswered], [], [worker])).toEqual([]);
  expect(faultsOf([unanswered], both, [worker])).toEqual([]);
  expect(audit([unanswered], both, [worker]).rounds.get('a point')).toMatchObject({ storedUnanswered: 1 });
  expect(faultsOf([unanswered], [mail(buyer)], [worker])).toEqual(only('partial'));
});

test('a key that made two requests is found by its answers, and by the mails to the buyer', () => {
  const twice = { ...answered, answers: [...answered.answers, { id: 'id-2', number: 'QL-2' }] };
  expect(faultsOf([twice], both, [worker])).toEqual(only('secondRequests'));
  const second = both.map((one) => ({ ...one, number: 'QL-2', messageId: `${one.messageId} again` }));
  expect(faultsOf([answered], [...both, ...second], [worker])).toEqual([
    ['secondRequests', 1],
    ['secondMails', 2],
  ]);
});

test('a second mail to the same person is not a copy of the first', () => {
  expect(faultsOf([answered], [...both, mail(office, { messageId: '<2>' })], [killed])).toEqual(
    only('secondMails'),
  );
});

test('a mail of an unknown request or to a person who was not asked is a stranger', () => {
  expect(
    faultsOf([answered], [...both, mail(office, { number: 'QL-9', messageId: '<2>' })], [worker]),
  ).toEqual(only('strangers'));
  expect(faultsOf([answered], [...both, mail('office@other.example')], [worker])).toEqual(only('strangers'));
});

test('an equal copy is allowed only from a process that was interrupted before it stored that the mail was sent', () => {
  const copies = [...both, mail(office, { from: 'worker 2, start 1' })];
  expect(faultsOf([answered], copies, [killed])).toEqual([]);
  expect(audit([answered], copies, [killed]).repeated).toEqual(new Map([['a point', 1]]));
  expect(faultsOf([answered], copies, [worker])).toEqual(only('doubled'));
  expect(faultsOf([answered], copies, [{ ...killed, unstored: 0 }])).toEqual(only('doubled'));
  expect(faultsOf([answered], copies, [{ ...worker, unstored: 1 }])).toEqual(only('doubled'));
});

test('there are no more copies than mails that were interrupted', () => {
  const copies = both.flatMap((one) => [one, { ...one, from: 'worker 2, start 1' }]);
  expect(faultsOf([answered], copies, [killed])).toEqual(only('doubled'));
  expect(faultsOf([answered], copies, [{ ...killed, unstored: 2 }])).toEqual([]);
});

test.each([['date'], ['content'], ['recipient']] as const)(
  'copies that differ in their %s are not equal',
  (part) => {
    const copy = { ...mail(office), [part]: buyer };
    const names = faultsOf([answered], [...both, copy], [killed]).map(([name]) => name);
    expect(names).toContain('unequal');
  },
);
