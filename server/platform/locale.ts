import type { FastifyRequest } from 'fastify';

/** The languages on offer; mails are written in these. */
export const locales = ['en', 'sr'] as const;
export type Locale = (typeof locales)[number];

export const localeCookie = 'locale';

// Neighbours who read Serbian in Latin script are better served by it than by English.
const readAs: Readonly<Record<string, Locale>> = {
  en: 'en',
  sr: 'sr',
  bs: 'sr',
  hr: 'sr',
  sh: 'sr',
  cnr: 'sr',
};

/** The language chosen by cookie, else the best of Accept-Language (RFC 9110, 12.5.4), else English. */
export function localeOf(request: Pick<FastifyRequest, 'cookies' | 'headers'>): Locale {
  const chosen = locales.find((locale) => locale === request.cookies[localeCookie]);
  return chosen ?? preferredLocale(request.headers['accept-language'] ?? '');
}

/** A stored language ("sr", "cs", "de-AT") -> one on offer. */
export function offeredLocale(stored: string): Locale {
  return readAs[stored.toLowerCase().split('-')[0] ?? ''] ?? 'en';
}

function preferredLocale(acceptLanguage: string): Locale {
  const wanted = acceptLanguage.split(',').map((item) => {
    const [tag = '', ...parameters] = item.toLowerCase().split(';');
    const quality = parameters.find((parameter) => parameter.trim().startsWith('q='));
    const weight = quality ? Number(quality.trim().slice(2)) : 1;
    return { language: tag.trim().split('-')[0] ?? '', weight };
  });
  const best = wanted
    .filter(({ language, weight }) => weight > 0 && Object.hasOwn(readAs, language))
    .toSorted((a, b) => b.weight - a.weight)[0];
  return best ? offeredLocale(best.language) : 'en';
}
