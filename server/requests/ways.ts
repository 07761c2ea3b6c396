import type { FastifyContextConfig, FastifyRequest } from 'fastify';
import { type TObject, Type } from 'typebox';
import type { Context } from '#server/context.ts';
import { buyerOf, namedBy } from '#server/platform/auth/actors.ts';
import { followLink, ownRequest, type RequestBuyer } from './access.ts';

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
  /** What the scope must check. */
  config: FastifyContextConfig;
  buyerOf: (request: FastifyRequest) => Promise<RequestBuyer>;
}

/** Returns the owner, known by cookie. */
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
    config: {},
    buyerOf: (request) => ownRequest(ctx, buyerOf(request).buyerId, (request.params as { id: string }).id),
  };
}

export const tokenParams = Type.Object({ token: Type.String() });

/** Somebody with the follow link, such as a guest on another device. */
export const followWay: Way = {
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
  config: { link: followLink },
  buyerOf: async (request) => namedBy(request, followLink),
};
