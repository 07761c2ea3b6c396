import { Type } from 'typebox';
import type { Context } from '#server/context.ts';
import { accountOf } from '#server/platform/auth/actors.ts';
import type { App } from '#server/platform/http.ts';
import { Id } from '#server/platform/schema.ts';
import { admit, knownBrowserIn } from '../factors/routes.ts';
import { Me, OwnPasswordBody } from '../schema.ts';
import * as schema from './schema.ts';
import * as passkeys from './service.ts';

const tags = ['account'];
const params = Type.Object({ id: Id });

/** The passkeys of the logged-in account, and logins that one finishes. */
export function passkeyRoutes(app: App, ctx: Context): void {
  app.post(
    '/api/account/passkey-challenges',
    {
      schema: {
        ...{ operationId: 'startPasskey', tags, body: OwnPasswordBody },
        response: { 201: schema.PasskeyOptions },
      },
    },
    async (request, reply) =>
      reply.code(201).send(await passkeys.startPasskey(ctx, accountOf(request), request.body.password)),
  );

  app.post(
    '/api/account/passkeys',
    {
      schema: {
        ...{ operationId: 'addPasskey', tags, body: schema.AddPasskeyBody },
        response: { 201: schema.AddedPasskey },
      },
    },
    async (request, reply) =>
      reply.code(201).send(await passkeys.addPasskey(ctx, accountOf(request), request.body, request)),
  );

  app.patch(
    '/api/account/passkeys/:id',
    {
      schema: {
        ...{ operationId: 'renamePasskey', tags, params, body: schema.PasskeyNameBody },
        response: { 200: schema.Passkey },
      },
    },
    async (request) => passkeys.renamePasskey(ctx, accountOf(request), request.params.id, request.body.name),
  );

  app.delete(
    '/api/account/passkeys/:id',
    {
      schema: {
        ...{ operationId: 'removePasskey', tags, params, body: OwnPasswordBody },
        response: { 204: Type.Null() },
      },
    },
    async (request, reply) => {
      await passkeys.removePasskey(ctx, accountOf(request), request.params.id, request.body.password);
      return reply.code(204).send(null);
    },
  );

  app.post(
    '/api/account/second-step/passkey-challenges',
    {
      schema: { operationId: 'startPasskeyLogin', tags, response: { 201: schema.PasskeyOptions } },
    },
    async (request, reply) => reply.code(201).send(await passkeys.startPasskeyLogin(ctx, request)),
  );

  app.post(
    '/api/account/second-step/passkey',
    {
      schema: {
        ...{ operationId: 'finishLoginWithPasskey', tags, body: schema.CredentialBody },
        response: { 200: Me },
      },
    },
    async (request, reply) => {
      const { credential } = request.body;
      const known = knownBrowserIn(request);
      return admit(ctx, reply, await passkeys.finishLoginWithPasskey(ctx, credential, request, known));
    },
  );
}
