import { Type } from 'typebox';
import type { Context } from '#server/context.ts';
import { buyerOf } from '#server/platform/auth/actors.ts';
import type { App } from '#server/platform/http.ts';
import { localeOf } from '#server/platform/locale.ts';
import { WishList, WishParams, WishQuery } from './schema.ts';
import * as wishes from './service.ts';

const tags = ['wishes'];
const done = { 204: Type.Null() };

export function routes(app: App, ctx: Context): void {
  app.get(
    '/api/wishes',
    {
      schema: { operationId: 'listWishes', tags, querystring: WishQuery, response: { 200: WishList } },
    },
    (request) => {
      const { page, perPage, product } = request.query;
      const wanted = { buyerId: buyerOf(request).buyerId, product };
      return wishes.listWishes(ctx, wanted, { page, perPage }, localeOf(request));
    },
  );
  app.put(
    '/api/wishes/:productId',
    { schema: { operationId: 'addWish', tags, params: WishParams, response: done } },
    async (request, reply) => {
      await wishes.addWish(ctx, buyerOf(request).buyerId, request.params.productId);
      return reply.code(204).send(null);
    },
  );
  app.delete(
    '/api/wishes/:productId',
    { schema: { operationId: 'removeWish', tags, params: WishParams, response: done } },
    async (request, reply) => {
      await wishes.removeWish(ctx, buyerOf(request).buyerId, request.params.productId);
      return reply.code(204).send(null);
    },
  );
}
