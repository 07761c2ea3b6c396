import type { Words } from '#server/common/words.ts';

/** How a partner is rated. */
export const words = {
  'rating.of': '{average} of 5, {ratings}',
  'rating.count': { one: '{count} rating', other: '{count} ratings' },
  'rating.none': 'no ratings yet',
  'rating.name': 'Call rating',
  'rating.few': { one: 'New: {count} rating', other: 'New: {count} ratings' },
} as const satisfies Words;
