import type { Translation } from '#server/common/words.ts';
import type { words as english } from '../en/account.ts';

export const words: Translation<typeof english> = {
  'account.login': 'Prijava',
  'account.loginText': 'Za kupovinu nalog nije potreban. Ovde se prijavljuju ljudi partnera i osoblje.',
  'account.refused': 'Niste prijavljeni',
  'account.email': 'Imejl',
  'account.password': 'Lozinka',
  'account.title': 'Vaš nalog',
  'account.loggedInAs': 'Prijavljeni ste kao',
  'account.role': 'Uloga',
  'account.language': 'Jezik',
  'account.logout': 'Odjava',
  'account.loggedOut': 'Odjavljeni ste.',
  'account.roles.buyer': 'kupac',
  'account.roles.agent': 'agent partnera',
  'account.roles.manager': 'rukovodilac kod partnera',
  'account.roles.staff': 'osoblje',

  'errors.invalid_credentials': 'Imejl adresa ili lozinka nije ispravna.',
};
