import type { Money } from './money.ts';

/** Prints the decimal string digit by digit, the same in pages and mails. `tag`: BCP 47. */
export const moneyText = (tag: string, value: Money): string =>
  moneyFormat(tag, value).format(decimal(value.amount));

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
