import type { FastifyServerFactory } from 'fastify';
import { access } from './access.ts';
import { attachments } from './attachments.ts';
import { type Context, createContext, type Overrides } from './context.ts';
import { features } from './features.ts';
import { featureHooks } from './hooks.ts';
import { browserCookie } from './buyers/browsers.ts';
import {
  knownBrowserCookie,
  loginStepCookie,
  noteAnonymous,
  readSecretCookies,
} from './platform/auth/cookies.ts';
import { requireOwnHost } from './platform/auth/origin.ts';
import { sessionCookie } from './platform/auth/sessions.ts';
import { createScopes, requireScopes } from './platform/auth/scopes.ts';
import { createBackupAlarm } from './platform/backup/alarm.ts';
import type { Config } from './platform/config.ts';
import type { OperationDocs } from './platform/docs.ts';
import { createDrain } from './platform/drain.ts';
import { scopes } from './platform/feature.ts';
import { health } from './platform/health.ts';
import { type App, createHttp } from './platform/http.ts';
import { describeApi } from './platform/openapi.ts';
import { noteRefusals } from './platform/security.ts';
import { serveSockets } from './platform/sockets.ts';
import { createWatch } from './platform/watch.ts';
import { forgetDeadWorkers } from './platform/workers.ts';
import { topicsOf } from './topics.ts';
import { personalData } from './personal.ts';
import { jobHandlers } from './worker.ts';

export interface Service {
  app: App;
  ctx: Context;
  /** Begins what a process that serves does by itself, also while no worker lives. */
  watch(): void;
  /** For that many seconds /readyz is 503 while everything is served, so that balancers choose another process. */
  drainRequests(seconds: number): Promise<void>;
  /** Takes no new connections, lets running requests end, and closes everything. */
  close(): Promise<void>;
}

/** Builds the service on a migrated database. Doesn't listen. */
export async function buildApp(
  config: Config,
  overrides: Overrides & { serverFactory?: FastifyServerFactory } = {},
): Promise<Service> {
  const app = await createHttp({
    logLevel: config.logLevel,
    isHttps: config.publicUrl.startsWith('https:'),
    ...(overrides.serverFactory ? { serverFactory: overrides.serverFactory } : {}),
    trustProxy: config.trustProxy,
    ...(overrides.validateResponses ? { validateResponses: true } : {}),
  });
  const ctx = await createContext(config, overrides, app.log, {
    handlersOf: jobHandlers,
    hooks: featureHooks(),
    attachments: attachments(),
    personal: personalData,
  });

  noteRefusals(app, ctx.security);
  app.addHook('onRequest', requireOwnHost(config.publicUrl));
  const secretCookies = [sessionCookie, browserCookie, knownBrowserCookie, loginStepCookie];
  readSecretCookies(app, config.publicUrl, secretCookies);
  noteAnonymous(app, secretCookies);
  await describeApi(app, config, {
    docs: Object.assign({}, ...features.map(({ docs }) => docs)) as OperationDocs,
    refusals: features.flatMap(({ name, refusals }) => (refusals ? [[name, refusals] as const] : [])),
  });
  const drain = createDrain(app.server);
  const measures = features.flatMap(({ metrics }) => metrics ?? []);
  health(app, ctx, drain, measures);

  requireScopes(app, access);
  const guard = createScopes(ctx, { table: access, links: features.flatMap(({ links }) => links ?? []) });
  for (const scope of scopes) {
    await app.register(async (guarded) => {
      guard(scope, guarded);
      for (const { routes } of features) {
        const add = routes?.[scope];
        // Encapsulate each feature, so that its hooks don't apply to others.
        if (add) await guarded.register(async (own) => add(own, ctx));
      }
    });
  }

  const topics = topicsOf(ctx);
  // Before the sockets are closed, because their pages reconnect to another process.
  app.addHook('preClose', async () => topics.stop());
  await serveSockets(app, ctx, (name, viewer) => topics.find(name, viewer), overrides.socketSecondMs);

  const watches = features.flatMap(({ watch }) => watch ?? []);
  const watching = createWatch(ctx, [() => forgetDeadWorkers(ctx.db), createBackupAlarm(ctx), ...watches]);
  return {
    app,
    ctx,
    watch: () => watching.begin(),
    drainRequests: (seconds) => drain.begin(seconds),
    close: async () => {
      // First, as a closing app refuses the calls of pages.
      await drain.finish();
      await watching.end();
      await app.close();
      await ctx.close();
    },
  };
}
