import { asListed } from './currencies.ts';
import { isSupported } from './money.ts';

const byRegion: Readonly<Record<string, string>> = {
  ...{
    RS: 'RSD',
    BA: 'BAM',
    MK: 'MKD',
    AL: 'ALL',
    MD: 'MDL',
    UA: 'UAH',
    TR: 'TRY',
    CH: 'CHF',
    LI: 'CHF',
    GB: 'GBP',
  },
  ...{
    CZ: 'CZK',
    PL: 'PLN',
    HU: 'HUF',
    RO: 'RON',
    SE: 'SEK',
    NO: 'NOK',
    DK: 'DKK',
    IS: 'ISK',
    AU: 'AUD',
    CA: 'CAD',
  },
  ...{
    AT: 'EUR',
    BE: 'EUR',
    BG: 'EUR',
    CY: 'EUR',
    DE: 'EUR',
    EE: 'EUR',
    ES: 'EUR',
    FI: 'EUR',
    FR: 'EUR',
    GR: 'EUR',
  },
  ...{
    HR: 'EUR',
    IE: 'EUR',
    IT: 'EUR',
    LT: 'EUR',
    LU: 'EUR',
    LV: 'EUR',
    ME: 'EUR',
    MT: 'EUR',
    NL: 'EUR',
    PT: 'EUR',
  },
  ...{ SI: 'EUR', SK: 'EUR', XK: 'EUR', JP: 'JPY' },
};

/** Languages that are spoken in one country with a currency of its own. */
const byLanguage: Readonly<Record<string, string>> = {
  ...{
    sr: 'RSD',
    bs: 'BAM',
    mk: 'MKD',
    cs: 'CZK',
    pl: 'PLN',
    hu: 'HUF',
    ro: 'RON',
    sv: 'SEK',
    da: 'DKK',
    is: 'ISK',
  },
  ...{
    nb: 'NOK',
    nn: 'NOK',
    no: 'NOK',
    uk: 'UAH',
    hr: 'EUR',
    sl: 'EUR',
    sk: 'EUR',
    bg: 'EUR',
    el: 'EUR',
    fi: 'EUR',
  },
  ...{ et: 'EUR', lv: 'EUR', lt: 'EUR', it: 'EUR' },
};

/**
 * Returns the currency of the first country that `Accept-Language` names, or undefined. American English names none: it
 * is what browsers all over the world come with.
 */
export function currencyOfReader(acceptLanguage: string | null | undefined): string | undefined {
  for (const item of (acceptLanguage ?? '').split(',')) {
    const [language = '', ...parts] = item.split(';', 1)[0]?.trim().split('-') ?? [];
    const region = parts.find((part) => /^[A-Za-z]{2}$/.test(part))?.toUpperCase();
    const currency = region === undefined ? byLanguage[language.toLowerCase()] : byRegion[region];
    if (currency !== undefined) return currency;
  }
  return undefined;
}

/** Returns the chosen currency, else the reader's country's; undefined: as listed. */
export function wantedCurrency(
  chosen: string | undefined,
  acceptLanguage: string | null | undefined,
): string | undefined {
  if (chosen === asListed) return undefined;
  return chosen !== undefined && isSupported(chosen) ? chosen : currencyOfReader(acceptLanguage);
}

export const isCurrencyChoice = (value: string): boolean => value === asListed || isSupported(value);
