import type { FastifyRequest } from 'fastify';
import { currencyCookie, wantedCurrency } from '#server/common/currencies.ts';

/** Returns the currency to show amounts in: the one asked for, else the visitor's; undefined: as listed. */
export function currencyFor({ query, cookies, headers }: FastifyRequest): string | undefined {
  const { currency } = query as { currency?: string };
  return currency ?? wantedCurrency(cookies[currencyCookie], headers['accept-language']);
}
