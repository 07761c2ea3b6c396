import type { Context } from '#server/context.ts';
import type { App } from '#server/platform/http.ts';
import { describeRequest } from '../reading.ts';
import type { Way } from '../ways.ts';
import { compare } from './comparison.ts';
import * as queries from './queries.ts';
import { Comparison, ComparisonQuery } from './schema.ts';

/** The answers side by side, with the present choice. */
export function comparingRoutes(app: App, ctx: Context, way: Way): void {
  app.get(
    `${way.base}/comparison`,
    {
      config: way.config,
      schema: {
        operationId: way.operations.compare,
        tags: ['quotes'],
        params: way.params,
        querystring: ComparisonQuery,
        response: { 200: Comparison },
      },
    },
    async (call) => {
      const buyer = await way.buyerOf(call);
      const request = await describeRequest(ctx, buyer);
      const rates = await queries.ratesOn(ctx.db, ctx.clock.now().toISOString().slice(0, 10));
      return { ...compare(request, rates, call.query), ...(call.query.withRequest ? { request } : {}) };
    },
  );
}
