import type { FastifyServerFactory } from 'fastify';
import { routes as accounts } from './accounts/routes.ts';
import { routes as callBacks } from './calls/backs/routes.ts';
import { routes as calls } from './calls/routes.ts';
import { webhookRoutes } from './calls/webhooks.ts';
import { routes as catalog } from './catalog/routes.ts';
import { type Context, createContext, type Overrides } from './context.ts';
import { routes as desk } from './desk/routes.ts';
import { health } from './platform/health.ts';
import { limitReads } from './platform/auth/reads.ts';
import { requireOwnOrigin } from './platform/auth/origin.ts';
import type { Config } from './platform/config.ts';
import { type App, createHttp } from './platform/http.ts';
import { describeApi } from './platform/openapi.ts';
import { serveSockets } from './platform/sockets.ts';
import { routes as presence } from './presence/routes.ts';
import { linkRoutes as quoteLinks, routes as quotes } from './requests/answering/routes.ts';
import { routes as ratings } from './ratings/routes.ts';
import { linkRoutes as requestLinks, routes as requests } from './requests/routes.ts';
import { routes as search } from './search/routes.ts';
import { routes as solutions } from './solutions/routes.ts';
import { createTopics } from './topics.ts';
import { jobHandlers } from './worker.ts';

export interface Service {
  app: App;
  ctx: Context;
  close(): Promise<void>;
}

/** The whole service on a migrated database: routes by scope, features by hand. It doesn't listen yet. */
export async function buildApp(
  config: Config,
  overrides: Overrides & { serverFactory?: FastifyServerFactory } = {},
): Promise<Service> {
  const app = await createHttp({
    logLevel: config.logLevel,
    ...(overrides.serverFactory ? { serverFactory: overrides.serverFactory } : {}),
    trustProxy: config.trustProxy,
    ...(overrides.validateResponses ? { validateResponses: true } : {}),
  });
  const ctx = await createContext(config, overrides, app.log, jobHandlers);

  await describeApi(app, config);
  health(app, ctx);

  await app.register(async (api) => {
    api.addHook('onRequest', limitReads(ctx));
    // Public: guests and everyone else, known by cookie; a change must come from our own pages.
    await api.register(async (scope) => {
      scope.addHook('onRequest', requireOwnOrigin(config.publicUrl));
      for (const routes of [
        accounts,
        catalog,
        search,
        solutions,
        requests,
        quotes,
        presence,
        calls,
        callBacks,
        ratings,
        desk,
      ])
        routes(scope, ctx);
    });
    // Holders of a signed link: the link itself is the right, so the origin doesn't matter.
    await api.register(async (scope) => {
      for (const routes of [requestLinks, quoteLinks]) routes(scope, ctx);
    });
  });
  // The telephone company: it signs what it posts, and comes as often as phones ring.
  await app.register((scope) => webhookRoutes(scope, ctx));

  const topics = createTopics(ctx);
  // Before the sockets are closed: those pages come back to another process.
  app.addHook('preClose', async () => topics.stop());
  await serveSockets(app, ctx, (name, viewer) => topics.find(name, viewer), overrides.socketSecondMs);

  return {
    app,
    ctx,
    close: async () => {
      await app.close();
      await ctx.close();
    },
  };
}
