import type { FastifyReply } from 'fastify';
import { Type } from 'typebox';
import type { Context } from '#server/context.ts';
import { agentOf, buyerOf, buyerOrNull } from '#server/platform/auth/actors.ts';
import { clientAddress } from '#server/platform/auth/origin.ts';
import { currencyFor } from '#server/platform/currency.ts';
import type { App } from '#server/platform/http.ts';
import { localeOf } from '#server/platform/locale.ts';
import { Id } from '#server/platform/schema.ts';
import {
  Call,
  CurrentCall,
  NoteBody,
  ShareSolutionBody,
  StartCallBody,
  StartedCall,
  SupportTerms,
  SupportTermsQuery,
  WrapUpBody,
} from './schema.ts';
import * as calls from './service.ts';

const tags = ['calls'];
const byId = Type.Object({ id: Id });
const keyHeader = Type.Object({ 'idempotency-key': Type.Optional(Type.String({ maxLength: 255 })) });

/** The id of the call that pages show. */
const callCookie = 'call';
const cookieDays = 7;

function rememberCall({ config }: Context, reply: FastifyReply, callId: string): void {
  reply.setCookie(callCookie, callId, {
    path: '/',
    httpOnly: true,
    sameSite: 'lax',
    secure: config.publicUrl.startsWith('https:'),
    maxAge: cookieDays * 86_400,
  });
}

export function buyerRoutes(app: App, ctx: Context): void {
  app.post(
    '/api/calls',
    {
      schema: {
        operationId: 'startCall',
        tags,
        headers: keyHeader,
        body: StartCallBody,
        response: { 201: StartedCall },
      },
    },
    async (request, reply) => {
      const { buyerId, account } = buyerOf(request);
      const caller = {
        buyerId,
        accountId: account?.id ?? null,
        address: clientAddress(request),
        locale: localeOf(request),
        idempotencyKey: request.headers['idempotency-key'] || null,
      };
      const started = await calls.startCall(ctx, caller, request.body);
      rememberCall(ctx, reply, started.id);
      return reply.code(201).send(started);
    },
  );
  app.get(
    '/api/support-terms',
    {
      schema: {
        operationId: 'getSupportTerms',
        tags,
        querystring: SupportTermsQuery,
        response: { 200: SupportTerms },
      },
    },
    async (request) => {
      const buyer = buyerOrNull(request);
      const payerId = buyer?.account ? buyer.buyerId : null;
      return calls.supportTerms(ctx, payerId, request.query.vendor, currencyFor(request));
    },
  );
  app.get(
    '/api/calls/current',
    {
      schema: { operationId: 'getCurrentCall', tags, response: { 200: CurrentCall } },
    },
    async (request, reply) => {
      const buyer = buyerOrNull(request);
      const call = buyer && (await calls.findCurrentCall(ctx, buyer.buyerId));
      // An account's call may have begun in another browser.
      if (call && call.status !== 'ended') rememberCall(ctx, reply, call.id);
      return { call };
    },
  );
  app.get(
    '/api/calls/:id',
    { schema: { operationId: 'getCall', tags, params: byId, response: { 200: Call } } },
    (request) => calls.findCall(ctx, buyerOf(request).buyerId, request.params.id),
  );
  app.post(
    '/api/calls/:id/hangup',
    { schema: { operationId: 'hangUp', tags, params: byId, response: { 200: Call } } },
    async (request) => {
      const { buyerId } = buyerOf(request);
      await calls.hangUpAsBuyer(ctx, buyerId, request.params.id);
      return calls.findCall(ctx, buyerId, request.params.id);
    },
  );
  app.put(
    '/api/calls/:id/sharing',
    {
      schema: {
        operationId: 'shareSolution',
        tags,
        params: byId,
        body: ShareSolutionBody,
        response: { 200: Call },
      },
    },
    async (request) => {
      const { buyerId } = buyerOf(request);
      await calls.shareSolution(ctx, buyerId, request.params.id, request.body.shared);
      return calls.findCall(ctx, buyerId, request.params.id);
    },
  );
}

export function agentRoutes(app: App, ctx: Context): void {
  const agentTags = ['agent'];
  const done = { 204: Type.Null() };

  app.post(
    '/api/agent/calls/:id/decline',
    { schema: { operationId: 'declineCall', tags: agentTags, params: byId, response: done } },
    async (request, reply) => {
      await calls.declineCall(ctx, agentOf(request).agentId, request.params.id);
      return reply.code(204).send(null);
    },
  );
  app.post(
    '/api/agent/calls/:id/hangup',
    { schema: { operationId: 'hangUpAsAgent', tags: agentTags, params: byId, response: done } },
    async (request, reply) => {
      await calls.hangUpAsAgent(ctx, agentOf(request).agentId, request.params.id);
      return reply.code(204).send(null);
    },
  );
  app.put(
    '/api/agent/calls/:id/note',
    {
      schema: { operationId: 'writeCallNote', tags: agentTags, params: byId, body: NoteBody, response: done },
    },
    async (request, reply) => {
      await calls.writeCallNote(ctx, agentOf(request).agentId, request.params.id, request.body.note);
      return reply.code(204).send(null);
    },
  );
  app.post(
    '/api/agent/calls/:id/wrap-up',
    { schema: { operationId: 'wrapUp', tags: agentTags, params: byId, body: WrapUpBody, response: done } },
    async (request, reply) => {
      await calls.wrapUpCall(ctx, agentOf(request).agentId, request.params.id, request.body.action);
      return reply.code(204).send(null);
    },
  );
}
