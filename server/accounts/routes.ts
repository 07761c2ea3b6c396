import type { FastifyReply } from 'fastify';
import { Type } from 'typebox';
import type { Context } from '#server/context.ts';
import { accountOf } from '#server/platform/auth/actors.ts';
import { knownBrowserCookie, setSecretCookie } from '#server/platform/auth/cookies.ts';
import { clientAddress } from '#server/platform/auth/origin.ts';
import type { App } from '#server/platform/http.ts';
import type { Entry } from './entering/service.ts';
import { register, verifyAddress } from './registering/service.ts';
import { LoginBody, Me, RegisterBody, VerifyAddressBody } from './schema.ts';
import * as accounts from './service.ts';

const tags = ['account'];

export function routes(app: App, ctx: Context): void {
  app.post(
    '/api/account/login',
    { schema: { operationId: 'login', tags, body: LoginBody, response: { 200: Me } } },
    async (request, reply) => {
      const from = {
        address: clientAddress(request),
        knownBrowser: request.cookies[knownBrowserCookie.name],
      };
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
    { schema: { operationId: 'verifyAddress', tags, body: VerifyAddressBody, response: { 200: Me } } },
    async (request, reply) => admit(ctx, reply, await verifyAddress(ctx, request.body, request)),
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

  app.get(
    '/api/account/me',
    { config: { login: 'required' }, schema: { operationId: 'getMe', tags, response: { 200: Me } } },
    async (request) => accounts.me(accountOf(request)),
  );
}

/** Sets the cookies of a browser that was logged in. Returns the account. */
function admit(
  { config, sessions, buyers }: Context,
  reply: FastifyReply,
  { account, sessionId, browserToken, knownBrowser }: Entry,
): Me {
  setSecretCookie(reply, config.publicUrl, knownBrowserCookie, knownBrowser);
  sessions.setCookie(reply, sessionId);
  if (browserToken !== null) buyers.setCookie(reply, browserToken);
  return accounts.me(account);
}
