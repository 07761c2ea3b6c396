import type { FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import type { Context } from '#server/context.ts';
import { clientAddress } from '#server/platform/auth/origin.ts';
import { refuse } from '#server/platform/errors.ts';
import type { App } from '#server/platform/http.ts';
import { EnquiryMessage, NewMessage, Quote, Request } from '#server/requests/schema.ts';
import * as requests from '#server/requests/service.ts';
import * as decisions from './decisions.ts';
import {
  Acceptance,
  Answer,
  AnswerDraft,
  Comparison,
  ComparisonQuery,
  EnquiryByLink,
  MoreTime,
  QuoteDecline,
  Revision,
  SavedDraft,
} from './schema.ts';
import * as quotes from './service.ts';

const tags = ['quotes'];
const params = Type.Object({ id: Type.String() });
const tokenParams = Type.Object({ token: Type.String() });
const largestDraftBytes = 1024 * 1024;

/** Decisions of the buyer, known by its cookie. */
export function routes(app: App, ctx: Context): void {
  async function ownerOf(request: FastifyRequest, id: string): Promise<{ id: string; visitorId: string }> {
    const visitor = await ctx.visitors.find(request);
    if (!visitor) throw refuse('not_found');
    return { id, visitorId: visitor.id };
  }
  async function buyerOf(request: FastifyRequest, id: string): Promise<decisions.Buyer> {
    const owner = await ownerOf(request, id);
    await requests.requireOwn(ctx.db, owner);
    return { requestId: id, actor: `visitor:${owner.visitorId}` };
  }

  app.get(
    '/api/requests/:id/comparison',
    {
      schema: {
        operationId: 'compareQuotes',
        tags,
        params,
        querystring: ComparisonQuery,
        response: { 200: Comparison },
      },
    },
    async (request) => decisions.comparison(ctx, await ownerOf(request, request.params.id), request.query),
  );
  app.post(
    '/api/requests/:id/acceptance',
    { schema: { operationId: 'acceptQuote', tags, params, body: Acceptance, response: { 200: Request } } },
    async (request) => {
      const buyer = await buyerOf(request, request.params.id);
      await decisions.accept(ctx, buyer, request.body);
      return requests.describe(ctx, { id: buyer.requestId });
    },
  );
  app.post(
    '/api/requests/:id/decline',
    { schema: { operationId: 'declineQuote', tags, params, body: QuoteDecline, response: { 200: Request } } },
    async (request) => {
      const buyer = await buyerOf(request, request.params.id);
      await decisions.decline(ctx, buyer, request.body);
      return requests.describe(ctx, { id: buyer.requestId });
    },
  );
  app.post(
    '/api/requests/:id/revision',
    { schema: { operationId: 'askRevision', tags, params, body: Revision, response: { 200: Request } } },
    async (request) => {
      const buyer = await buyerOf(request, request.params.id);
      await decisions.askRevision(ctx, buyer, request.body);
      return requests.describe(ctx, { id: buyer.requestId });
    },
  );
}

/** What links in mails can do: the link is the right. It is looked at before anything else a call brings. */
export function linkRoutes(app: App, ctx: Context): void {
  void app.register(async (scope) => followRoutes(scope as App, ctx));
  void app.register(async (scope) => answerRoutes(scope as App, ctx));
}

interface TokenRoute {
  Params: { token: string };
}

/** Runs `find` with the token of each call, before its body is read; answers what it found for that call. */
function byToken<T>(app: App, find: (token: string) => Promise<T>): (request: FastifyRequest) => T {
  const found = new WeakMap<FastifyRequest, T>();
  app.addHook<TokenRoute>('onRequest', async (request, reply) => {
    reply.header('cache-control', 'no-store').header('referrer-policy', 'no-referrer');
    found.set(request as FastifyRequest, await find(request.params.token));
  });
  return (request) => {
    const one = found.get(request);
    if (one === undefined) throw new Error('a route without a token');
    return one;
  };
}

/** The buyer's decisions again, for a guest who has only the follow link. */
function followRoutes(app: App, ctx: Context): void {
  const requestIdOf = byToken(app, (token) => requests.followed(ctx, token));
  function buyerOf(request: FastifyRequest): decisions.Buyer {
    const requestId = requestIdOf(request);
    return { requestId, actor: `follow:${requestId}` };
  }
  app.get(
    '/api/follow/:token/comparison',
    {
      schema: {
        operationId: 'compareFollowedQuotes',
        tags,
        params: tokenParams,
        querystring: ComparisonQuery,
        response: { 200: Comparison },
      },
    },
    (request) => decisions.comparison(ctx, { id: requestIdOf(request) }, request.query),
  );
  app.post(
    '/api/follow/:token/acceptance',
    {
      schema: {
        operationId: 'acceptFollowedQuote',
        tags,
        params: tokenParams,
        body: Acceptance,
        response: { 200: Request },
      },
    },
    async (request) => {
      await decisions.accept(ctx, buyerOf(request), request.body);
      return requests.describe(ctx, { id: requestIdOf(request) });
    },
  );
  app.post(
    '/api/follow/:token/decline',
    {
      schema: {
        operationId: 'declineFollowedQuote',
        tags,
        params: tokenParams,
        body: QuoteDecline,
        response: { 200: Request },
      },
    },
    async (request) => {
      await decisions.decline(ctx, buyerOf(request), request.body);
      return requests.describe(ctx, { id: requestIdOf(request) });
    },
  );
  app.post(
    '/api/follow/:token/revision',
    {
      schema: {
        operationId: 'askFollowedRevision',
        tags,
        params: tokenParams,
        body: Revision,
        response: { 200: Request },
      },
    },
    async (request) => {
      await decisions.askRevision(ctx, buyerOf(request), request.body);
      return requests.describe(ctx, { id: requestIdOf(request) });
    },
  );
}

/** A vendor's side of its enquiry. Only GET and HEAD leave it as it is. */
function answerRoutes(app: App, ctx: Context): void {
  const holderOf = byToken(app, (token) => quotes.holderOf(ctx, token));
  app.addHook('preHandler', async (request) => {
    if (request.method === 'GET' || request.method === 'HEAD') return;
    const isDraft = request.method === 'PUT' || request.url.endsWith('/reading');
    await quotes.countAction(ctx, clientAddress(request), isDraft ? 'writesPerMinute' : 'answersPerHour');
  });
  app.get(
    '/api/enquiry-links/:token',
    {
      schema: {
        operationId: 'getEnquiryByLink',
        tags,
        params: tokenParams,
        response: { 200: EnquiryByLink },
      },
    },
    (request) => quotes.describe(ctx, holderOf(request)),
  );
  app.put(
    '/api/enquiry-links/:token/draft',
    {
      bodyLimit: largestDraftBytes,
      schema: {
        operationId: 'saveAnswerDraft',
        tags,
        params: tokenParams,
        body: AnswerDraft,
        response: { 200: SavedDraft },
      },
    },
    (request) => quotes.saveDraft(ctx, holderOf(request), request.body),
  );
  app.post(
    '/api/enquiry-links/:token/answer',
    {
      schema: {
        operationId: 'sendAnswer',
        tags,
        params: tokenParams,
        body: Answer,
        response: { 200: Quote, 201: Quote },
      },
    },
    async (request, reply) => {
      const { quote, isNew } = await quotes.answer(ctx, holderOf(request), request.body);
      return reply.code(isNew ? 201 : 200).send(quote);
    },
  );
  conversationRoutes(app, ctx, holderOf);
}

function conversationRoutes(
  app: App,
  ctx: Context,
  holderOf: (request: FastifyRequest) => quotes.Holder,
): void {
  app.post(
    '/api/enquiry-links/:token/reading',
    {
      schema: {
        operationId: 'markEnquiryRead',
        tags,
        params: tokenParams,
        response: { 204: Type.Null() },
      },
    },
    async (request, reply) => {
      await quotes.read(ctx, holderOf(request));
      return reply.code(204).send(null);
    },
  );
  app.post(
    '/api/enquiry-links/:token/messages',
    {
      schema: {
        operationId: 'postEnquiryMessage',
        tags,
        params: tokenParams,
        body: NewMessage,
        response: { 201: EnquiryMessage },
      },
    },
    async (request, reply) =>
      reply.code(201).send(await quotes.postMessage(ctx, holderOf(request), request.body.text)),
  );
  app.post(
    '/api/enquiry-links/:token/more-time',
    {
      schema: {
        operationId: 'askMoreTime',
        tags,
        params: tokenParams,
        body: MoreTime,
        response: { 201: EnquiryMessage },
      },
    },
    async (request, reply) =>
      reply.code(201).send(await quotes.askMoreTime(ctx, holderOf(request), request.body)),
  );
}
