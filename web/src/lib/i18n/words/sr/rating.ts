import type { Translation } from '#server/common/words.ts';
import type { words as english } from '../en/rating.ts';

export const words: Translation<typeof english> = {
  'rating.of': '{average} od 5, {ratings}',
  'rating.count': { one: '{count} ocena', few: '{count} ocene', other: '{count} ocena' },
  'rating.none': 'još nema ocena',
  'rating.name': 'Ocena poziva',
  'rating.few': { one: 'Novo: {count} ocena', few: 'Novo: {count} ocene', other: 'Novo: {count} ocena' },
};
