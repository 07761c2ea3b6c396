/** Holds the currency that a visitor wants prices in, or `asListed`. */
export const currencyCookie = 'currency';

/** The choice of no conversion: prices only as their vendors list them. */
export const asListed = 'listed';

/** Amounts can be compared in it whenever there are rates. */
export const commonCurrency = 'EUR';

/** Rates older than this are said to be old wherever they are shown. */
export const ratesOldAfterDays = 4;

/** The currencies offered for display, most used first. */
export const offeredCurrencies = [
  ...[
    'EUR',
    'USD',
    'GBP',
    'CHF',
    'RSD',
    'BAM',
    'CZK',
    'PLN',
    'HUF',
    'RON',
    'SEK',
    'NOK',
    'DKK',
    'MKD',
    'ALL',
  ],
  ...['MDL', 'UAH', 'TRY', 'ISK', 'AUD', 'CAD', 'CNY', 'JPY'],
] as const;
