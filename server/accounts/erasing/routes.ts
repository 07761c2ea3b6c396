import { Type } from 'typebox';
import type { Context } from '#server/context.ts';
import { accountOf, buyerOf } from '#server/platform/auth/actors.ts';
import type { App } from '#server/platform/http.ts';
import { browserLeft } from '../service.ts';
import { EraseBody, Erasure } from './schema.ts';
import * as erasing from './service.ts';

const tags = ['account'];

/** The copy and the erasure of what is kept of a buyer. */
export function erasingRoutes(app: App, ctx: Context): void {
  app.get(
    '/api/account/export',
    {
      schema: {
        ...{ operationId: 'exportMyData', tags },
        response: { 200: Type.Object({}, { title: 'PersonalCopy', additionalProperties: true }) },
      },
    },
    async (request, reply) => {
      const copy = await erasing.exportMyData(ctx, { ...accountOf(request), ...buyerOf(request) });
      return reply
        .header('content-disposition', 'attachment; filename="quoteline-data.json"')
        .header('cache-control', 'no-store')
        .send(copy);
    },
  );

  app.get(
    '/api/account/erasure',
    { schema: { operationId: 'getErasure', tags, response: { 200: Erasure } } },
    async (request) => erasing.erasureOf(ctx, { ...accountOf(request), ...buyerOf(request) }),
  );

  app.delete(
    '/api/account/me',
    { schema: { operationId: 'eraseAccount', tags, body: EraseBody, response: { 204: Type.Null() } } },
    async (request, reply) => {
      await erasing.eraseAccount(ctx, { ...accountOf(request), ...buyerOf(request) }, request.body);
      const browserToken = await browserLeft(ctx, request);
      ctx.sessions.clearCookie(reply);
      if (browserToken !== null) ctx.buyers.setCookie(reply, browserToken);
      return reply.code(204).send(null);
    },
  );
}
