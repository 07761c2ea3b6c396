/** Countries to deliver to, by ISO 3166-1 code; their names come from `Intl` in the reader's language. */
const codes =
  'AL AD AM AT AZ BA BE BG BY CH CY CZ DE DK EE ES FI FR GB GE GR HR HU IE IS IT KZ LI LT LU LV MC MD ME MK MT NL NO PL PT RO RS RU SE SI SK SM TR UA XK AE AU BR CA CN EG IL IN JP KR MA MX NZ SA SG TN TW US ZA';

/** Returns the options of a select, sorted by name. */
export function countryOptions(
  nameOf: (code: string) => string,
  locale: string,
): { value: string; label: string }[] {
  return codes
    .split(' ')
    .map((value) => ({ value, label: nameOf(value) }))
    .toSorted((a, b) => a.label.localeCompare(b.label, locale));
}
