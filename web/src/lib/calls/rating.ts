import type { I18n } from '#lib/i18n/i18n.ts';

/** One or two ratings say little: pages show an average from here on. */
export const fewestForAverage = 3;

/** Returns text such as "4.6 of 5, 312 ratings" or "2 ratings so far"; undefined before the first rating. */
export function ratingWords(
  i18n: I18n,
  rating: { average: number; count: number } | null,
): string | undefined {
  if (!rating) return undefined;
  if (rating.count < fewestForAverage) return i18n.t('rating.few', { count: rating.count });
  const ratings = i18n.t('rating.count', { count: rating.count });
  return i18n.t('rating.of', { average: i18n.number(rating.average), ratings });
}
