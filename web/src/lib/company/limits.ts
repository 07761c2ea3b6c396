import type { Colleague } from '#lib/api/schema.d.ts';
import type { I18n } from '#lib/i18n/i18n.ts';

/** Returns what a person may order without an approval, in words; several limits in an order. */
export function limitWords({ t, money, list }: I18n, person: Colleague): string[] {
  const { limits, monthlyLimits, monthlyCredits } = person;
  const words = [
    ...(limits.length > 0 ? [t('company.perRequest', { amounts: list(limits.map(money)) })] : []),
    ...(monthlyLimits.length > 0 ? [t('company.perMonth', { amounts: list(monthlyLimits.map(money)) })] : []),
    ...(monthlyCredits === null ? [] : [t('company.creditPerMonth', { credits: monthlyCredits })]),
  ];
  return words.length > 0 ? words : [t('company.noLimit')];
}

/** A row of a form's limits, as typed. */
export interface TypedLimit {
  amount: string;
  currency: string;
}

/** Returns the limits of the rows `<name>-0-amount`, `<name>-0-currency` and so on, without empty ones. */
export function readLimits(form: FormData, name: string): TypedLimit[] {
  const rows: TypedLimit[] = [];
  for (let index = 0; form.has(`${name}-${index}-amount`); index += 1) {
    const amount = String(form.get(`${name}-${index}-amount`))
      .trim()
      .replace(/\s/g, '')
      .replace(/,(\d{1,4})$/, '.$1');
    const currency = String(form.get(`${name}-${index}-currency`) ?? '');
    if (amount) rows.push({ amount, currency });
  }
  return rows;
}
