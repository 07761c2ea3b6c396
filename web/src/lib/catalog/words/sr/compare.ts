import type { Translation } from '#server/common/words.ts';
import type { words as english } from '../en/compare.ts';

export const words: Translation<typeof english> = {
  'compare.title': 'Poređenje proizvoda',
  'compare.only': 'Samo razlike',
  'compare.differs': 'razlikuje se',
  'compare.none': 'Nije navedeno',
  'compare.remove': 'Uklonite',
  'compare.removeNamed': 'Uklonite {code} iz poređenja',
  'compare.onlyFour': 'Mogu se porediti najviše četiri proizvoda. Ovo su prva četiri.',
  'compare.emptyTitle': 'Još nema šta da se poredi',
  'compare.emptyText': 'Označite dva do četiri proizvoda na spisku, pa izaberite Uporedite.',
  'compare.apart': 'Porede se samo proizvodi iste kategorije, pa su ovi razdvojeni.',
  'compare.alone': 'Ništa iz iste kategorije',
};
