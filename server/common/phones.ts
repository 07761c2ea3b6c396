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

/** Returns an international number in groups for display, "+381 64 123 4567", the same on every page and in every mail. */
export function phoneInGroups(phone: string): string {
  const [, written = '', extension = ''] = /^\+([\d ]*\d)(.*)$/.exec(phone) ?? [];
  const digits = written.replaceAll(' ', '');
  if (digits === '') return phone;
  const code =
    prefixes.map((prefix) => prefix.code).find((prefix) => prefix.length > 1 && digits.startsWith(prefix)) ??
    (digits.startsWith('1') ? '1' : '');
  const rest = digits.slice(code.length);
  const groups = rest.match(/\d{1,3}(?=(?:\d{3})*$)/g) ?? [rest];
  // A single digit in front reads as if something were missing.
  const [first = '', second = '', ...others] = groups;
  const joined = first.length === 1 && second ? [first + second, ...others] : groups;
  return `+${[code, ...joined].filter(Boolean).join(' ')}${extension}`;
}
