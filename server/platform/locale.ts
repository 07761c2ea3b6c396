import type { FastifyRequest } from 'fastify';
import { type Locale, localeCookie, negotiateLocale } from '#server/common/locales.ts';

/** Returns the language of a request: the one chosen by cookie, else the best of Accept-Language, else English. */
export function localeOf({ cookies, headers }: Pick<FastifyRequest, 'cookies' | 'headers'>): Locale {
  return negotiateLocale(cookies[localeCookie], headers['accept-language']);
}
