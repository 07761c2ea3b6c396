import type { Translation } from '#server/common/words.ts';
import type { words as english } from '../en/requests.ts';

export const words: Translation<typeof english> = {
  'requests.title': 'Moji zahtevi',
  'requests.lead':
    'Šta ste poslali iz ovog pregledača. Veza iz imejla sa potvrdom svaki od njih otvara bilo gde.',
  'requests.request': 'Zahtev',
  'requests.sent': 'Poslato',
  'requests.lines': 'Stavke',
  'requests.answers': 'Odgovori',
  'requests.answersOf': {
    one: '{count} od {total} partnera',
    few: '{count} od {total} partnera',
    other: '{count} od {total} partnera',
  },
  'requests.deadline': 'Rok za odgovore',
  'requests.noDeadline': 'bez roka',
  'requests.over': '(istekao)',
  'requests.state': 'Stanje',
  'requests.kind.quote': 'zahtev za ponudu',
  'requests.kind.order': 'porudžbina',
  'requests.status.sent': 'Čekaju se odgovori',
  'requests.status.partly_answered': 'Neki su odgovorili',
  'requests.status.answered': 'Svi su odgovorili',
  'requests.status.partly_accepted': 'Delimično prihvaćeno',
  'requests.status.accepted': 'Prihvaćeno',
  'requests.status.closed': 'Zatvoreno',
  'requests.empty': 'Još ništa nije poslato',
  'requests.emptyText':
    'Sastavite spisak onoga što Vam treba, od koliko god partnera želite, i svima pošaljite jedan zahtev. Zatim ga nalazite ovde sa njihovim odgovorima.',
  'requests.toSearch': 'Pretražite katalog',
  'requests.toSolution': 'Na rešenje',
  'requests.place': 'Adresa isporuke',
  'requests.country': 'Zemlja',
  'requests.countryNone': 'Nije navedena',
  'requests.billingElsewhere': 'Račun se šalje na drugu adresu',
  'requests.billingPlace': 'Adresa za račun',
  'requests.billingCountry': 'Zemlja te adrese',
};
