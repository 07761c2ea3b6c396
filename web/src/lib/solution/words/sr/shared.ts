import type { Translation } from '#server/common/words.ts';
import type { words as english } from '../en/shared.ts';

export const words: Translation<typeof english> = {
  'shared.title': 'Podeljeno rešenje',
  'shared.lead': 'Neko je podelio ovaj spisak s Vama. Možete da ga čitate; kopiju možete da menjate.',
  'shared.take': 'Uzmite svoju kopiju',
  'shared.lines': 'Stavke',
  'shared.product': 'Proizvod',
  'shared.quantity': 'Količina',
  'shared.asked': 'Koga pitati',
  'shared.total': 'Cena po cenovniku',
  'shared.gone': 'Ova veza više ne radi',
  'shared.goneText': 'Vlasnik ju je ugasio ili je adresa nepotpuna.',
};
