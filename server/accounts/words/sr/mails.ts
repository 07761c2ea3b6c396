import type { Translation } from '#server/common/words.ts';
import type { words as english } from '../en/mails.ts';

export const words: Translation<typeof english> = {
  for: 'Za {address}',
  'verify.subject': 'Potvrdite svoju imejl adresu',
  'verify.lead': 'Neko se, verovatno Vi, registrovao na Quoteline ovom adresom. Potvrdite da je Vaša.',
  'verify.action': 'Potvrda adrese',
  'verify.hint': 'Otvaranje strane još ništa ne menja: tamo ćete pritisnuti dugme. Veza radi 24 sata.',
  'verify.notYou': 'Ako to niste bili Vi, ne morate ništa da radite: bez ove potvrde nalog neće nastati.',
  'known.subject': 'Već imate nalog',
  'known.lead':
    'Neko je, verovatno Vi, hteo da se registruje na Quoteline ovom adresom. Ona već ima nalog, koji ostaje kakav jeste.',
  'known.action': 'Prijava',
  'known.hint': 'Prijavite se ovom adresom i lozinkom svog naloga.',
  'known.notYou': 'Ako to niste bili Vi, nije potrebno ništa: ništa se nije promenilo.',
};
