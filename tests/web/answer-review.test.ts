import { expect, test } from 'vitest';
import type { Answer } from '#lib/api/schema.d.ts';
import { changesIn, needsConsent } from '#lib/answer/review.ts';
import { line } from './enquiry.ts';

type AnswerLine = Answer['lines'][number];
const asked = line('a');
const given = (more: Partial<AnswerLine>): AnswerLine => ({
  ...{ lineId: 'a', decision: 'offer', unitPrice: { amount: '12.5', currency: 'EUR' } },
  ...{ quantity: 10, leadTimeDays: 5, ...more },
});

test('an order’s line says what it asked for wherever the answer differs', () => {
  expect(changesIn(given({}), asked, 'order')).toEqual({});
  const price = changesIn(
    given({ unitPrice: { amount: '13', currency: 'EUR' }, quantity: 8 }),
    asked,
    'order',
  );
  expect(price).toEqual({ unitPrice: asked.listPrice, quantity: 10 });
  expect(changesIn(given({ decision: 'alternative' }), asked, 'order')).toEqual({ product: 'Sensor' });
  expect(changesIn(given({ unitPrice: { amount: '12.50', currency: 'RSD' } }), asked, 'order')).toEqual({
    unitPrice: asked.listPrice,
  });
  expect(needsConsent(price)).toBe(true);
});

test('a later delivery of a confirmed line is marked and needs consent, an earlier one does not', () => {
  const later = changesIn(given({ decision: 'confirm', leadTimeDays: 9 }), asked, 'order');
  expect(later).toEqual({ leadTimeDays: 5, isLater: true });
  expect(needsConsent(later)).toBe(true);
  const earlier = changesIn(given({ decision: 'confirm', leadTimeDays: 2 }), asked, 'order');
  expect(earlier).toEqual({ leadTimeDays: 5 });
  expect(needsConsent(earlier)).toBe(false);
});

test('a quote’s own price is no change, another quantity is, and a declined line has none', () => {
  const quoted = given({ unitPrice: { amount: '9', currency: 'EUR' }, quantity: 4, leadTimeDays: 30 });
  expect(changesIn(quoted, asked, 'quote')).toEqual({ quantity: 10 });
  expect(changesIn({ lineId: 'a', decision: 'decline' }, asked, 'order')).toEqual({});
});
