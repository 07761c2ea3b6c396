import type { Words } from '#server/common/words.ts';

/** How a partner is rated. */
export const rating = {
  'rating.of': '{average} od 5, {ratings}',
  'rating.count': { one: '{count} ocena', few: '{count} ocene', other: '{count} ocena' },
  'rating.none': 'još nema ocena',
  'rating.name': 'Ocena poziva',
} as const satisfies Words;
