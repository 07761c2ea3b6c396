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

// Calling codes (ITU-T E.164): all but these have three digits. +38x are Serbia and countries that write numbers as it does.
const grouped =
  /^\+(?:(38\d)(\d\d)|(1|7|2[07]|3[0-469]|4[013-9]|5[1-8]|6[0-6]|8[1246]|9[0-58]|\d{3}))(\d{4,})$/;

/**
 * Returns an international number in groups for display: "+381 64 123 4567", "+420 601 123 456", "+1 202 555 0123". One that
 * has spaces, as its owner wrote it, or no calling code stays as it is.
 */
export function phoneInGroups(phone: string): string {
  const [, ...parts] = grouped.exec(phone) ?? [];
  const rest = parts.pop()?.match(/^\d\d(?=(?:\d{3})+$)|\d{4}$|\d{3}|\d+/g);
  return rest ? `+${[...parts.filter(Boolean), ...rest].join(' ')}` : phone;
}
