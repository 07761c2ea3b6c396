import { Type } from 'typebox';
import type { Context } from '#server/context.ts';
import { buyerOf } from '#server/platform/auth/actors.ts';
import type { App } from '#server/platform/http.ts';
import { Id } from '#server/platform/schema.ts';
import { CallRating, RateCallBody } from './schema.ts';
import * as ratings from './service.ts';

export function routes(app: App, ctx: Context): void {
  app.post(
    '/api/calls/:id/rating',
    {
      schema: {
        operationId: 'rateCall',
        tags: ['calls'],
        params: Type.Object({ id: Id }),
        body: RateCallBody,
        response: { 201: CallRating },
      },
    },
    async (request, reply) => {
      const { buyerId } = buyerOf(request);
      return reply.code(201).send(await ratings.rate(ctx, buyerId, request.params.id, request.body));
    },
  );
}
