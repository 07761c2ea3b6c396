import type { Context } from '#server/context.ts';
import { currencyFor } from '#server/platform/currency.ts';
import type { App } from '#server/platform/http.ts';
import { keptRatesOn } from '#server/rates/service.ts';
import { describeRequest } from '../reading.ts';
import type { BuyerRoutes } from '../buyer-routes.ts';
import { compare } from './comparison.ts';
import { Comparison, ComparisonQuery } from './schema.ts';

/** Registers the comparison of the answers. */
export function comparingRoutes(app: App, ctx: Context, routes: BuyerRoutes): void {
  app.get(
    `${routes.base}/comparison`,
    {
      schema: {
        operationId: routes.operations.compare,
        tags: ['quotes'],
        params: routes.params,
        querystring: ComparisonQuery,
        response: { 200: Comparison },
      },
    },
    async (call) => {
      const buyer = await routes.buyerOf(call);
      const request = await describeRequest(ctx, buyer);
      const today = ctx.clock.now().toISOString().slice(0, 10);
      const known = await keptRatesOn(ctx, today);
      const rates = known && { of: known.date, rates: known.rates, dates: known.dates };
      const currency = currencyFor(call);
      const query = { ...call.query, ...(currency === undefined ? {} : { currency }) };
      return { ...compare(request, rates, query, today), ...(call.query.withRequest ? { request } : {}) };
    },
  );
}
