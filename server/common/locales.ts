interface Language {
  tag: string;
  name: string;
  readBy: readonly string[];
  letters: 'latin' | 'latin-ext';
}

/**
 * The supported languages. `tag`: the BCP 47 locale for formats. `readBy`: other languages whose speakers get this one
 * rather than English. `letters`: the font's part that its texts need.
 */
export const locales = {
  en: { tag: 'en-GB', name: 'English', readBy: [], letters: 'latin' },
  sr: { tag: 'sr-Latn-RS', name: 'Srpski', readBy: ['bs', 'hr', 'sh', 'cnr'], letters: 'latin-ext' },
} as const satisfies Record<string, Language>;

export type Locale = keyof typeof locales;

export const localeCodes = Object.keys(locales) as Locale[];

export const localeCookie = 'locale';

export const isLocale = (value: string | undefined): value is Locale =>
  value !== undefined && Object.hasOwn(locales, value);

/** Returns the supported language for a tag ("sr", "hr-HR"), or undefined. */
function readAs(tag: string): Locale | undefined {
  const language = tag.toLowerCase().split('-')[0] ?? '';
  return localeCodes.find(
    (locale) => locale === language || (locales[locale].readBy as readonly string[]).includes(language),
  );
}

/** Returns the supported language for a stored tag ("sr", "cs", "de-AT"), else English. */
export const offeredLocale = (stored: string): Locale => readAs(stored) ?? 'en';

/** Returns the best language for an `Accept-Language` header (RFC 9110, 12.5.4), else English. */
export function preferredLocale(acceptLanguage: string | null | undefined): Locale {
  const wanted = (acceptLanguage ?? '').split(',').map((item) => {
    const [tag = '', ...parameters] = item.toLowerCase().split(';');
    const quality = parameters.map((parameter) => parameter.trim()).find((text) => text.startsWith('q='));
    return { locale: readAs(tag.trim()), weight: quality ? Number(quality.slice(2)) : 1 };
  });
  const [best] = wanted
    .filter(({ locale, weight }) => locale !== undefined && weight > 0)
    .sort((a, b) => b.weight - a.weight);
  return best?.locale ?? 'en';
}

/** Returns the chosen language, else the best one the browser accepts. */
export const negotiateLocale = (
  chosen: string | undefined,
  acceptLanguage: string | null | undefined,
): Locale => (isLocale(chosen) ? chosen : preferredLocale(acceptLanguage));
