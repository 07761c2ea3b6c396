import type { FastifyRequest } from 'fastify';
import { type Locale, localeCookie, negotiateLocale } from '#server/common/locales.ts';

/** Returns a request's language: by cookie, else by Accept-Language, else English. */
export function localeOf({ cookies, headers }: Pick<FastifyRequest, 'cookies' | 'headers'>): Locale {
  return negotiateLocale(cookies[localeCookie], headers['accept-language']);
}
