import { Type } from 'typebox';
import type { Context } from '#server/context.ts';
import { clientAddress } from '#server/platform/auth/origin.ts';
import type { App } from '#server/platform/http.ts';
import { addressRoutes } from './addressbook/routes.ts';
import { undoEmailChange } from './addresses/service.ts';
import { choiceRoutes } from './choices/routes.ts';
import { erasingRoutes } from './erasing/routes.ts';
import { admit, factorRoutes, knownBrowserIn } from './factors/routes.ts';
import { checkLink } from './links.ts';
import { ownRoutes } from './own/routes.ts';
import { passkeyRoutes } from './passkeys/routes.ts';
import { register, verifyAddress } from './registering/service.ts';
import { requestPasswordReset, resetPassword } from './resetting/service.ts';
import {
  LinkCheck,
  LinkCheckBody,
  LoginBody,
  Me,
  NewPasswordBody,
  PasswordResetBody,
  RegisterBody,
  UndoBody,
  Verified,
  VerifyAddressBody,
} from './schema.ts';
import * as accounts from './service.ts';

const tags = ['account'];

/** What only buyers have. */
export function buyerRoutes(app: App, ctx: Context): void {
  addressRoutes(app, ctx);
  choiceRoutes(app, ctx);
  erasingRoutes(app, ctx);
}

export function routes(app: App, ctx: Context): void {
  app.post(
    '/api/account/login',
    { schema: { operationId: 'login', tags, body: LoginBody, response: { 200: Me } } },
    async (request, reply) => {
      const from = { address: clientAddress(request), knownBrowser: knownBrowserIn(request) };
      return admit(ctx, reply, await accounts.login(ctx, request.body, request, from));
    },
  );

  app.post(
    '/api/account/registrations',
    { schema: { operationId: 'register', tags, body: RegisterBody, response: { 202: Type.Null() } } },
    async (request, reply) => {
      const guestId = (await ctx.buyers.find(request, null, reply)) ?? (await ctx.buyers.create(reply));
      await register(ctx, request.body, { guestId, address: clientAddress(request) });
      return reply.code(202).send(null);
    },
  );

  app.post(
    '/api/account/verifications',
    { schema: { operationId: 'verifyAddress', tags, body: VerifyAddressBody, response: { 200: Verified } } },
    async (request, reply) => {
      const { isNew, ...entry } = await verifyAddress(ctx, request.body, request);
      return { ...admit(ctx, reply, entry), isNew };
    },
  );

  app.post(
    '/api/account/logout',
    { schema: { operationId: 'logout', tags, response: { 204: Type.Null() } } },
    async (request, reply) => {
      const browserToken = await accounts.logout(ctx, request);
      ctx.sessions.clearCookie(reply);
      if (browserToken !== null) ctx.buyers.setCookie(reply, browserToken);
      return reply.code(204).send(null);
    },
  );

  app.post(
    '/api/account/password-resets',
    {
      schema: {
        ...{ operationId: 'requestPasswordReset', tags },
        ...{ body: PasswordResetBody, response: { 202: Type.Null() } },
      },
    },
    async (request, reply) => {
      await requestPasswordReset(ctx, request.body.email, clientAddress(request));
      return reply.code(202).send(null);
    },
  );

  app.put(
    '/api/account/password-resets/:token',
    {
      schema: {
        ...{ operationId: 'resetPassword', tags, params: Type.Object({ token: Type.String() }) },
        ...{ body: NewPasswordBody, response: { 204: Type.Null() } },
      },
    },
    async (request, reply) => {
      await resetPassword(ctx, request.params.token, request.body.password);
      return reply.code(204).send(null);
    },
  );

  app.post(
    '/api/account/link-checks',
    {
      schema: {
        ...{ operationId: 'checkAccountLink', tags },
        ...{ body: LinkCheckBody, response: { 200: LinkCheck } },
      },
    },
    async (request) => checkLink(ctx, request.body, request),
  );

  app.post(
    '/api/account/email-change-undos',
    { schema: { operationId: 'undoEmailChange', tags, body: UndoBody, response: { 204: Type.Null() } } },
    async (request, reply) => {
      await undoEmailChange(ctx, request.body.token);
      return reply.code(204).send(null);
    },
  );

  ownRoutes(app, ctx);
  factorRoutes(app, ctx);
  passkeyRoutes(app, ctx);
}
