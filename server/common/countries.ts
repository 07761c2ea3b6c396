/** ISO 3166-1 alpha-2, and XK for Kosovo, which ISO leaves to its users. */
const codes: ReadonlySet<string> = new Set(
  (
    'AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT ' +
    'BV BW BY BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ' +
    'ER ES ET FI FJ FK FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT ' +
    'HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS ' +
    'LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI ' +
    'NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW SA SB SC SD SE SG ' +
    'SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG ' +
    'UM US UY UZ VA VC VE VG VI VN VU WF WS XK YE YT ZA ZM ZW'
  ).split(' '),
);

/** Returns whether a text is the code of a country, in capitals. */
export const isCountryCode = (text: string): boolean => codes.has(text);

/** Languages of buyers and partners, those of the screens first. */
const languages =
  'en sr-Latn sr-Cyrl hr bs sl mk sq bg ro hu el tr de fr it es pt nl pl cs sk uk ru sv da nb fi et lv lt ga'.split(
    ' ',
  );

/** Names that people use, and that no language of today has. */
const otherNames: Readonly<Record<string, string>> = {
  turkey: 'TR',
  'czech republic': 'CZ',
  'ceska republika': 'CZ',
  'great britain': 'GB',
  england: 'GB',
  scotland: 'GB',
  wales: 'GB',
  usa: 'US',
  'u.s.a.': 'US',
  holland: 'NL',
  macedonia: 'MK',
  makedonija: 'MK',
  bosnia: 'BA',
  bosna: 'BA',
  'republic of serbia': 'RS',
  'republika srbija': 'RS',
};

/** Returns a name without case, accents and doubled blanks. */
const plain = (text: string): string =>
  text.trim().toLowerCase().normalize('NFKD').replace(/\p{M}/gu, '').replace(/\s+/g, ' ');

let codeByName: ReadonlyMap<string, string> | undefined;

/** Returns the code of a country given by its code or by its name in a European language; null if there is none. */
export function countryCodeOf(text: string): string | null {
  const code = text.trim().toUpperCase();
  if (isCountryCode(code)) return code;
  codeByName ??= namesOfCountries();
  return codeByName.get(plain(text)) ?? null;
}

/** Where languages differ about a name, the first one counts. */
function namesOfCountries(): ReadonlyMap<string, string> {
  const byName = new Map(Object.entries(otherNames));
  for (const language of languages) {
    for (const style of ['long', 'short'] as const) {
      const names = new Intl.DisplayNames(language, { type: 'region', style });
      for (const code of codes) {
        const name = plain(names.of(code) ?? code);
        if (!byName.has(name)) byName.set(name, code);
      }
    }
  }
  return byName;
}
