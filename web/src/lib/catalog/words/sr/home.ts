import type { Translation } from '#server/common/words.ts';
import type { words as english } from '../en/home.ts';

export const words: Translation<typeof english> = {
  'home.title': 'Pronađite delove, pitajte sve partnere jednim zahtevom',
  'home.heading': 'Pronađite delove. Pitajte sve partnere jednim zahtevom.',
  'home.lead':
    'Ovde prodaje {partners}: naši partneri. Sastavite spisak proizvoda i usluga, svoje rešenje; pošaljite ga kao jedan zahtev; uporedite zvanične ponude jednu pored druge. Nalog nije potreban.',
  'home.pasteAdd': 'Pročitajte spisak',
  'home.pasteFile': 'Pošaljite datoteku',
  'home.browse': 'Pregledajte katalog',
  'home.browseCount': '{products}, {partners}',
  'home.products': {
    one: '{count} proizvod ili usluga',
    few: '{count} proizvoda i usluga',
    other: '{count} proizvoda i usluga',
  },
  'home.partnersCount': { one: '{count} partner', few: '{count} partnera', other: '{count} partnera' },
  'home.partners': 'Partneri sa najširim izborom',
  'home.allPartners': {
    one: 'Pogledajte partnera',
    few: 'Sva {count} partnera',
    other: 'Svih {count} partnera',
  },
  'home.how': 'Kako zahtev putuje',
  'home.how1': 'Vi sastavljate spisak',
  'home.how1Text': 'Vaše rešenje: proizvodi, usluge i napomene, od bilo kojih partnera.',
  'home.how2': 'Svaki partner dobija svoje stavke',
  'home.how2Text': 'Imejlom, na zvaničnu adresu i nadležnim saradnicima.',
  'home.how3': 'Partneri odgovaraju',
  'home.how3Text': 'Sa cenom, rokom i važenjem za svaku stavku.',
  'home.how4': 'Vi poredite i prihvatate',
  'home.how4Text': 'Stavku po stavku. Tek tada to postaje porudžbina.',
  'home.exampleLabel': 'Primer: kako se rešenje deli po partnerima',
  'home.exampleLines': 'Stavke',
  'home.exampleAsked': 'Pitani partneri',
  'home.exampleTitle': 'Primer',
  'home.emptyTitle': 'Katalog je prazan',
  'home.emptyText': 'Oblasti se pojavljuju čim se uveze neki katalog.',
  'home.suppliers': { one: '{count} dobavljač', few: '{count} dobavljača', other: '{count} dobavljača' },
  'home.demo':
    'Ovo je demo: partneri, ljudi i cene su izmišljeni. Nijedna poruka ne odlazi odavde i nijedan pravi telefon ne zvoni.',
  'home.try': 'Probajte',
  'home.pasteLabel': 'Imate spisak? Nalepite šifre i količine',
  'home.talkNow': {
    one: '{count} osoba je sada slobodna za razgovor',
    few: '{count} osobe su sada slobodne za razgovor',
    other: '{count} osoba je sada slobodno za razgovor',
  },
  'home.talkText':
    'Pozovite sa strane proizvoda: prvo se javlja sagovornik, pa zvoni Vaš telefon. Besplatno.',
  'home.talkNobody': 'Trenutno niko nije slobodan. Ostavite broj na strani proizvoda i pozvaćemo Vas.',
  'home.talkAbout': 'za {product}',
  'home.exampleName': 'Jedno rešenje, {lines}',
  'home.exampleLineCount': { one: '{count} stavka', few: '{count} stavke', other: '{count} stavki' },
  'home.exampleGets': {
    one: 'dobija {count} stavku',
    few: 'dobija {count} stavke',
    other: 'dobija {count} stavki',
  },
  'home.own': 'Vaš započeti posao',
  'home.ownLines': {
    one: '{count} stavka, još nije poslata',
    few: '{count} stavke, još nisu poslate',
    other: '{count} stavki, još nisu poslate',
  },
  'home.ownUnnamed': 'Vaše rešenje',
  'home.ownRequests': {
    one: '{count} otvoren zahtev',
    few: '{count} otvorena zahteva',
    other: '{count} otvorenih zahteva',
  },
};
