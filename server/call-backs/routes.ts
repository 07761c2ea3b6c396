import { Type } from 'typebox';
import type { Context } from '#server/context.ts';
import { agentOf, buyerOf, buyerOrNull } from '#server/platform/auth/actors.ts';
import { clientAddress } from '#server/platform/auth/origin.ts';
import type { App } from '#server/platform/http.ts';
import { localeOf } from '#server/platform/locale.ts';
import { Id, PageQuery } from '#server/platform/schema.ts';
import {
  CallBack,
  CallBackList,
  CloseCallBackBody,
  RequestCallBackBody,
  StartedCall,
} from '#server/calls/schema.ts';
import * as callingBack from './calling-back.ts';
import { cancelCallBack } from './cancelling.ts';
import * as callBacks from './service.ts';

const tags = ['calls'];
const byId = Type.Object({ id: Id });
const keyHeader = Type.Object({ 'idempotency-key': Type.Optional(Type.String({ maxLength: 255 })) });

export function buyerRoutes(app: App, ctx: Context): void {
  app.post(
    '/api/call-backs',
    {
      schema: {
        operationId: 'requestCallBack',
        tags,
        headers: keyHeader,
        body: RequestCallBackBody,
        response: { 200: CallBack, 201: CallBack },
      },
    },
    async (request, reply) => {
      const requester = {
        buyerId: buyerOf(request).buyerId,
        address: clientAddress(request),
        locale: localeOf(request),
        idempotencyKey: request.headers['idempotency-key'] || null,
      };
      const { callBack, isNew } = await callBacks.requestCallBack(ctx, requester, request.body);
      return reply.code(isNew ? 201 : 200).send(callBack);
    },
  );
  app.get(
    '/api/call-backs',
    {
      schema: {
        operationId: 'listCallBacks',
        tags,
        querystring: PageQuery,
        response: { 200: CallBackList },
      },
    },
    async (request) => {
      const buyer = buyerOrNull(request);
      return buyer
        ? callBacks.list(ctx, buyer.buyerId, request.query)
        : { items: [], total: 0, ...request.query };
    },
  );
  app.get(
    '/api/call-backs/:id',
    { schema: { operationId: 'getCallBack', tags, params: byId, response: { 200: CallBack } } },
    (request) => callBacks.find(ctx, buyerOf(request).buyerId, request.params.id),
  );
  app.delete(
    '/api/call-backs/:id',
    { schema: { operationId: 'cancelCallBack', tags, params: byId, response: { 204: Type.Null() } } },
    async (request, reply) => {
      await cancelCallBack(ctx, buyerOf(request).buyerId, request.params.id);
      return reply.code(204).send(null);
    },
  );
}

export function agentRoutes(app: App, ctx: Context): void {
  app.post(
    '/api/agent/call-backs/:id/call',
    { schema: { operationId: 'callBack', tags: ['agent'], params: byId, response: { 201: StartedCall } } },
    async (request, reply) => {
      return reply.code(201).send(await callingBack.startCallBack(ctx, agentOf(request), request.params.id));
    },
  );
  app.post(
    '/api/agent/call-backs/:id/closing',
    {
      schema: {
        operationId: 'closeCallBack',
        tags: ['agent'],
        params: byId,
        body: CloseCallBackBody,
        response: { 204: Type.Null() },
      },
    },
    async (request, reply) => {
      await callingBack.closeCallBack(
        ctx,
        agentOf(request),
        request.params.id,
        request.body.note?.trim() ?? '',
      );
      return reply.code(204).send(null);
    },
  );
}
