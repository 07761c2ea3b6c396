import type { FastifyRequest } from 'fastify';
import { type TObject, Type } from 'typebox';
import type { Context } from '#server/context.ts';
import { refuse } from '#server/platform/errors.ts';
import type { App } from '#server/platform/http.ts';
import { followedRequest, ownRequest, type RequestBuyer } from './access.ts';

/** A way on which a buyer reaches a request. The routes behind it are the same on every way. */
export interface Way {
  base: string;
  params: TObject;
  /** Operations have unique names, so each way names its own. */
  operations: {
    read: string;
    compare: string;
    accept: string;
    decline: string;
    revise: string;
    giveMoreTime: string;
  };
  buyerOf: (request: FastifyRequest) => Promise<RequestBuyer>;
}

/** The owner, known by cookie. */
export function ownWay(ctx: Context): Way {
  return {
    base: '/api/requests/:id',
    params: Type.Object({ id: Type.String() }),
    operations: {
      read: 'getRequest',
      compare: 'compareQuotes',
      accept: 'acceptQuote',
      decline: 'declineQuote',
      revise: 'askRevision',
      giveMoreTime: 'giveMoreTime',
    },
    async buyerOf(request) {
      const buyerId = await ctx.buyers.find(request);
      if (!buyerId) throw refuse('not_found');
      return ownRequest(ctx, buyerId, (request.params as { id: string }).id);
    },
  };
}

/** Whoever holds the follow link, a guest on another device for example. */
export function followWay(app: App, ctx: Context): Way {
  const holderOf = byToken(app, (token) => followedRequest(ctx, token));
  return {
    base: '/api/follow/:token',
    params: tokenParams,
    operations: {
      read: 'getFollowedRequest',
      compare: 'compareFollowedQuotes',
      accept: 'acceptFollowedQuote',
      decline: 'declineFollowedQuote',
      revise: 'askFollowedRevision',
      giveMoreTime: 'giveMoreTimeByLink',
    },
    buyerOf: async (request) => holderOf(request),
  };
}

export const tokenParams = Type.Object({ token: Type.String() });

interface TokenRoute {
  Params: { token: string };
}

/**
 * Looks the token of each call up before its body is read, on all routes of `app`. Returns what gives a call's holder.
 */
export function byToken<T extends object>(
  app: App,
  find: (token: string) => Promise<T>,
): (request: FastifyRequest) => T {
  const found = new WeakMap<FastifyRequest, T>();
  app.addHook<TokenRoute>('onRequest', async (request, reply) => {
    reply.header('cache-control', 'no-store').header('referrer-policy', 'no-referrer');
    found.set(request, await find(request.params.token));
  });
  return (request) => {
    const holder = found.get(request);
    if (!holder) throw new Error('a route without a token');
    return holder;
  };
}
