import { isSupportedCountry, parsePhoneNumberFromString } from 'libphonenumber-js/max';

/**
 * Returns E.164, with ` ext. N` after it if an extension was typed; null for an impossible number. A national number is
 * read as one of that country. Takes numbers as documents and address books hold them, with invisible marks and dashes.
 */
export function readPhone(typed: string, country: string | undefined): string | null {
  const plain = typed
    .normalize('NFKC')
    .replace(/\p{Cf}/gu, '')
    .replace(/\p{Pd}|\u2212/gu, '-')
    .replace(/^\s*00(?=[1-9])/, '+');
  const code = country?.toUpperCase();
  const home = code && isSupportedCountry(code) ? code : undefined;
  const number = parsePhoneNumberFromString(plain, {
    ...(home ? { defaultCountry: home } : {}),
    extract: false,
  });
  // Possible, not valid: ranges that are not assigned yet (and those of demos) are numbers, too.
  if (!number?.isPossible()) return null;
  return number.ext ? `${number.number} ext. ${number.ext}` : number.number;
}
