import type { Translation } from '#server/common/words.ts';
import type { words as english } from '../en/account.ts';

export const words: Translation<typeof english> = {
  'account.login': 'Prijava',
  'account.loginText':
    'Ovde se prijavljuju kupci, partneri, njihovi saradnici i osoblje. Kupovati možete i bez naloga.',
  'account.refused': 'Prijava nije uspela',
  'account.email': 'Imejl',
  'account.password': 'Lozinka',
  'account.title': 'Vaš nalog',
  'account.loggedInAs': 'Prijavljeni ste kao',
  'account.role': 'Uloga',
  'account.language': 'Jezik',
  'account.logout': 'Odjava',
  'account.loggedOut': 'Odjavljeni ste.',
  'account.roles.buyer': 'kupac',
  'account.roles.agent': 'saradnik partnera',
  'account.roles.manager': 'rukovodilac kod partnera',
  'account.roles.staff': 'osoblje',

  'errors.invalid_credentials': 'Imejl adresa ili lozinka nije ispravna.',
};
