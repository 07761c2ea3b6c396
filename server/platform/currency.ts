import type { FastifyRequest } from 'fastify';
import { currencyCookie } from '#server/common/currencies.ts';
import { wantedCurrency } from '#server/common/wanted-currency.ts';

/** Returns the currency to show amounts in: the one asked for, else the visitor's; undefined: as listed. */
export function currencyFor({ query, cookies, headers }: FastifyRequest): string | undefined {
  const { currency } = query as { currency?: string };
  return currency ?? wantedCurrency(cookies[currencyCookie], headers['accept-language']);
}
