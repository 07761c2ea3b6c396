import type { Context } from '#server/context.ts';
import type { App } from '#server/platform/http.ts';
import { describeRequest } from '../reading.ts';
import type { BuyerRoutes } from '../buyer-routes.ts';
import { compare } from './comparison.ts';
import * as queries from './queries.ts';
import { Comparison, ComparisonQuery } from './schema.ts';

/** Registers the comparison of the answers. */
export function comparingRoutes(app: App, ctx: Context, routes: BuyerRoutes): void {
  app.get(
    `${routes.base}/comparison`,
    {
      config: routes.config,
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
      const rates = await queries.ratesOn(ctx.db, ctx.clock.now().toISOString().slice(0, 10));
      return { ...compare(request, rates, call.query), ...(call.query.withRequest ? { request } : {}) };
    },
  );
}
