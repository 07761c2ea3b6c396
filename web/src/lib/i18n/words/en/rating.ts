import type { Words } from '#server/common/words.ts';

/** How a partner is rated. */
export const words = {
  'rating.of': '{average} of 5, {ratings}',
  'rating.count': { one: '{count} rating', other: '{count} ratings' },
  'rating.none': 'no ratings yet',
  'rating.name': 'Rating of calls',
} as const satisfies Words;
