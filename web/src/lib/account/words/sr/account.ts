import type { Translation } from '#server/common/words.ts';
import type { words as english } from '../en/account.ts';

export const words: Translation<typeof english> = {
  'account.login': 'Prijava',
  'account.loginText':
    'Ovde se prijavljuju kupci, partneri, njihovi saradnici i osoblje. Kupovati možete i bez naloga.',
  'account.refused': 'Prijava nije uspela',
  'account.noAccount': 'Još nemate nalog?',
  'account.haveAccount': 'Imate nalog?',
  'account.register': 'Registracija',
  'account.registerAgain': 'Registrujte se ponovo',
  'account.registerText':
    'Nalog je besplatan i za kupovinu nikad nije potreban. U njemu su Vaša rešenja i zahtevi na okupu, u svakom pregledaču.',
  'account.registerRefused': 'Registracija nije uspela',
  'account.name': 'Ime i prezime',
  'account.company': 'Firma',
  'account.emailHint': 'Tamo šaljemo vezu. Nalog ne postoji dok je ne iskoristite.',
  'account.passwordHint': 'Od 8 do 128 znakova, bilo kojih. Nekoliko reči zaredom je dobar izbor.',
  'account.lookAtMail': 'Pogledajte svoju poštu',
  'account.mailSent': 'Poslali smo poruku na {address}.',
  'account.openTheMail':
    'Otvorite vezu iz nje u roku od 24 sata i tamo pritisnite dugme. Tada ste prijavljeni.',
  'account.noMail':
    'Ništa nije stiglo ni posle nekoliko minuta? Pogledajte neželjenu poštu i proverite adresu.',
  'account.verify': 'Potvrdite svoju imejl adresu',
  'account.verifyText':
    'Jednim pritiskom potvrđujete da je sanduče Vaše. Tada nalog počinje i prijavljeni ste.',
  'account.verifyPasswordHint': 'Ona koju ste izabrali pri registraciji.',
  'account.verifyButton': 'Potvrda i prijava',
  'account.verifyRefused': 'Adresa nije potvrđena',
  'account.verifyWrongPassword':
    'Lozinka nije ispravna. Potrebna je ona iz registracije za koju je stigla ova poruka.',
  'account.linkGone': 'Ova veza više ne radi',
  'account.verifyGone':
    'Starija je od jednog dana, ili je adresa već potvrđena. Ako jeste, prijavite se; inače se registrujte ponovo.',
  'account.verified': 'Vaša adresa je potvrđena i prijavljeni ste.',
  'account.joined': {
    one: '{count} zahtev koji je poslat sa ovom adresom sada je u Vašem nalogu.',
    few: '{count} zahteva koja su poslata sa ovom adresom sada su u Vašem nalogu.',
    other: '{count} zahteva koji su poslati sa ovom adresom sada su u Vašem nalogu.',
  },
  'account.showRequests': 'Prikaz zahteva',
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

  'errors.too_short': 'Unesite najmanje 8 znakova.',
  'errors.password_too_common':
    'Ovo je jedna od lozinki kojima pogađanje počinje. Bolje je nekoliko reči zaredom koje ne govore o Vama.',
  'errors.invalid_credentials': 'Imejl adresa ili lozinka nije ispravna.',
};
