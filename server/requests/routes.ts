import type { Context } from '#server/context.ts';
import { buyerOf, buyerOrNull } from '#server/platform/auth/actors.ts';
import type { App } from '#server/platform/http.ts';
import { PageQuery } from '#server/platform/schema.ts';
import { addToAccount } from './moving.ts';
import * as queries from './queries.ts';
import { describeRequest } from './reading.ts';
import { AddedRequest, AdditionBody, Request, RequestList } from './schema.ts';
import * as view from './view.ts';
import type { BuyerRoutes } from './buyer-routes.ts';

const tags = ['requests'];

/** Registers the list of the buyer's requests. */
export function listRoutes(app: App, ctx: Context): void {
  app.get(
    '/api/requests',
    {
      schema: { operationId: 'listRequests', tags, querystring: PageQuery, response: { 200: RequestList } },
    },
    async (request) => {
      const buyer = buyerOrNull(request);
      if (!buyer) return { items: [], total: 0, ...request.query };
      const [total, rows] = await Promise.all([
        queries.countRequests(ctx.db, buyer.buyerId),
        queries.listRequests(ctx.db, { buyerId: buyer.buyerId, now: ctx.clock.now() }, request.query),
      ]);
      return { items: rows.map(view.requestListItem), total, ...request.query };
    },
  );
}

/** Registers how a follow link's request joins the account of the address it was sent with. */
export function joiningRoutes(app: App, ctx: Context): void {
  app.post(
    '/api/requests/additions',
    {
      schema: {
        operationId: 'addFollowedRequest',
        tags,
        body: AdditionBody,
        response: { 200: AddedRequest },
      },
    },
    async (request) => ({ id: await addToAccount(ctx, buyerOf(request), request.body.token) }),
  );
}

/** Registers the reading of one request. */
export function readingRoutes(app: App, ctx: Context, routes: BuyerRoutes): void {
  app.get(
    routes.base,
    {
      schema: {
        operationId: routes.operations.read,
        tags,
        params: routes.params,
        response: { 200: Request },
      },
    },
    async (request) => describeRequest(ctx, await routes.buyerOf(request)),
  );
}
