import type { Money } from '#server/common/money.ts';

/** Formats that pages with and without a framework share. */

/** Prints the decimal string digit by digit. `tag`: BCP 47. */
export const moneyText = (tag: string, value: Money): string =>
  moneyFormat(tag, value).format(decimal(value.amount));

/** A share such as 0.046 as a signed percentage, with a true minus sign in every language. */
export const changeText = (tag: string, share: number): string =>
  new Intl.NumberFormat(tag, { style: 'percent', signDisplay: 'exceptZero', maximumFractionDigits: 1 })
    .format(share)
    .replace('-', '−');

/** The time of day of a moment (ISO 8601); UTC is named, because it is only assumed. */
export const timeText = (tag: string, timeZone: string, iso: string): string =>
  new Intl.DateTimeFormat(tag, clock(timeZone)).format(new Date(iso));

export const clock = (timeZone: string): Intl.DateTimeFormatOptions => ({
  hour: '2-digit',
  minute: '2-digit',
  timeZone,
  ...(timeZone === 'UTC' && { timeZoneName: 'short' }),
});

const moneyFormats = new Map<string, Intl.NumberFormat>();

// Making a format costs far more than using it, and tables use it by the hundred.
function moneyFormat(tag: string, { amount, currency }: Money): Intl.NumberFormat {
  // As many digits as the service sent, which are the currency's at least: of the dinar's, browsers and the server think
  // differently.
  const digits = amount.split('.')[1]?.length ?? 0;
  const name = `${tag} ${currency} ${digits}`;
  let format = moneyFormats.get(name);
  if (!format) {
    format = new Intl.NumberFormat(tag, {
      style: 'currency',
      currency,
      useGrouping: 'always',
      minimumFractionDigits: digits,
      maximumFractionDigits: digits,
    });
    moneyFormats.set(name, format);
  }
  return format;
}

// Intl formats a decimal string digit by digit, without making a float of it (ECMA-402, 2023).
const decimal = (amount: string) => amount as Intl.StringNumericLiteral;
