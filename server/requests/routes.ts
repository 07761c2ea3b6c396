import { Type } from 'typebox';
import type { Context } from '#server/context.ts';
import { clientAddress } from '#server/platform/auth/origin.ts';
import { refuse } from '#server/platform/errors.ts';
import type { App } from '#server/platform/http.ts';
import { localeOf } from '#server/platform/locale.ts';
import { Id, PageQuery } from '#server/platform/schema.ts';
import { NewRequest, SentRequest, Specification } from './sending/schema.ts';
import { NewDeadline, NewFollowMessage, NewMessage } from './deciding/schema.ts';
import { EnquiryMessage, Request, RequestKind, RequestList } from './schema.ts';
import * as service from './service.ts';

const tags = ['requests'];
const byId = Type.Object({ id: Id });
const byToken = Type.Object({ token: Type.String({ maxLength: 500 }) });
const keyHeader = Type.Object({ 'idempotency-key': Type.Optional(Type.String()) });
const longestKey = 255;

/** Guests and everyone else, known by cookie. */
export function routes(app: App, ctx: Context): void {
  const own = async (request: Parameters<Context['buyers']['find']>[0]): Promise<string> => {
    const buyerId = await ctx.buyers.find(request);
    if (!buyerId) throw refuse('not_found');
    return buyerId;
  };

  app.get(
    '/api/solutions/:id/specification',
    {
      schema: {
        operationId: 'getSpecification',
        tags,
        params: byId,
        querystring: Type.Object({ kind: { ...RequestKind, default: 'quote' } }),
        response: { 200: Specification },
      },
    },
    async (request) => {
      const buyerId = await own(request);
      return service.specification(ctx, buyerId, request.params.id, request.query.kind);
    },
  );

  app.post(
    '/api/requests',
    {
      schema: {
        operationId: 'sendRequest',
        tags,
        headers: keyHeader,
        body: NewRequest,
        response: { 201: SentRequest },
      },
    },
    async (request, reply) => {
      const key = requireKey(request.headers['idempotency-key']);
      const buyerId = await own(request);
      const sender = { buyerId, address: clientAddress(request), locale: localeOf(request) };
      return reply.code(201).send(await service.send(ctx, sender, key, request.body));
    },
  );

  app.get(
    '/api/requests',
    { schema: { operationId: 'listRequests', tags, querystring: PageQuery, response: { 200: RequestList } } },
    async (request) => {
      const buyerId = await ctx.buyers.find(request);
      return buyerId ? service.list(ctx, buyerId, request.query) : { items: [], total: 0, ...request.query };
    },
  );

  app.get(
    '/api/requests/:id',
    { schema: { operationId: 'getRequest', tags, params: byId, response: { 200: Request } } },
    async (request) => {
      const buyerId = await own(request);
      return service.describe(ctx, { id: request.params.id, buyerId });
    },
  );

  app.post(
    '/api/requests/:id/deadline',
    {
      schema: {
        operationId: 'giveMoreTime',
        tags,
        params: byId,
        body: NewDeadline,
        response: { 200: Request },
      },
    },
    async (request) => {
      const by = { id: request.params.id, buyerId: await own(request) };
      const buyer = { buyerId: by.buyerId, requestId: by.id };
      await service.countMailing(ctx, clientAddress(request));
      await service.giveMoreTime(ctx, buyer, request.body.enquiryId, request.body.deadline);
      return service.describe(ctx, by);
    },
  );

  app.post(
    '/api/enquiries/:id/messages',
    {
      schema: {
        operationId: 'postBuyerMessage',
        tags,
        params: byId,
        body: NewMessage,
        response: { 201: EnquiryMessage },
      },
    },
    async (request, reply) => {
      const buyer = { buyerId: await own(request) };
      await service.countMailing(ctx, clientAddress(request));
      const message = await service.postMessage(ctx, buyer, request.params.id, request.body.text);
      return reply.code(201).send(message);
    },
  );
}

/** Holders of a follow link: the same, for the one request it names. */
export function linkRoutes(app: App, ctx: Context): void {
  app.get(
    '/api/follow/:token',
    { schema: { operationId: 'getFollowedRequest', tags, params: byToken, response: { 200: Request } } },
    async (request) => service.describe(ctx, { id: await service.followed(ctx, request.params.token) }),
  );

  app.post(
    '/api/follow/:token/messages',
    {
      schema: {
        operationId: 'postFollowMessage',
        tags,
        params: byToken,
        body: NewFollowMessage,
        response: { 201: EnquiryMessage },
      },
    },
    async (request, reply) => {
      const requestId = await service.followed(ctx, request.params.token);
      await service.countMailing(ctx, clientAddress(request));
      const { enquiryId, text } = request.body;
      return reply.code(201).send(await service.postMessage(ctx, { requestId }, enquiryId, text));
    },
  );

  app.post(
    '/api/follow/:token/deadline',
    {
      schema: {
        operationId: 'giveMoreTimeByLink',
        tags,
        params: byToken,
        body: NewDeadline,
        response: { 200: Request },
      },
    },
    async (request) => {
      const id = await service.followed(ctx, request.params.token);
      await service.countMailing(ctx, clientAddress(request));
      await service.giveMoreTime(ctx, { requestId: id }, request.body.enquiryId, request.body.deadline);
      return service.describe(ctx, { id });
    },
  );
}

function requireKey(key: string | undefined): string {
  if (key && key.length <= longestKey) return key;
  const code = 'idempotency_key_required';
  const message = `is required, up to ${longestKey} characters`;
  throw refuse(code, { errors: [{ path: 'Idempotency-Key', code, message }] });
}
