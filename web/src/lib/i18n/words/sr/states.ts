import type { Translation } from '#server/common/words.ts';
import type { words as english } from '../en/states.ts';

export const words: Translation<typeof english> = {
  'availability.in_stock': 'Na stanju',
  'availability.out_of_stock': 'Nema na stanju',
  'availability.on_request': 'Na upit',
  'availability.stock': '{count} na stanju',
  'availability.leadTime': { one: '{count} dan', few: '{count} dana', other: '{count} dana' },
  'kind.product': 'Proizvod',
  'kind.service': 'Usluga',
  'kind.quote': 'Zahtev za ponudu',
  'kind.order': 'Porudžbina',
};
