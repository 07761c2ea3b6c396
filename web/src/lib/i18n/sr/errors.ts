import type { RefusalCode } from '#server/platform/errors.ts';
import type { Words } from '../words.ts';

/** What each refusal of the service means to a person, and what to do about it. */
const refusals = {
  'errors.invalid_input': 'Neke podatke treba ispraviti.',
  'errors.not_found': 'Ovoga više nema ili Vam nije dostupno.',
  'errors.link_not_valid':
    'Ova veza ne radi. Možda je nepotpuna, zamenjena novijom ili istekla. Otvorite vezu iz najnovije poruke.',
  'errors.forbidden': 'Ovo ne smete da uradite.',
  'errors.foreign_origin':
    'Zahtev je stigao sa drugog sajta i nije izvršen. Učitajte stranu ponovo i pokušajte još jednom.',
  'errors.login_required': 'Prvo se prijavite.',
  'errors.invalid_credentials': 'Imejl adresa ili lozinka nije ispravna.',
  'errors.too_many': 'To je bilo previše odjednom. Sačekajte minut, pa pokušajte ponovo.',
  'errors.too_large': 'Ovo je preveliko. Pošaljite u manjim delovima.',
  'errors.unsupported_media_type': 'Servis ne može da pročita ovu vrstu podataka.',
  'errors.internal': 'Greška je naša i zabeležena je. Pokušajte ponovo za minut.',
  'errors.unavailable': 'Ovo trenutno nije dostupno. Pokušajte ponovo za minut.',
  'errors.quantity_not_sellable':
    'Partner ne prodaje ovu količinu: obratite pažnju na najmanju količinu i veličinu pakovanja.',
  'errors.offer_not_of_product': 'Ova ponuda nije za ovaj proizvod. Učitajte stranu ponovo i izaberite.',
  'errors.one_offer_per_vendor': 'Jedna stavka pita svakog partnera jednom. Izaberite po jednu ponudu.',
  'errors.no_vendor_to_ask': 'Izaberite bar jednog partnera.',
  'errors.vendor_not_reachable': 'Ovaj partner ovde nema imejl adresu, pa mu se upit ne može poslati.',
  'errors.solution_sent': 'Ovo rešenje je poslato i ostaje takvo kakvo je. Za izmene započnite novo.',
  'errors.solution_full': 'U ovo rešenje ne staje više stavki. Pošaljite ga ili prvo uklonite neku stavku.',
  'errors.line_removed': 'Ova stavka je uklonjena.',
  'errors.solution_empty': 'Prvo dodajte bar jednu stavku.',
  'errors.one_vendor_per_order_line': 'Porudžbina za svaku stavku pita tačno jednog partnera. Izaberite ga.',
  'errors.deadline_past': 'Izaberite rok za odgovor koji tek dolazi.',
  'errors.idempotency_key_required': 'Obrazac nije bio potpun. Učitajte stranu ponovo i pošaljite.',
  'errors.idempotency_key_reused':
    'Ovaj obrazac je već poslat sa drugačijim sadržajem. Učitajte stranu ponovo da vidite šta je poslato.',
  'errors.line_not_of_enquiry': 'Ova stavka ne pripada ovom upitu. Učitajte stranu ponovo.',
  'errors.line_missing': 'Svakoj stavci treba odgovor: cena, drugi proizvod ili odbijanje.',
  'errors.line_repeated': 'Na ovu stavku je odgovoreno dvaput. Učitajte stranu ponovo.',
  'errors.confirm_changes_terms':
    'Potvrđena stavka zadržava naručenu cenu i količinu. Da biste ih promenili, izaberite „Ponudi izmenu“.',
  'errors.alternative_unknown':
    'Nijedan Vaš proizvod ovde nema tu šifru. Proverite je ili opišite proizvod rečima.',
  'errors.currency_not_supported': 'Izaberite jednu od ponuđenih valuta.',
  'errors.currency_mixed': 'Sve cene u jednom odgovoru dajte u istoj valuti.',
  'errors.validity_past': 'Izaberite dan koji tek dolazi.',
  'errors.decision_not_allowed': 'Ova odluka ne odgovara ovoj vrsti upita.',
  'errors.deadline_over': 'Rok za odgovor je istekao. Možete da zamolite kupca za još vremena.',
  'errors.enquiry_closed': 'Kupac je odlučio, pa odgovor više ne može da se menja.',
  'errors.quote_expired': 'Ova ponuda je istekla. Zamolite partnera da je obnovi.',
  'errors.quote_superseded': 'Partner je poslao noviju verziju ove ponude. Prvo je pogledajte.',
  'errors.quote_declined': 'Ova ponuda je odbijena.',
  'errors.line_already_accepted': 'Ova stavka je već prihvaćena.',
  'errors.line_not_offered': 'Ova stavka nije ponuđena u toj ponudi.',
  'errors.nothing_to_accept': 'Izaberite bar jednu stavku.',
  'errors.revision_not_possible': 'Izmena više ne može da se traži.',
} as const satisfies Record<`errors.${RefusalCode}`, string>;

export const errors = {
  ...refusals,
  'errors.other': 'Ovo nije uspelo. Učitajte stranu ponovo i pokušajte još jednom.',
  'errors.unreachable': 'Servis nije odgovorio. Proverite vezu i pokušajte ponovo.',
  'field.required': 'Popunite ovo polje.',
  'field.format': 'Proverite oblik ovog podatka.',
  'field.format.email': 'Unesite imejl adresu, na primer ime@firma.rs.',
  'field.format.deadline': 'Unesite datum i vreme.',
  'field.format.validUntil': 'Unesite datum.',
  'field.format.amount': 'Unesite iznos, na primer 12,50.',
  'field.format.phone': 'Unesite broj telefona sa pozivnim brojem zemlje, na primer +381 11 234 5678.',
  'field.wrong_type': 'Proverite ovaj podatak.',
  'field.wrong_type.quantity': 'Unesite ceo broj.',
  'field.wrong_type.leadTimeDays': 'Unesite ceo broj dana.',
  'field.not_allowed': 'Izaberite jednu od ponuđenih vrednosti.',
  'field.too_long': 'Ovo je predugačko. Skratite.',
  'field.too_small': 'Ovaj broj je premali.',
  'field.too_large': 'Ovaj broj je preveliki.',
  'field.too_few': 'Izaberite bar jedno.',
  'field.too_many_items': 'Ovo je previše. Izostavite nešto.',
  'field.other': 'Proverite ovaj podatak.',
} as const satisfies Words;
