import { Type } from 'typebox';
import type { Context } from '#server/context.ts';
import { buyerOf, namedBy } from '#server/platform/auth/actors.ts';
import { currencyFor } from '#server/platform/currency.ts';
import type { App } from '#server/platform/http.ts';
import { localeOf } from '#server/platform/locale.ts';
import { Id, KeyHeader } from '#server/platform/schema.ts';
import { copyOwn } from '../copying/service.ts';
import { PageOfLines, Solution } from '../schema.ts';
import type { ReadSolution } from '../routes.ts';
import { CopySharedBody, SolutionByLink, SolutionShare } from './schema.ts';
import * as sharing from './service.ts';

const tags = ['solutions'];
const params = Type.Object({ id: Id });

/** Registers copying a solution, and sharing it by a link. `read` answers a copy. */
export function sharingRoutes(app: App, ctx: Context, read: ReadSolution): void {
  app.post(
    '/api/solutions/:id/copies',
    {
      schema: {
        operationId: 'copySolution',
        tags,
        params,
        headers: KeyHeader,
        response: { 201: Solution },
      },
    },
    async (request, reply) => {
      const { buyerId } = buyerOf(request);
      const key = request.headers['idempotency-key'] || null;
      const { id } = await copyOwn(ctx, { buyerId, key }, request.params.id);
      return reply.code(201).send(await read(ctx, buyerId, id, request));
    },
  );
  app.post(
    '/api/solutions/copies',
    {
      schema: {
        operationId: 'copySharedSolution',
        tags,
        headers: KeyHeader,
        body: CopySharedBody,
        response: { 201: Solution },
      },
    },
    async (request, reply) => {
      const { buyerId } = buyerOf(request);
      const key = request.headers['idempotency-key'] || null;
      const { id } = await sharing.copyShared(ctx, { buyerId, key }, request.body.token);
      return reply.code(201).send(await read(ctx, buyerId, id, request));
    },
  );
  app.get(
    '/api/solutions/:id/share',
    {
      schema: { operationId: 'getSolutionShare', tags, params, response: { 200: SolutionShare } },
    },
    (request) => sharing.readShare(ctx, buyerOf(request).buyerId, request.params.id),
  );
  app.put(
    '/api/solutions/:id/share',
    {
      schema: { operationId: 'shareSolutionByLink', tags, params, response: { 200: SolutionShare } },
    },
    (request) => sharing.shareByLink(ctx, buyerOf(request).buyerId, request.params.id),
  );
  app.delete(
    '/api/solutions/:id/share',
    {
      schema: { operationId: 'stopSharingSolution', tags, params, response: { 204: Type.Null() } },
    },
    async (request, reply) => {
      await sharing.stopSharing(ctx, buyerOf(request).buyerId, request.params.id);
      return reply.code(204).send(null);
    },
  );
}

/** Registers the reading of a shared solution. */
export function linkRoutes(app: App, ctx: Context): void {
  app.get(
    '/api/shared-solutions/:token',
    {
      schema: {
        operationId: 'getSharedSolution',
        tags,
        params: Type.Object({ token: Type.String() }),
        querystring: PageOfLines,
        response: { 200: SolutionByLink },
      },
    },
    (request) => {
      const currency = currencyFor(request);
      const page = { ...request.query, ...(currency === undefined ? {} : { currency }) };
      return sharing.describeShared(ctx, namedBy(request, sharing.shareLink), page, localeOf(request));
    },
  );
}
