import type { Translation } from '#server/common/words.ts';
import type { words as english } from '../en/review.ts';

export const words: Translation<typeof english> = {
  'review.title': 'Pregled i slanje',
  'review.orderTitle': 'Pregled i porudžbina',
  'review.solution': 'Rešenje',
  'review.step.lineUp': 'Sastavljanje spiska',
  'review.step.answers': 'Odgovori',
  'review.step.confirmations': 'Potvrde',
  'review.step.order': 'Porudžbina',
  'review.step.ordered': 'Poručeno',

  'review.what': 'Šta želite od partnera?',
  'review.kind': 'Vrsta zahteva',
  'review.quote': 'Zvanične ponude',
  'review.quoteText':
    'Svaki partner odgovara cenama, rokovima isporuke i rokom važenja. Vi odlučujete posle toga.',
  'review.order': 'Porudžbina po cenovniku',
  'review.orderText':
    'Poručujete odmah. Svaki partner potvrđuje svoje stavke, nudi izmenu ili odbija. Za svaku stavku jedan partner.',
  'review.orderBlocked': {
    one: '{count} stavka ide većem broju partnera. Prvo izaberite jednog.',
    few: '{count} stavke idu većem broju partnera. Prvo za svaku izaberite jednog.',
    other: '{count} stavki ide većem broju partnera. Prvo za svaku izaberite jednog.',
  },

  'review.who': 'Šta dobija svaki partner',
  'review.orderWho': 'Šta poručujete od svakog partnera',
  'review.whoHint': 'Svaki partner imejlom dobija samo svoje stavke. Partneri ne vide jedni druge.',
  'review.changeLines': 'Izmenite stavke',
  'review.noAddress': 'nema imejl adresu, ne može se pitati',
  'review.linesFor': 'Stavke za: {vendor}',
  'review.no': 'Br.',
  'review.product': 'Proizvod',
  'review.code': 'Šifra',
  'review.quantity': 'Količina',
  'review.listPrice': 'Cena iz cenovnika',
  'review.total': 'Ukupno',
  'review.linesAtList': {
    one: '{count} stavka, po cenovniku',
    few: '{count} stavke, po cenovniku',
    other: '{count} stavki, po cenovniku',
  },
  'review.linesOnRequest': { one: '{count} stavka', few: '{count} stavke', other: '{count} stavki' },
  'review.linesCount': { one: '{count} stavka', few: '{count} stavke', other: '{count} stavki' },

  'review.changed': 'izmenjeno',
  'review.changed.line_added': 'Dodato u međuvremenu',
  'review.changed.quantity_changed': 'Količina je izmenjena, bilo je {was}',
  'review.changed.vendors_changed': 'Partneri su izmenjeni',
  'review.changed.price_changed': 'Cena iz cenovnika je izmenjena',
  'review.changed.text_changed': 'Opcije ili napomena su izmenjene',
  'review.removed': {
    one: '{count} stavka je u međuvremenu uklonjena.',
    few: '{count} stavke su u međuvremenu uklonjene.',
    other: '{count} stavki je u međuvremenu uklonjeno.',
  },

  'review.details': 'Vaši podaci',
  'review.guest':
    'Nalog Vam nije potreban. Zahtev pratite u ovom pregledaču i preko veze iz potvrde koju dobijate imejlom.',
  'review.loggedIn': 'Popunjeno iz Vašeg naloga i poslednjeg zahteva. Izmenite šta je ovog puta drugačije.',
  'review.name': 'Ime i prezime',
  'review.company': 'Firma',
  'review.email': 'Imejl',
  'review.emailHint': 'Ovde stižu odgovori i veza za praćenje.',
  'review.phone': 'Telefon',
  'review.phoneHint':
    'Samo za pitanja o ovom zahtevu. Unesite pozivni broj zemlje ili ispod izaberite zemlju isporuke.',
  'review.taxId': 'PIB',
  'review.titleField': 'Naslov',
  'review.titleHint': 'Za Vaš spisak. Partneri ga ne vide.',
  'review.derivedName': {
    one: '{first} i još {count}',
    few: '{first} i još {count}',
    other: '{first} i još {count}',
  },

  'review.deliveryAndAnswers': 'Isporuka i odgovori',
  'review.addresses': 'Vaše adrese',
  'review.deadline': 'Odgovori potrebni do',
  'review.deadlineHint':
    'Do kraja tog dana po Vašem vremenu. Pojedinim partnerima kasnije možete produžiti rok.',
  'review.deadlineHintUtc':
    'Do kraja tog dana, 24:00 UTC. Pojedinim partnerima kasnije možete produžiti rok.',
  'review.neededBy': 'Roba potrebna do',
  'review.neededByHint': 'Partneri Vam javljaju da li mogu da isporuče do tada.',
  'review.message': 'Poruka svim partnerima',
  'review.messageHint': 'Vidi je svaki partner.',

  'review.quoteBinds': 'Bez PDV-a i isporuke. Zahtev za ponudu Vas ne obavezuje.',
  'review.orderBinds': 'Bez PDV-a i isporuke. Svaka stavka je poručena kad je partner potvrdi bez izmena.',
  'review.send': 'Slanje',
  'review.sendTo': {
    one: 'Pošaljite {count} partneru',
    few: 'Pošaljite na {count} partnera',
    other: 'Pošaljite na {count} partnera',
  },
  'review.orderFrom': {
    one: 'Poručite od {count} partnera',
    few: 'Poručite od {count} partnera',
    other: 'Poručite od {count} partnera',
  },
  'review.orderAsk': {
    one: 'Poručujete od {count} partnera?',
    few: 'Poručujete od {count} partnera?',
    other: 'Poručujete od {count} partnera?',
  },
  'review.orderConfirm':
    'Svaka stavka je poručena čim je partner potvrdi bez izmena. Izmene koje partner ponudi čekaju Vašu odluku.',
  'review.orderConfirmNext':
    'Cene iz cenovnika, bez PDV-a i isporuke. Svaki partner imejlom dobija svoje stavke, Vašu adresu i podatke za kontakt.',
  'review.onRequest': {
    one: '{count} cena na upit',
    few: '{count} cene na upit',
    other: '{count} cena na upit',
  },
  'review.placeOrders': {
    one: 'Pošaljite {count} porudžbinu',
    few: 'Pošaljite {count} porudžbine',
    other: 'Pošaljite {count} porudžbina',
  },
  'review.back': 'Nazad na pregled',
  'review.mendFirst': {
    one: 'Prvo ispravite {count} prepreku: pogledajte vrh strane.',
    few: 'Prvo ispravite {count} prepreke: pogledajte vrh strane.',
    other: 'Prvo ispravite {count} prepreka: pogledajte vrh strane.',
  },
  'review.next': 'Šta sledi',
  'review.nextNow': 'Sada',
  'review.nextNowText': {
    one: 'Pišemo {count} partneru (primalaca: {people}). Vi dobijate celu specifikaciju imejlom.',
    few: 'Pišemo na adrese {count} partnera (primalaca: {people}). Vi dobijate celu specifikaciju imejlom.',
    other: 'Pišemo na adrese {count} partnera (primalaca: {people}). Vi dobijate celu specifikaciju imejlom.',
  },
  'review.nextAnswers': 'Kako odgovori stižu',
  'review.nextAnswersText': 'Kad odgovori stignu, javljamo Vam imejlom; uporedite ih stavku po stavku.',
  'review.nextAccept': 'Vi prihvatate',
  'review.nextAcceptText': 'Sve ili pojedine stavke. Tek tada je to porudžbina.',
  'review.nextConfirm': 'Partneri potvrđuju',
  'review.nextConfirmText': 'Svaka potvrđena stavka je poručena. Javljamo Vam imejlom.',
  'review.nextChanges': 'Vi odlučujete o izmenama',
  'review.nextChangesText':
    'Što partner izmeni, Vi prihvatate ili odbijate. Potvrđene stavke ostaju poručene.',

  'review.notSent': 'Zahtev nije poslat',
  'review.notOrdered': 'Porudžbina nije poslata',
  'review.toRequests': 'Moji zahtevi',
  'review.toSolution': 'Na rešenje',
  'review.problems': {
    one: '{count} prepreka za slanje',
    few: '{count} prepreke za slanje',
    other: '{count} prepreka za slanje',
  },
  'review.moreProblems': { one: 'još {count}', few: 'još {count}', other: 'još {count}' },
  'review.line': 'Stavka {position}, {name}:',
  'review.empty': 'Nema šta da se pošalje',
  'review.emptyText': 'Rešenje nema stavki. Ono što ste poslali nalazi se pod „Moji zahtevi“.',

  'errors.specification_changed':
    'Rešenje se u međuvremenu promenilo, na primer u drugoj kartici. Izmene su označene ispod. Proverite ih, pa pošaljite ponovo.',
  'errors.solution_empty': 'Prvo dodajte bar jednu stavku.',
  'errors.one_vendor_per_order_line': 'Porudžbina za svaku stavku traži tačno jednog partnera. Izaberite ga.',
};
