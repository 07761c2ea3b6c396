import { expect, test } from 'vitest';
import type { EnquiryByLink } from '#lib/api/schema.d.ts';
import { agreedSums, agreedTerms, isOrdered, outcomeOf } from '#lib/answer/outcome.ts';
import { enquiry } from './enquiry.ts';

const can = (why: EnquiryByLink['can']['why']) =>
  ({ answer: why === null, askMoreTime: false, message: true, why }) as EnquiryByLink['can'];
const quotes = [
  {
    lines: [
      { lineId: 'a', decision: 'offer' },
      { lineId: 'b', decision: 'decline' },
      { lineId: 'c', decision: 'offer' },
    ],
  },
] as EnquiryByLink['quotes'];
const outcomes = (of: EnquiryByLink) => ['a', 'b', 'c'].map((id) => outcomeOf(of, id));

test('after an acceptance each line of a partner is accepted, declined by the partner or not taken', () => {
  const decided = enquiry({ acceptedLineIds: ['a'], quotes, can: can('enquiry_closed') });
  expect(isOrdered(decided)).toBe(true);
  expect(outcomes(decided)).toEqual(['accepted', 'declined', 'lost']);
});

test('nothing is called ordered or not taken before the buyer has decided', () => {
  const open = enquiry({ acceptedLineIds: [], quotes, can: can('deadline_over') });
  expect(isOrdered(open)).toBe(false);
  expect(outcomes(open)).toEqual([null, 'declined', null]);
  // Lines of an order that are confirmed, while the buyer decides about the others.
  expect(isOrdered(enquiry({ acceptedLineIds: ['a'], quotes, can: can(null) }))).toBe(false);
});

test('lines of a partner that never answered, or lost, are not ordered', () => {
  const unanswered = enquiry({ acceptedLineIds: [], quotes: [], can: can('enquiry_closed') });
  expect([isOrdered(unanswered), ...outcomes(unanswered)]).toEqual([false, null, null, null]);
  const lost = enquiry({ acceptedLineIds: [], quotes, can: can('enquiry_closed') });
  expect([isOrdered(lost), ...outcomes(lost)]).toEqual([false, 'lost', 'declined', 'lost']);
});

test('an ordered line has the terms of the version that was accepted, and the sum is of those by currency', () => {
  const money = (amount: string, currency = 'EUR') => ({ amount, currency });
  const terms = (lineId: string, lineTotal: object, accepted: boolean) => ({ lineId, lineTotal, accepted });
  const versions = [
    { lines: [terms('a', money('9.00', 'RSD'), false), terms('b', money('500.00', 'RSD'), true)] },
    { lines: [terms('a', money('80.10'), true), terms('c', money('20.20'), true)] },
  ] as unknown as EnquiryByLink['quotes'];
  const ordered = enquiry({ acceptedLineIds: ['a', 'b', 'c'], quotes: versions });
  expect(agreedTerms(ordered, 'a')?.lineTotal).toEqual(money('80.10'));
  expect(agreedTerms(ordered, 'd')).toBeUndefined();
  expect(agreedSums(ordered)).toEqual([money('100.30'), money('500.00', 'RSD')]);
});
