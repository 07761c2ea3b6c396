import type { Translation } from '#server/common/words.ts';
import type { words as english } from '../en/catalog.ts';

export const words: Translation<typeof english> = {
  'catalog.add': 'Dodaj',
  'catalog.addNamed': 'Dodaj {code} u rešenje',
  'catalog.quantityOf': 'Količina za {code}',
  'catalog.inLine': '{quantity} u stavci {position}',
  'catalog.inLines': {
    one: '{quantity} u {count} stavci',
    few: '{quantity} u {count} stavke',
    other: '{quantity} u {count} stavki',
  },
  'catalog.added': '{code} je u Vašem rešenju',
  'catalog.openSolution': 'Otvorite rešenje',
  'catalog.minimum': 'od {minimum}',
  'catalog.minimumPack': 'od {minimum}, u pakovanjima po {pack}',
  'catalog.notSellableMinimum': 'Prodaje se od {minimum}.',
  'catalog.notSellablePack': 'Prodaje se od {minimum}, u pakovanjima po {pack}.',
  'catalog.wrongQuantity': 'Upišite ceo broj od 1 do 1.000.000.000.',
  'catalog.notReachable': 'ne može da primi upit',
  'catalog.soldOutDays': {
    one: 'Rasprodato, {count} dan',
    few: 'Rasprodato, {count} dana',
    other: 'Rasprodato, {count} dana',
  },
  'catalog.partnerNotReachable':
    'Ovaj partner ovde nema adresu e-pošte. Njegovi proizvodi su prikazani, ali se za njih ne može poslati upit.',
  'catalog.categoryDescription': '{name}: proizvodi i usluge više partnera, sa cenama iz cenovnika.',
};
