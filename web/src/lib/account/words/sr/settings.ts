import type { Translation } from '#server/common/words.ts';
import type { words as english } from '../en/settings.ts';

export const words: Translation<typeof english> = {
  'addresses.name': 'Naziv',
  'addresses.nameHint': 'Kako je zovete, na primer „Magacin“.',
  'addresses.add': 'Nova adresa',
  'addresses.addText': 'Vaši zahtevi počinju podrazumevanom adresom; u svakom možete da izaberete drugu.',
  'addresses.change': 'Izmenite',
  'addresses.remove': 'Uklonite „{name}“',
  'addresses.default': 'Podrazumevana',
  'addresses.makeDefault': 'Neka bude podrazumevana',
  'addresses.saved': 'Vaše adrese su sačuvane.',

  'choices.mails': 'Poruke koje možete isključiti',
  'choices.mailsText': 'Njihov sadržaj ostaje u Vašem nalogu, i među obaveštenjima.',
  'choices.answers': 'Odgovori partnera na Vaše zahteve',
  'choices.messages': 'Poruke partnera i molbe za više vremena',
  'choices.payments': 'Uplate za kredit',
  'choices.approvals': 'Odobrenja: šta čeka Vas i šta je odlučeno',
  'choices.saved': 'Vaš izbor je sačuvan. Važi za poruke od sada.',
  'choices.always': 'Poruke koje uvek dobijate',
  'choices.alwaysText': 'Ne mogu se isključiti, jer su Vam potrebne.',
  'choices.always.security': 'Prijava i bezbednost: lozinka, adresa, drugi faktor, brisanje naloga',
  'choices.always.copies': 'Kopije onoga što šaljete i poručujete',
  'choices.always.complaints': 'Vaše reklamacije i odluke o njima',
  'choices.always.links': 'Obnovljene ili ugašene veze i pozivnice',

  'errors.address_list_full': 'Imate 20 adresa. Prvo uklonite neku.',
};
