import type { Context } from '#server/context.ts';
import { buyerOf } from '#server/platform/auth/actors.ts';
import type { App } from '#server/platform/http.ts';
import { CallList, CallListQuery, CallStatistics, StatisticsQuery } from './schema.ts';
import * as history from './service.ts';

const tags = ['calls'];

export function routes(app: App, ctx: Context): void {
  app.get(
    '/api/calls',
    {
      schema: { operationId: 'listCalls', tags, querystring: CallListQuery, response: { 200: CallList } },
    },
    (request) => {
      const { page, perPage, kind, vendor } = request.query;
      const wanted = { buyerId: buyerOf(request).buyerId, kind, vendorId: vendor };
      return history.listCalls(ctx, wanted, { page, perPage });
    },
  );
  app.get(
    '/api/call-statistics',
    {
      schema: {
        operationId: 'getCallStatistics',
        tags,
        querystring: StatisticsQuery,
        response: { 200: CallStatistics },
      },
    },
    (request) => history.statistics(ctx, buyerOf(request).buyerId, request.query),
  );
}
