import type { Translation } from '#server/common/words.ts';
import type { words as english } from '../en/factor.ts';

export const words: Translation<typeof english> = {
  'factor.required':
    'Vaša uloga vidi podatke drugih ljudi, pa joj je potreban drugi faktor. Uključite ga ovde; zatim možete da nastavite.',
  'factor.app': 'Aplikacija za potvrdu prijave',
  'factor.appText':
    'Aplikacija na Vašem telefonu svakih 30 sekundi prikazuje nov kod. Za prijavu su tada potrebni lozinka i kod, pa ukradena lozinka nije dovoljna.',
  'factor.appOn': 'Za prijavu je potreban kod iz Vaše aplikacije, od',
  'factor.startApp': 'Uključite aplikaciju',
  'factor.scan': 'Skenirajte ovaj kod aplikacijom.',
  'factor.qr': 'QR kod s tajnim ključem za aplikaciju',
  'factor.typeSecret': 'Ili u nju unesite ovo:',
  'factor.openApp': 'Otvorite aplikaciju na ovom uređaju',
  'factor.firstCode': 'Kod koji aplikacija prikazuje',
  'factor.firstCodeHint':
    'Šest cifara, koje se menjaju svakih 30 sekundi. Svi drugi pregledači biće odjavljeni.',
  'factor.turnOn': 'Uključite',
  'factor.endApp': 'Uklonite aplikaciju',
  'factor.endAppText': 'Ni njeni rezervni kodovi tada više ne rade.',
  'factor.codes': 'Rezervni kodovi',
  'factor.codesOnce':
    'Sačuvajte ove kodove tamo gde ćete ih naći i bez telefona. Svaki Vas jednom prijavljuje umesto drugog faktora. Prikazuju se samo sada.',
  'factor.codesFile': 'Sačuvajte kao datoteku',
  'factor.codesKept': 'Sačuvani su',
  'factor.codesLeft': {
    one: 'Preostao je {count} rezervni kod.',
    few: 'Preostala su {count} rezervna koda.',
    other: 'Preostalo je {count} rezervnih kodova.',
  },
  'factor.renewCodes': 'Novi rezervni kodovi',
  'factor.renewText': 'Prethodni više neće raditi.',
  'factor.step': 'Još jedan korak',
  'factor.stepText': 'Lozinka je tačna. Sada potvrdite da ste to Vi.',
  'factor.stepOver': 'To je trajalo duže od deset minuta. Počnite ponovo, lozinkom.',
  'factor.code': 'Kod',
  'factor.codeHint': 'Šest cifara koje prikazuje Vaša aplikacija ili jedan od Vaših rezervnih kodova.',
  'factor.recoveryCode': 'Rezervni kod',
  'factor.recoveryHint': 'Jedan od kodova koje ste sačuvali kada ste dodali pristupni ključ.',
  'factor.beginAgain': 'Prijavite se drugim nalogom',

  'passkey.title': 'Pristupni ključevi',
  'passkey.text':
    'Pristupni ključ potvrđuje prijavu zaključavanjem Vašeg uređaja (otisak prsta, lice ili PIN) ili bezbednosnim ključem. Radi samo na ovom sajtu, pa niko ne može da Vam ga izmami.',
  'passkey.added': 'Dodat',
  'passkey.lastUsed': 'poslednji put korišćen',
  'passkey.unused': 'još nije korišćen',
  'passkey.add': 'Dodajte pristupni ključ',
  'passkey.goOn': 'Nastavite',
  'passkey.name': 'Naziv pristupnog ključa',
  'passkey.nameHint': 'Da biste ga kasnije prepoznali, na primer „Laptop u kancelariji“.',
  'passkey.make': 'Napravite pristupni ključ',
  'passkey.rename': 'Promenite naziv',
  'passkey.remove': 'Uklonite',
  'passkey.use': 'Potvrdite pristupnim ključem',
  'passkey.notMade':
    'Pristupni ključ nije napravljen. Pokušajte ponovo; ako se to ponavlja, probajte drugi uređaj ili pregledač, ili aplikaciju za potvrdu prijave.',
  'passkey.notUsed': 'Pristupni ključ nije iskorišćen. Pokušajte ponovo ili unesite kod.',
  'passkey.needsScript': 'Za pristupne ključeve je potreban JavaScript.',
  'account.said.passkeyAdded': 'Pristupni ključ je dodat.',
  'account.said.passkeyRenamed': 'Pristupni ključ ima nov naziv.',
  'account.said.passkeyRemoved': 'Pristupni ključ je uklonjen.',

  'errors.wrong_passkey': 'Ovaj pristupni ključ nije prihvaćen. Pokušajte ponovo, u roku od pet minuta.',
  'errors.too_many_passkeys': 'Imate dvadeset pristupnih ključeva. Prvo uklonite neki.',
  'errors.wrong_code':
    'Kod je pogrešan, prestar ili već iskorišćen. Unesite onaj koji aplikacija sada prikazuje. Ako se to ponavlja, proverite sat na telefonu.',
  'errors.second_factor_required': 'Lozinka je tačna. Unesite i kod drugog faktora.',
  'errors.second_factor_on': 'Aplikacija je već uključena. Prvo je uklonite.',
  'errors.second_factor_off': 'Drugi faktor nije uključen. Počnite ponovo.',
  'errors.login_step_over': 'To je trajalo predugo. Počnite ponovo, lozinkom.',
};
