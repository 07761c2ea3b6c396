import type { Context } from '#server/context.ts';
import type { App } from '#server/platform/http.ts';
import { readingFor } from '#server/platform/replica.ts';
import { ExchangeRates, RatesQuery } from './schema.ts';
import { describeRates } from './service.ts';

export function routes(app: App, ctx: Context): void {
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
    (request) => {
      const date = request.query.date ?? ctx.clock.now().toISOString().slice(0, 10);
      return readingFor(ctx, request, ({ db }) => describeRates(db, date));
    },
  );
}
