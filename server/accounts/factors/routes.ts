import type { FastifyReply, FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import type { Context } from '#server/context.ts';
import { accountOf } from '#server/platform/auth/actors.ts';
import {
  clearSecretCookie,
  knownBrowserCookie,
  loginStepCookie,
  setSecretCookie,
} from '#server/platform/auth/cookies.ts';
import type { App } from '#server/platform/http.ts';
import { setEntryCookies } from '../entering/cookies.ts';
import type { Entry } from '../entering/service.ts';
import { refuse } from '../refusals.ts';
import {
  CodeBody,
  Me,
  OwnPasswordBody,
  RecoveryCodes,
  SecondStep,
  TwoFactor,
  TwoFactorSecret,
} from '../schema.ts';
import { me } from '../service.ts';
import * as factors from './service.ts';
import { finishLogin, type PendingLogin, secondStep } from './steps.ts';

const tags = ['account'];

/** The second factor of the logged-in account, and the second step of a login. */
export function factorRoutes(app: App, ctx: Context): void {
  app.get(
    '/api/account/two-factor',
    { schema: { operationId: 'getTwoFactor', tags, response: { 200: TwoFactor } } },
    async (request) => factors.twoFactor(ctx, accountOf(request)),
  );

  app.post(
    '/api/account/two-factor',
    { schema: { operationId: 'startTwoFactor', tags, response: { 201: TwoFactorSecret } } },
    async (request, reply) => reply.code(201).send(await factors.startTwoFactor(ctx, accountOf(request))),
  );

  app.put(
    '/api/account/two-factor',
    {
      schema: { operationId: 'confirmTwoFactor', tags, body: CodeBody, response: { 200: RecoveryCodes } },
    },
    async (request) => factors.confirmTwoFactor(ctx, accountOf(request), request.body.code, request),
  );

  app.delete(
    '/api/account/two-factor',
    {
      schema: { operationId: 'endTwoFactor', tags, body: OwnPasswordBody, response: { 204: Type.Null() } },
    },
    async (request, reply) => {
      await factors.endTwoFactor(ctx, accountOf(request), request.body.password);
      return reply.code(204).send(null);
    },
  );

  app.post(
    '/api/account/two-factor/recovery-codes',
    {
      schema: {
        ...{ operationId: 'renewRecoveryCodes', tags, body: OwnPasswordBody },
        ...{ response: { 201: RecoveryCodes } },
      },
    },
    async (request, reply) =>
      reply.code(201).send(await factors.renewRecoveryCodes(ctx, accountOf(request), request.body.password)),
  );

  stepRoutes(app, ctx);
}

function stepRoutes(app: App, ctx: Context): void {
  app.get(
    '/api/account/second-step',
    { schema: { operationId: 'getSecondStep', tags, response: { 200: SecondStep } } },
    async (request) => secondStep(ctx, request),
  );

  app.post(
    '/api/account/second-step',
    { schema: { operationId: 'finishLogin', tags, body: CodeBody, response: { 200: Me } } },
    async (request, reply) => {
      const entry = await finishLogin(ctx, request.body.code, request, knownBrowserIn(request));
      return admit(ctx, reply, entry);
    },
  );
}

/** Returns the secret of a browser that has logged in before. */
export const knownBrowserIn = ({ cookies }: FastifyRequest): string | undefined =>
  cookies[knownBrowserCookie.name];

/** Sets the cookies of a login and returns its account, or the cookie of the second step, and then refuses. */
export function admit(ctx: Context, reply: FastifyReply, login: Entry | PendingLogin): Me {
  const { publicUrl } = ctx.config;
  if ('stepToken' in login) {
    setSecretCookie(reply, publicUrl, loginStepCookie, login.stepToken);
    throw refuse('second_factor_required');
  }
  if (reply.request.cookies[loginStepCookie.name] !== undefined)
    clearSecretCookie(reply, publicUrl, loginStepCookie.name);
  setEntryCookies(ctx, reply, login);
  return me(login.account);
}
