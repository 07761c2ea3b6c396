import type { ComparisonCell } from '#lib/api/schema.d.ts';
import type { I18n } from '#lib/i18n/i18n.ts';

/** Returns the name of the button that chooses an offer: its partner and price, and what the cell says of it. */
export const offerLabel = (
  { t, money }: I18n,
  { unitPrice, lowest, fastest }: ComparisonCell,
  vendor: string,
  lead: string,
  said: readonly (string | null | undefined)[],
): string =>
  [
    unitPrice
      ? t('follow.offerLabel', { vendor, price: money(unitPrice), lead: lead || t('follow.noLead') })
      : vendor,
    lowest && t('follow.lowest'),
    fastest && t('follow.fastest'),
    ...said,
  ]
    .filter(Boolean)
    .join(', ');

/** Returns what is said of a quantity that differs: less than asked always, more only of an order. */
export function quantityWordsOf({ t }: I18n, count: number, total: number, isOrder: boolean): string {
  if (count < total) return t('follow.partial', { count, total });
  return isOrder && count > total ? t('follow.more', { count, total }) : '';
}
