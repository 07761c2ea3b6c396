import { prefixes } from '#server/common/phones.ts';

/** Returns the country whose prefix is preset: that of the reader's time zone, else of the language. */
export function likelyCountry(timeZone: string, locale: string): string {
  const [area, city] = timeZone.split('/');
  if (area === 'America') return 'US';
  const near = area === 'Europe' ? prefixes.find((prefix) => prefix.city === city) : undefined;
  return near?.country ?? (locale === 'sr' ? 'RS' : 'GB');
}

/** Returns a number as people type it: without invisible marks that copying brings along, with plain dashes and blanks. */
export const plainPhone = (text: string): string =>
  text
    .normalize('NFKC')
    .replace(/\p{Cf}/gu, '')
    .replace(/\p{Pd}|\u2212/gu, '-')
    .replace(/\s+/gu, ' ')
    .trim();

/** Returns the country whose prefix begins a number typed with + or 00; undefined for other numbers. */
export function countryOf(typed: string, chosen: string): string | undefined {
  const digits = /^(?:\+|00)([\d ]*)/.exec(plainPhone(typed))?.[1]?.replaceAll(' ', '');
  if (!digits) return undefined;
  const begins = ({ code }: { code: string }) => digits.startsWith(code);
  const own = prefixes.find(({ country }) => country === chosen);
  if (own && begins(own)) return chosen;
  return prefixes.filter(begins).toSorted((a, b) => b.code.length - a.code.length)[0]?.country;
}

/** Returns the whole number from the two fields; a number that begins with + or 00 brings its own prefix. */
export function wholePhone(country: string, typed: string): string {
  const number = plainPhone(typed);
  if (number.startsWith('+')) return number;
  if (number.startsWith('00')) return `+${number.slice(2)}`;
  const code = prefixes.find((prefix) => prefix.country === country)?.code;
  return code && number ? `+${code} ${number}` : number;
}

/** Returns whether the text looks like a phone number; the server checks the real rules. */
export function looksLikePhone(text: string): boolean {
  const digits = text.replace(/[\s().\-/]/g, '');
  return /^\+\d{7,15}$/.test(digits);
}
