/** The languages on offer, each with the tag its formats follow and its name in itself. */
export const locales = {
  en: { tag: 'en-GB', name: 'English' },
  sr: { tag: 'sr-Latn-RS', name: 'Srpski' },
} as const;

export type Locale = keyof typeof locales;

export const localeCodes = Object.keys(locales) as Locale[];

export const isLocale = (value: string | undefined): value is Locale =>
  value !== undefined && Object.hasOwn(locales, value);

// Neighbours who read Serbian in Latin script are better served by it than by English.
const readAs: Record<string, Locale> = { en: 'en', sr: 'sr', bs: 'sr', hr: 'sr', sh: 'sr', cnr: 'sr' };

/**
 * The best language for an `Accept-Language` header (RFC 9110, 12.5.4); English when none fits.
 */
export function preferredLocale(acceptLanguage: string | null): Locale {
  const wanted = (acceptLanguage ?? '')
    .split(',')
    .map((item) => {
      const [tag = '', ...parameters] = item
        .trim()
        .toLowerCase()
        .split(/\s*;\s*/);
      const q = parameters.find((parameter) => parameter.startsWith('q='));
      return { language: tag.split('-')[0] ?? '', weight: q ? Number(q.slice(2)) : 1 };
    })
    .filter(({ weight }) => weight > 0)
    .sort((a, b) => b.weight - a.weight);
  for (const { language } of wanted) {
    const locale = readAs[language];
    if (locale) return locale;
  }
  return 'en';
}
