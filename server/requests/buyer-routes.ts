import type { FastifyRequest } from 'fastify';
import { type TObject, Type } from 'typebox';
import type { Context } from '#server/context.ts';
import { buyerOf, namedBy } from '#server/platform/auth/actors.ts';
import { followLink, ownRequest, type RequestBuyer, requestToChange } from './access.ts';

/** The URLs and checks by which a buyer reaches a request: by cookie or by follow link, with the same operations. */
export interface BuyerRoutes {
  base: string;
  params: TObject;
  /** Operation ids, which are unique in the API. */
  operations: {
    read: string;
    compare: string;
    accept: string;
    decline: string;
    revise: string;
    giveMoreTime: string;
  };
  /** Returns who reads it. */
  buyerOf: (request: FastifyRequest) => Promise<RequestBuyer>;
  /** Returns who decides about it. */
  deciderOf: (request: FastifyRequest) => Promise<RequestBuyer>;
}

/** Returns the routes of the owner, identified by cookie. */
export function ownerRoutes(ctx: Context): BuyerRoutes {
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
    buyerOf: (request) => ownRequest(ctx, buyerOf(request), (request.params as { id: string }).id),
    deciderOf: (request) => requestToChange(ctx, buyerOf(request), (request.params as { id: string }).id),
  };
}

export const tokenParams = Type.Object({ token: Type.String() });

/** The routes by follow link, such as for a guest on another device. */
export const followRoutes: BuyerRoutes = {
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
  buyerOf: async (request) => namedBy(request, followLink),
  deciderOf: async (request) => namedBy(request, followLink),
};
