import { Type } from 'typebox';
import type { Context } from '#server/context.ts';
import { accountOf } from '#server/platform/auth/actors.ts';
import { clientAddress } from '#server/platform/auth/origin.ts';
import type { App } from '#server/platform/http.ts';
import { Id } from '#server/platform/schema.ts';
import { changeEmail } from '../addresses/service.ts';
import { setEntryCookies } from '../entering/cookies.ts';
import { EmailChangeBody, Me, PasswordBody, ProfileBody, Sessions } from '../schema.ts';
import * as accounts from '../service.ts';
import * as own from './service.ts';

const tags = ['account'];

/** What the owner of an account does with it. */
export function ownRoutes(app: App, ctx: Context): void {
  app.get(
    '/api/account/me',
    { schema: { operationId: 'getMe', tags, response: { 200: Me } } },
    async (request) => accounts.me(accountOf(request)),
  );

  app.patch(
    '/api/account/me',
    { schema: { operationId: 'updateProfile', tags, body: ProfileBody, response: { 200: Me } } },
    async (request) => accounts.me(await own.updateProfile(ctx, accountOf(request), request.body)),
  );

  app.put(
    '/api/account/password',
    {
      schema: { operationId: 'changePassword', tags, body: PasswordBody, response: { 204: Type.Null() } },
    },
    async (request, reply) => {
      const entry = await own.changePassword(ctx, accountOf(request), request.body, request);
      setEntryCookies(ctx, reply, entry);
      return reply.code(204).send(null);
    },
  );

  app.post(
    '/api/account/email-changes',
    {
      schema: { operationId: 'changeEmail', tags, body: EmailChangeBody, response: { 202: Type.Null() } },
    },
    async (request, reply) => {
      await changeEmail(ctx, accountOf(request), request.body, clientAddress(request));
      return reply.code(202).send(null);
    },
  );

  app.get(
    '/api/account/sessions',
    { schema: { operationId: 'listSessions', tags, response: { 200: Sessions } } },
    async (request) => own.listSessions(ctx, accountOf(request), request),
  );

  app.delete(
    '/api/account/sessions',
    { schema: { operationId: 'endOtherSessions', tags, response: { 204: Type.Null() } } },
    async (request, reply) => {
      await ctx.sessions.endAll(ctx.db, accountOf(request).id, request);
      return reply.code(204).send(null);
    },
  );

  app.delete(
    '/api/account/sessions/:id',
    {
      schema: {
        ...{ operationId: 'endSession', tags },
        ...{ params: Type.Object({ id: Id }), response: { 204: Type.Null() } },
      },
    },
    async (request, reply) => {
      await own.endSession(ctx, accountOf(request), request.params.id);
      return reply.code(204).send(null);
    },
  );
}
