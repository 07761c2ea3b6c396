import type { Translation } from '#server/common/words.ts';
import type { words as english } from '../en/catalog.ts';

export const words: Translation<typeof english> = {
  'catalog.add': 'Dodajte',
  'catalog.addNamed': 'Dodajte {code} u rešenje',
  'catalog.quantityOf': 'Količina za {code}',
  'catalog.inLine': '{quantity} u stavci {position}',
  'catalog.inLines': {
    one: '{quantity} u {count} stavci',
    few: '{quantity} u {count} stavke',
    other: '{quantity} u {count} stavki',
  },
  'catalog.added': '{code} je u Vašem rešenju',
  'catalog.openSolution': 'Otvorite rešenje',
  'catalog.minimum': 'Najmanje {minimum}',
  'catalog.minimumPack': 'Najmanje {minimum}, pakovanja po {pack}',
  'catalog.notSellableMinimum': 'Najmanja količina je {minimum}.',
  'catalog.notSellablePack': 'Najmanja količina je {minimum}, u pakovanjima po {pack}.',
  'catalog.wrongQuantity': 'Upišite količinu kao ceo broj, na primer 10.',
  'catalog.notReachable': 'ne može da primi upit',
  'catalog.delivery': {
    one: 'Isporuka {count} dan',
    few: 'Isporuka {count} dana',
    other: 'Isporuka {count} dana',
  },
  'catalog.soldOutDays': {
    one: 'Nema na stanju · {count} dan',
    few: 'Nema na stanju · {count} dana',
    other: 'Nema na stanju · {count} dana',
  },
  'catalog.partnerNotReachable': 'Ovaj partner ovde nema imejl adresu, pa mu ne možete poslati upit.',
  'catalog.categoryDescription': '{name}: proizvodi i usluge više partnera, sa cenama iz cenovnika.',
  'catalog.askAll': {
    one: 'Pitajte {count} partnera',
    few: 'Pitajte sva {count} partnera',
    other: 'Pitajte svih {count} partnera',
  },
  'catalog.askSome': {
    one: 'Pitajte {count} partnera',
    few: 'Pitajte {count} partnera',
    other: 'Pitajte {count} partnera',
  },
  'catalog.picture': 'Slika',
  'catalog.product': 'Proizvod',
  'catalog.partner': 'Partner',
  'catalog.available': 'Dostupno',
  'catalog.listPrice': 'Cena iz cenovnika',
  'catalog.addColumn': 'Dodavanje u rešenje',
  'catalog.offersMore': {
    one: 'Nudi ga {count} partner',
    few: 'Nude ga {count} partnera',
    other: 'Nudi ga {count} partnera',
  },
  'catalog.compareNamed': 'Uporedite {code}',
  'catalog.canTalk': {
    one: '{count} na raspolaganju',
    few: '{count} na raspolaganju',
    other: '{count} na raspolaganju',
  },
};
