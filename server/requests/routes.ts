import { Type } from 'typebox';
import type { Context } from '#server/context.ts';
import { buyerOf, buyerOrNull } from '#server/platform/auth/actors.ts';
import type { App } from '#server/platform/http.ts';
import { Id, KeyHeader } from '#server/platform/schema.ts';
import { countRequests, listRequests } from './listing/queries.ts';
import { addToAccount } from './moving.ts';
import { describeRequest } from './reading.ts';
import { RepeatedRequest } from './repeating/schema.ts';
import { repeatRequest } from './repeating/service.ts';
import { AddedRequest, AdditionBody, ListQuery, Request, RequestList } from './schema.ts';
import * as view from './view.ts';
import type { BuyerRoutes } from './buyer-routes.ts';

const tags = ['requests'];

/** Registers the list of the buyer's requests. */
export function listRoutes(app: App, ctx: Context): void {
  app.get(
    '/api/requests',
    {
      schema: { operationId: 'listRequests', tags, querystring: ListQuery, response: { 200: RequestList } },
    },
    async (request) => {
      const buyer = buyerOrNull(request);
      const { page, perPage, q, status } = request.query;
      if (!buyer) return { items: [], total: 0, page, perPage };
      const listed = { viewer: buyer, now: ctx.clock.now(), q, status };
      const [total, rows] = await Promise.all([
        countRequests(ctx.db, listed),
        listRequests(ctx.db, listed, { page, perPage }),
      ]);
      return { items: rows.map(view.requestListItem), total, page, perPage };
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

/** Registers how a request becomes a new solution. */
export function repeatingRoutes(app: App, ctx: Context): void {
  app.post(
    '/api/requests/:id/copies',
    {
      schema: {
        operationId: 'repeatRequest',
        tags,
        params: Type.Object({ id: Id }),
        headers: KeyHeader,
        response: { 201: RepeatedRequest },
      },
    },
    async (request, reply) => {
      const key = request.headers['idempotency-key'] || null;
      const buyer = buyerOf(request);
      return reply.code(201).send(await repeatRequest(ctx, buyer, request.params.id, key));
    },
  );
}
