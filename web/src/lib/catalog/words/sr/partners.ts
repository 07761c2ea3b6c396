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
  'partners.quality': 'Kvalitet {score} od 100',
  'partners.qualityNone': 'Kvalitet: još je premalo podataka za ocenu',
  'partners.qualityHow':
    'Šta se ovde dogodilo u poslednjih {days} dana. Od 100 poena, 40 je za udeo odgovorenih upita, 20 za brzinu odgovora (svi do 4 sata, nijedan posle 72) i 40 za udeo preuzetih poziva; svaka reklamacija na sto poziva oduzima 2, najviše 30. Uz manje od pet upita i poziva zajedno nema ocene.',
  'partners.answered': 'Odgovoreni upiti',
  'partners.answeredOf': '{answered} od {asked}',
  'partners.median': 'Medijana vremena do odgovora',
  'partners.hours': { one: '{count} sat', few: '{count} sata', other: '{count} sati' },
  'partners.callsTaken': 'Preuzeti pozivi',
  'partners.callsMissed': 'Propušteni pozivi',
  'partners.complaints': 'Reklamacije na sto poziva',
};
