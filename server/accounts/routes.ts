import { Type } from 'typebox';
import type { Context } from '#server/context.ts';
import { accountOf } from '#server/platform/auth/actors.ts';
import { knownBrowserCookie, setSecretCookie } from '#server/platform/auth/cookies.ts';
import { clientAddress } from '#server/platform/auth/origin.ts';
import type { App } from '#server/platform/http.ts';
import { LoginBody, Me } from './schema.ts';
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
      const { account, sessionId, browserToken, knownBrowser } = await accounts.login(
        ctx,
        request.body,
        request,
        from,
      );
      setSecretCookie(reply, ctx.config.publicUrl, knownBrowserCookie, knownBrowser);
      ctx.sessions.setCookie(reply, sessionId);
      if (browserToken !== null) ctx.buyers.setCookie(reply, browserToken);
      return accounts.me(account);
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

  app.get(
    '/api/account/me',
    { config: { login: 'required' }, schema: { operationId: 'getMe', tags, response: { 200: Me } } },
    async (request) => accounts.me(accountOf(request)),
  );
}
