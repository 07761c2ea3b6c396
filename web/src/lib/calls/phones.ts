// Calling code and the city of the time zone. The server decides which countries are called.
const table =
  'AT43Vienna BA387Sarajevo BE32Brussels BG359Sofia CH41Zurich CZ420Prague DE49Berlin DK45Copenhagen EE372Tallinn ' +
  'ES34Madrid FI358Helsinki FR33Paris GB44London GR30Athens HR385Zagreb HU36Budapest IE353Dublin IT39Rome ' +
  'LT370Vilnius LU352Luxembourg LV371Riga ME382Podgorica MK389Skopje NL31Amsterdam NO47Oslo PL48Warsaw ' +
  'PT351Lisbon RO40Bucharest RS381Belgrade SE46Stockholm SI386Ljubljana SK421Bratislava US1';

/** Returns the prefixes on offer: country (ISO 3166), calling code and the city its time zone is named by. */
export const prefixes = table.split(' ').map((entry) => {
  const [, country = '', code = '', city = ''] = /^([A-Z]{2})(\d+)(.*)$/.exec(entry) ?? [];
  return { country, code, city };
});

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

/** Returns an international number in groups for display, "+381 64 123 4567". */
export function phoneInGroups(phone: string): string {
  const digits = phone.replace(/^\+/, '');
  const code =
    prefixes.map((prefix) => prefix.code).find((prefix) => prefix.length > 1 && digits.startsWith(prefix)) ??
    (digits.startsWith('1') ? '1' : '');
  const rest = digits.slice(code.length);
  const groups = rest.match(/\d{1,3}(?=(?:\d{3})*$)/g) ?? [rest];
  // A single digit in front reads as if something were missing.
  const [first = '', second = '', ...others] = groups;
  const joined = first.length === 1 && second ? [first + second, ...others] : groups;
  return `+${[code, ...joined].filter(Boolean).join(' ')}`;
}
