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
    'Neko je, verovatno Vi, hteo da koristi ovu adresu za nalog na Quoteline. Ona već ima nalog, koji ostaje kakav jeste.',
  'known.action': 'Prijava',
  'known.hint': 'Ako ste zaboravili lozinku, ista strana vodi do nove.',
  'known.notYou': 'Ako to niste bili Vi, nije potrebno ništa: ništa se nije promenilo.',
  'change.subject': 'Potvrdite svoju novu imejl adresu',
  'change.lead':
    'Neko, verovatno Vi, želi da koristi ovu adresu za svoj nalog na Quoteline. Potvrdite da je Vaša.',
  'change.action': 'Potvrda adrese',
  'change.hint': 'Otvaranje strane još ništa ne menja: tamo ćete pritisnuti dugme. Veza radi 24 sata.',
  'change.notYou': 'Ako to niste bili Vi, nije potrebno ništa: nalog zadržava dosadašnju adresu.',
  'moved.subject': 'Vaša imejl adresa je promenjena',
  'moved.lead': 'Vaš nalog na Quoteline sada ima drugu imejl adresu. Ovom se više ne prijavljujete.',
  'moved.action': 'To nisam ja: poništavanje',
  'moved.hint': 'Radi 7 dana. Odjavljuje sve pregledače i postavljate novu lozinku.',
  'moved.notYou': 'Ako ste to bili Vi, nije potrebno ništa.',
  'reset.subject': 'Nova lozinka',
  'reset.lead': 'Neko je, verovatno Vi, tražio novu lozinku za nalog ove adrese.',
  'reset.action': 'Izbor nove lozinke',
  'reset.hint': 'Otvaranje strane još ništa ne menja. Veza radi jednom, u roku od jednog sata.',
  'reset.notYou': 'Ako to niste bili Vi, nije potrebno ništa: lozinka ostaje ista.',
  'changed.subject': 'Vaša lozinka je promenjena',
  'changed.lead': 'Lozinka Vašeg naloga je upravo promenjena, a svi drugi pregledači su odjavljeni.',
  'changed.action': 'To nisam ja: nova lozinka',
  'changed.hint': 'Ako ste to bili Vi, nije potrebno ništa.',
  'changed.notYou': 'Ovu poruku dobijate pri svakoj promeni lozinke.',
};
