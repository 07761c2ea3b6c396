import type { FastifyRequest } from 'fastify';
import { type TSchema, Type } from 'typebox';
import type { Context } from '#server/context.ts';
import { clientAddress } from '#server/platform/auth/origin.ts';
import { refuse } from '#server/platform/errors.ts';
import type { App } from '#server/platform/http.ts';
import { Quote } from '../quotes/schema.ts';
import { NewMessage } from '../deciding/schema.ts';
import { EnquiryMessage, Request } from '../schema.ts';
import * as requests from '../service.ts';
import * as conversation from './conversation.ts';
import * as decisions from '../deciding/decisions.ts';
import { Answer, AnswerDraft, EnquiryByLink, MoreTime, SavedDraft } from './schema.ts';
import { Acceptance, QuoteDecline, Revision } from '../deciding/schema.ts';
import { Comparison, ComparisonQuery } from '../comparing/schema.ts';
import * as quotes from './service.ts';

const tags = ['quotes'];
const tokenParams = Type.Object({ token: Type.String() });
const largestDraftBytes = 1024 * 1024;

/** How a buyer comes in: what it may read, and who it is once it decides. */
interface Door {
  base: string;
  params: TSchema;
  /** Operations' names are unique, so those behind a link carry a word of their own. */
  operations: { compare: string; accept: string; decline: string; revise: string };
  reader: (request: FastifyRequest) => Promise<{ id: string; buyerId?: string }>;
  buyer: (request: FastifyRequest) => Promise<decisions.Buyer>;
}

/** Decisions of the buyer, known by its cookie. */
export function routes(app: App, ctx: Context): void {
  async function reader(request: FastifyRequest): Promise<{ id: string; buyerId: string }> {
    const buyerId = await ctx.buyers.find(request);
    if (!buyerId) throw refuse('not_found');
    return { id: (request.params as { id: string }).id, buyerId };
  }
  decisionRoutes(app, ctx, {
    base: '/api/requests/:id',
    params: Type.Object({ id: Type.String() }),
    operations: {
      compare: 'compareQuotes',
      accept: 'acceptQuote',
      decline: 'declineQuote',
      revise: 'askRevision',
    },
    reader,
    async buyer(request) {
      const owner = await reader(request);
      await requests.requireOwn(ctx.db, owner);
      return { requestId: owner.id, actor: requests.actorOf(owner) };
    },
  });
}

function decisionRoutes(app: App, ctx: Context, { base, params, operations, reader, buyer }: Door): void {
  /** Carries a decision out and answers the request as it then is. */
  async function decide(request: FastifyRequest, verb: (buyer: decisions.Buyer) => Promise<void>) {
    const who = await buyer(request);
    await requests.countMailing(ctx, clientAddress(request));
    await verb(who);
    return requests.describe(ctx, { id: who.requestId });
  }
  app.get(
    `${base}/comparison`,
    {
      schema: {
        operationId: operations.compare,
        tags,
        params,
        querystring: ComparisonQuery,
        response: { 200: Comparison },
      },
    },
    async (request) => decisions.comparison(ctx, await reader(request), request.query),
  );
  app.post(
    `${base}/acceptance`,
    {
      schema: { operationId: operations.accept, tags, params, body: Acceptance, response: { 200: Request } },
    },
    (request) => decide(request, (who) => decisions.accept(ctx, who, request.body)),
  );
  app.post(
    `${base}/decline`,
    {
      schema: {
        operationId: operations.decline,
        tags,
        params,
        body: QuoteDecline,
        response: { 200: Request },
      },
    },
    (request) => decide(request, (who) => decisions.decline(ctx, who, request.body)),
  );
  app.post(
    `${base}/revision`,
    { schema: { operationId: operations.revise, tags, params, body: Revision, response: { 200: Request } } },
    (request) => decide(request, (who) => decisions.askRevision(ctx, who, request.body)),
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
    found.set(request, await find(request.params.token));
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
  decisionRoutes(app, ctx, {
    base: '/api/follow/:token',
    params: tokenParams,
    operations: {
      compare: 'compareFollowedQuotes',
      accept: 'acceptFollowedQuote',
      decline: 'declineFollowedQuote',
      revise: 'askFollowedRevision',
    },
    reader: async (request) => ({ id: requestIdOf(request) }),
    async buyer(request) {
      const requestId = requestIdOf(request);
      return { requestId, actor: requests.actorOf({ requestId }) };
    },
  });
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
      reply.code(201).send(await conversation.postMessage(ctx, holderOf(request), request.body.text)),
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
      reply.code(201).send(await conversation.askMoreTime(ctx, holderOf(request), request.body)),
  );
}
