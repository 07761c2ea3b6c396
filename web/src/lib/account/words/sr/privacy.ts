import type { Translation } from '#server/common/words.ts';
import type { words as english } from '../en/privacy.ts';

export const words: Translation<typeof english> = {
  'privacy.copy': 'Kopija Vaših podataka',
  'privacy.copyText':
    'Sve što o Vama čuvamo, kao jedna datoteka za programe (JSON): profil, zahtevi s odgovorima, pozivi, kredit, reklamacije, rešenja, želje, nazivi datoteka.',
  'privacy.getCopy': 'Preuzmite kopiju',
  'privacy.erase': 'Brisanje naloga',
  'privacy.eraseText':
    'Zauvek i odmah: nestaju profil, prijave, rešenja, želje, datoteke, brojevi telefona i adrese Vaših poruka. To se ne može poništiti.',
  'privacy.kept': 'Šta ostaje, bez Vašeg imena',
  'privacy.kept.partners':
    'Šta su partneri pitani i šta su odgovorili; uz ono što ste poručili ostaju i firma i adrese.',
  'privacy.kept.books': 'Uplate, potrošnja kredita i računi kakvi su izdati, kako zakon nalaže.',
  'privacy.kept.complaints': 'Šta je napisano u reklamacijama, s datotekama, i kako su se završile.',
  'privacy.kept.company': 'Šta ste poslali za svoju firmu, za Vaše kolege.',
  'privacy.stillOpen': 'Nalog se može obrisati kada se ovo završi:',
  'privacy.open.open_order': 'Porudžbina je u toku',
  'privacy.open.open_hold': 'Kredit je rezervisan za poziv',
  'privacy.open.open_call': 'Poziv je u toku',
  'privacy.open.open_complaint': 'Reklamacija je otvorena',
  'privacy.open.open_top_up': 'Dopuna još nije završena:',
  'privacy.open.last_admin': 'Vašoj firmi je prvo potreban drugi administrator',
  'privacy.leftovers': 'Još nešto imate',
  'privacy.leftoversText': 'Zatražite prvo povraćaj, ili se ovde odreknite.',
  'privacy.toCredits': 'Vaš kredit',
  'privacy.giveUp': 'Odričem se',
  'privacy.credits': '{amount} kredita',
  'privacy.endCompany': 'Moja firma prestaje s mojim nalogom: niko drugi joj ne pripada',
  'privacy.endCompanyMissing':
    'Potvrdite da firma prestaje, ili prvo pozovite nekoga i postavite ga za administratora.',
  'privacy.eraseNow': 'Obrišite nalog zauvek',

  'errors.still_open': 'Nešto je još otvoreno: navedeno je ispod.',
  'errors.credit_left': 'Označite sve čega se odričete. Iznosi su se možda u međuvremenu promenili.',
};
