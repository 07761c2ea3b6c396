import type { FastifyRequest } from 'fastify';
import { type Static, type TObject, Type } from 'typebox';
import type { Context } from '#server/context.ts';
import { buyerOf } from '#server/platform/auth/actors.ts';
import { clientAddress } from '#server/platform/auth/origin.ts';
import type { App } from '#server/platform/http.ts';
import { countOrRefuse } from '#server/platform/limits.ts';
import { Id } from '#server/platform/schema.ts';
import { type RequestBuyer, requestOfEnquiryToChange } from '../access.ts';
import { Waiting } from '../approvals/schema.ts';
import { describeRequest } from '../reading.ts';
import { EnquiryMessage, Request } from '../schema.ts';
import type { BuyerRoutes } from '../buyer-routes.ts';
import { askRevision, giveMoreTime, postMessage } from './conversation.ts';
import { acceptQuotes, declineQuote } from './decisions.ts';
import { Acceptance, NewDeadline, NewFollowMessage, NewMessage, QuoteDecline, Revision } from './schema.ts';

type Decide<Body> = (ctx: Context, buyer: RequestBuyer, body: Body) => Promise<void>;

/** Registers the buyer's decisions. Each returns the request as changed. */
export function decidingRoutes(app: App, ctx: Context, routes: BuyerRoutes): void {
  function decision<Body extends TObject>(
    path: string,
    { operationId, tags, body }: { operationId: string; tags: string[]; body: Body },
    decide: Decide<Static<Body>>,
  ): void {
    app.post(
      `${routes.base}/${path}`,
      {
        schema: { operationId, tags, params: routes.params, body, response: { 200: Request } },
      },
      async (call: FastifyRequest) => {
        const buyer = await routes.deciderOf(call);
        await countMailing(ctx, call);
        await decide(ctx, buyer, call.body as Static<Body>);
        return describeRequest(ctx, buyer);
      },
    );
  }
  app.post(
    `${routes.base}/acceptance`,
    {
      schema: {
        ...{ operationId: routes.operations.accept, tags: ['quotes'], params: routes.params },
        ...{ body: Acceptance, response: { 200: Request, 202: Waiting } },
      },
    },
    async (call, reply) => {
      const buyer = await routes.deciderOf(call);
      await countMailing(ctx, call);
      const waiting = await acceptQuotes(ctx, buyer, call.body);
      return waiting ? reply.code(202).send(waiting) : describeRequest(ctx, buyer);
    },
  );
  const { decline, revise, giveMoreTime: extend } = routes.operations;
  decision('decline', { operationId: decline, tags: ['quotes'], body: QuoteDecline }, declineQuote);
  decision('revision', { operationId: revise, tags: ['quotes'], body: Revision }, askRevision);
  decision('deadline', { operationId: extend, tags: ['requests'], body: NewDeadline }, giveMoreTime);
}

/** Registers the owner's messages, whose URL names only the enquiry. */
export function ownMessageRoutes(app: App, ctx: Context): void {
  app.post(
    '/api/enquiries/:id/messages',
    {
      schema: {
        operationId: 'postBuyerMessage',
        tags: ['requests'],
        params: Type.Object({ id: Id }),
        body: NewMessage,
        response: { 201: EnquiryMessage },
      },
    },
    async (request, reply) => {
      const buyer = await requestOfEnquiryToChange(ctx, buyerOf(request), request.params.id);
      await countMailing(ctx, request);
      return reply.code(201).send(await postMessage(ctx, buyer, request.params.id, request.body.text));
    },
  );
}

export function followMessageRoutes(app: App, ctx: Context, routes: BuyerRoutes): void {
  app.post(
    `${routes.base}/messages`,
    {
      schema: {
        operationId: 'postFollowMessage',
        tags: ['requests'],
        params: routes.params,
        body: NewFollowMessage,
        response: { 201: EnquiryMessage },
      },
    },
    async (request, reply) => {
      const buyer = await routes.deciderOf(request);
      await countMailing(ctx, request);
      const { enquiryId, text } = request.body;
      return reply.code(201).send(await postMessage(ctx, buyer, enquiryId, text));
    },
  );
}

/** Counts mails to vendors per address. Refuses `too_many` past the limit per hour. */
async function countMailing(ctx: Context, request: FastifyRequest): Promise<void> {
  const limit = { max: ctx.config.limits.answersPerHour, windowSeconds: 3_600 };
  await countOrRefuse(ctx.db, `mailings:${clientAddress(request)}`, limit, ctx.clock.now());
}
