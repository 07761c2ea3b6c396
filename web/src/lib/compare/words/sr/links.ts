import type { Translation } from '#server/common/words.ts';
import type { words as english } from '../en/links.ts';

export const words: Translation<typeof english> = {
  'links.title': 'Veze',
  'links.hintBuyer':
    'Svako otvara Vaš zahtev svojom vezom. Opozovite vezu koja je dospela u pogrešne ruke ili pošaljite novu.',
  'links.hintVendor':
    'Svako od Vas otvara ovu stranu svojom vezom. Opozovite vezu koja je dospela u pogrešne ruke ili pošaljite novu. Kupac se o tome obaveštava.',
  'links.renew': 'Pošaljite novu vezu',
  'links.renewOf': 'Pošaljite novu vezu: {name}',
  'links.revoke': 'Opozovite',
  'links.revokeOf': 'Opozovite vezu: {name}',
  'links.revoked': 'veza opozvana {time}',
  'links.saidRevoked': 'Veza više ne radi.',
  'links.saidRenewed': 'Nova veza je poslata. Prethodna više ne radi.',
  'links.own': 'Vaša veza',
  'links.hintOwn':
    'Veza iz Vaših imejlova otvara ovaj zahtev bez prijave. Opozovite je ako ju je dobio neko drugi.',
};
