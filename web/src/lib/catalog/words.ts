import type { Offer } from '#lib/api/types.ts';
import type { I18n } from '#lib/i18n/i18n.ts';

/** Returns "per metre"; an untranslated unit is shown as it is. */
export const perUnit = (i18n: I18n, unit: string): string => i18n.find(`per.${unit}`) ?? `/ ${unit}`;

/** Returns "from 100, in packs of 50"; empty when any quantity is sold. */
export function termsWords(i18n: I18n, { minimum, packSize }: Pick<Offer, 'minimum' | 'packSize'>): string {
  const smallest = i18n.number(Math.ceil(minimum / packSize) * packSize);
  if (packSize > 1) return i18n.t('catalog.minimumPack', { minimum: smallest, pack: i18n.number(packSize) });
  return minimum > 1 ? i18n.t('catalog.minimum', { minimum: smallest }) : '';
}
