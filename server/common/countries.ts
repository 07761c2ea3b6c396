import { locales } from './locales.ts';

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

const lowered = (text: string): string => text.trim().toLowerCase();
let codeByName: ReadonlyMap<string, string> | undefined;

/** Returns the code of a country given by its code or by its name in a supported language; null if there is none. */
export function countryCodeOf(text: string): string | null {
  const code = text.trim().toUpperCase();
  if (isCountryCode(code)) return code;
  codeByName ??= namesOfCountries();
  return codeByName.get(lowered(text)) ?? null;
}

function namesOfCountries(): ReadonlyMap<string, string> {
  const languages = Object.values(locales).flatMap(({ tag }) =>
    (['long', 'short'] as const).map((style) => new Intl.DisplayNames(tag, { type: 'region', style })),
  );
  return new Map(
    languages.flatMap((names) => [...codes].map((code) => [lowered(names.of(code) ?? code), code] as const)),
  );
}
