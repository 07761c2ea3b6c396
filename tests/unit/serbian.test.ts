import { globSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';

/** The glossary of the Serbian words: one word for each thing, said politely, in Ekavian and in Latin letters. */
const root = join(import.meta.dirname, '../..');
const files = globSync('{web/src/lib,server}/**/words/sr/*.ts', { cwd: root });

type Texts = { [key: string]: string | Texts };
const textsOf = (words: Texts, path = ''): [string, string][] =>
  Object.entries(words).flatMap(([key, text]) =>
    typeof text === 'string' ? [[path + key, text] as [string, string]] : textsOf(text, `${path}${key} `),
  );

const all: { file: string; key: string; text: string }[] = [];
for (const file of files) {
  const { words } = (await import(join(root, file))) as { words?: Texts };
  for (const [key, text] of textsOf(words ?? {})) all.push({ file, key, text });
}

/** Returns the texts of these files that hold what must not be there. */
const holding = (wrong: RegExp, among: RegExp = /./) =>
  all
    .filter(({ file, key, text }) => among.test(`${file} ${key}`) && wrong.test(text))
    .map(({ file, key, text }) => `${file} ${key}: ${text}`);

/** What a partner reads: pages opened from a mail, the desk, and the mails to partners. */
const ofPartners =
  /lib\/(?:answer|desk)\/|requests\/words.* (?:enquiry|outcome|deadline|revision|waiting\.(?!own)|link\.renewedLead)/;
const ofBuyers =
  /lib\/(?:solution|compare|requests|dev|shell)\/|mails\.ts (?:copy|digest|acceptance|waiting\.own)/;

describe('Serbian words', () => {
  test('there are words to check', () => {
    expect(files.length).toBeGreaterThan(20);
    expect(all.length).toBeGreaterThan(1_000);
  });

  test('the word for e-mail is "imejl"', () => {
    expect(holding(/e-?po[šr]|e-?mail|(?<!i)mejl|elektronsk\p{L}+ po[šr]/iu)).toEqual([]);
  });

  test('a buyer sends a "zahtev", and each partner gets an "upit"', () => {
    const notOfOne = /(?<!\p{L})zahtev(?!\p{L}*(?: za (?:ponudu|izmenu|povratni)))/iu;
    expect(holding(notOfOne, ofPartners)).toEqual([]);
    const ofAll = /(?<!na )(?<!\p{L})upit(?:a|u|i|e|om|ima)?(?!\p{L})/iu;
    expect(
      holding(ofAll, ofBuyers).filter((text) => !/line_not_of_enquiry|Partneri za upit/.test(text)),
    ).toEqual([]);
  });

  test('buttons and texts ask politely, in the plural', () => {
    const verbs =
      'Dodaj|Pretraži|Sačuvaj|Prikaži|Otvori|Zatvori|Pošalji|Izaberi|Unesi|Upiši|Odbij|Potvrdi|Prihvati|Ponudi|Obriši|' +
      'Ukloni|Uzmi|Javi|Prekini|Poređaj|Preuzmi|Izmeni|Kopiraj|Nalepi|Pozovi|Proveri|Koristi|Piši|Čitaj|Prosledi|Vrati|Primeni';
    expect(holding(new RegExp(`(?:^|[.:;!?] )(?:${verbs})(?!\\p{L})`, 'u'))).toEqual([]);
  });

  test('the reader is addressed with a capital letter', () => {
    expect(holding(/(?<!\p{L})(?:vi|vas|vam|vama|vaš\p{L}*)(?!\p{L})/u)).toEqual([]);
  });

  test('one thing has one name', () => {
    expect(holding(/(?<!\p{L})(?:stranic|agent|rasprodat|browser|link|povučen)/iu)).toEqual([]);
  });

  test('texts are in Ekavian and in Latin letters, without double spaces and with Serbian quotes', () => {
    expect(
      holding(/\p{Script=Cyrillic}|(?:rješenj|vrijem|cijen|mjest|riječ|slijed|uvijek)| {2}|"|[“”](?=\p{L})/u),
    ).toEqual([]);
  });
});
