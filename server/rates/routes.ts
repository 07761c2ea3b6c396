import type { Context } from '#server/context.ts';
import type { App } from '#server/platform/http.ts';
import { ExchangeRates, RatesQuery } from './schema.ts';
import { describeRates } from './service.ts';

export function routes(app: App, { db, clock }: Context): void {
  app.get(
    '/api/exchange-rates',
    {
      schema: {
        operationId: 'listExchangeRates',
        tags: ['catalog'],
        querystring: RatesQuery,
        response: { 200: ExchangeRates },
      },
    },
    ({ query }) => describeRates(db, query.date ?? clock.now().toISOString().slice(0, 10)),
  );
}
