import type { Context } from '#server/context.ts';
import { buyerOf } from '#server/platform/auth/actors.ts';
import type { App } from '#server/platform/http.ts';
import { Overview } from './schema.ts';
import { overviewOf } from './service.ts';

export function routes(app: App, ctx: Context): void {
  app.get(
    '/api/account/overview',
    {
      schema: { operationId: 'getOverview', tags: ['account'], response: { 200: Overview } },
    },
    (request) => overviewOf(ctx, buyerOf(request)),
  );
}
