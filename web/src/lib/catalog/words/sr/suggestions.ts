import type { Translation } from '#server/common/words.ts';
import type { words as english } from '../en/suggestions.ts';

export const words: Translation<typeof english> = {
  'suggestions.codes': 'Šifre',
  'suggestions.products': 'Proizvodi i usluge',
  'suggestions.categories': 'Kategorije',
  'suggestions.tags': 'Oznake',
  'suggestions.partners': 'Partneri',
  'suggestions.all': 'Svi rezultati',
  'suggestions.count': { one: '{count} predlog', few: '{count} predloga', other: '{count} predloga' },
  'suggestions.none': 'Nema predloga',
  'suggestions.allResults': 'Svi rezultati za „{q}“',
};
