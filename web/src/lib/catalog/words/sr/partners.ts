import type { Translation } from '#server/common/words.ts';
import type { words as english } from '../en/partners.ts';

export const words: Translation<typeof english> = {
  'partners.title': 'Partneri',
  'partners.text': 'Dobavljači koji ovde prodaju. Jednim zahtevom možete pitati koliko god njih želite.',
  'partners.table': 'Partneri i šta nude',
  'partners.description': 'Partneri koji ovde prodaju, sa zemljom i brojem proizvoda.',
  'partners.partner': 'Partner',
  'partners.country': 'Zemlja',
  'partners.offers': 'Proizvodi i usluge',
  'partners.reachable': 'Prima upite',
  'partners.reachableYes': 'imejlom',
  'partners.emptyTitle': 'Još nema nijednog partnera',
  'partners.emptyText': 'Partneri se pojavljuju sa prvim uvezenim katalogom.',
  'partners.aboutOne': 'Proizvodi i usluge partnera {name}, sa cenama iz cenovnika i dostupnošću.',
};
