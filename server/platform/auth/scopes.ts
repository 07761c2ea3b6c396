import type { FastifyRequest, RouteOptions } from 'fastify';
import type { Context } from '#server/context.ts';
import { refuse } from '../errors.ts';
import type { Scope } from '../feature.ts';
import type { App } from '../http.ts';
import { type Actor, buyerOrGuest, loggedIn } from './actors.ts';
import type { Link } from './links.ts';
import { requireOwnOrigin } from './origin.ts';
import { limitReads } from './reads.ts';

/**
 * What a browser that has started nothing gets in the buyer scope: `refuse` answers `not_found`, `create` makes it a
 * buyer once the request has been validated, `admit` lets it in as a guest.
 */
export type GuestPolicy = 'refuse' | 'create' | 'admit';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Set by the scope itself. */
    scope?: Scope;
    /** Public scope: whether somebody must be logged in. Nobody is looked up otherwise. */
    login?: 'required';
    /** Buyer scope; `refuse` when left out. */
    guest?: GuestPolicy | ((request: FastifyRequest) => GuestPolicy);
    /** Link scope: what the route's `:token` must be a token of. */
    link?: Link<object>;
  }
}

type Guard = (app: App) => void;

/** Returns what guards the routes of each scope. Applied to an encapsulated `app` before its routes are added. */
export function createScopes(ctx: Context): (scope: Scope, app: App) => void {
  const limit = limitReads(ctx);
  const ownOrigin = requireOwnOrigin(ctx.config.publicUrl);
  /** Where a cookie is the right, changes have to come from our own pages. */
  const byCookie =
    (admit: Guard): Guard =>
    (app) => {
      app.addHook('onRequest', limit);
      app.addHook('onRequest', ownOrigin);
      admit(app);
    };
  const byRole = (kind: 'agent' | 'manager' | 'staff') => byCookie((app) => admitRole(app, ctx, kind));
  const guards: Record<Scope, Guard> = {
    public: byCookie((app) => admitAnyone(app, ctx)),
    buyer: byCookie((app) => admitBuyers(app, ctx)),
    agent: byRole('agent'),
    vendor: byRole('manager'),
    staff: byRole('staff'),
    link: (app) => {
      app.addHook('onRequest', limit);
      admitHolders(app, ctx);
    },
    // Not limited: Twilio sends as many requests as calls need.
    webhook: (app) => admitTwilio(app, ctx),
    machine: (app) => {
      app.addHook('onRequest', limit);
      admitNobody(app);
    },
  };
  return (scope, app) => {
    app.addHook('onRoute', (route) => {
      route.config = { ...route.config, scope };
    });
    guards[scope](app);
  };
}

function admitAnyone(app: App, ctx: Context): void {
  app.addHook('onRequest', async (request) => {
    if (request.routeOptions.config.login === 'required') request.actor = await requireLogin(ctx, request);
  });
}

async function requireLogin(ctx: Context, request: FastifyRequest): Promise<Actor> {
  const actor = await loggedIn(ctx, request);
  if (!actor) throw refuse('login_required');
  return actor;
}

function admitBuyers(app: App, ctx: Context): void {
  const policyOf = (request: FastifyRequest): GuestPolicy => {
    const { guest = 'refuse' } = request.routeOptions.config;
    return typeof guest === 'function' ? guest(request) : guest;
  };
  app.addHook('onRequest', async (request, reply) => {
    request.actor = await buyerOrGuest(ctx, request, reply);
    if (request.actor.kind === 'guest' && policyOf(request) === 'refuse') throw refuse('not_found');
  });
  app.addHook('preHandler', async (request, reply) => {
    if (request.actor?.kind !== 'guest' || policyOf(request) !== 'create') return;
    const { account } = request.actor;
    request.actor = { kind: 'buyer', buyerId: await ctx.buyers.create(reply), account };
  });
}

function admitRole(app: App, ctx: Context, kind: 'agent' | 'manager' | 'staff'): void {
  app.addHook('onRequest', async (request) => {
    request.actor = await requireLogin(ctx, request);
    if (request.actor.kind !== kind) throw refuse('forbidden');
  });
}

function admitHolders(app: App, ctx: Context): void {
  app.addHook('onRoute', ({ url, config }) => {
    if (!config?.link) throw new Error(`the route ${url} names no link`);
  });
  app.addHook<{ Params: { token: string } }>('onRequest', async (request, reply) => {
    reply.header('cache-control', 'no-store').header('referrer-policy', 'no-referrer');
    const { link } = request.routeOptions.config;
    if (!link) throw refuse('link_not_valid');
    request.actor = { kind: 'holder', link, named: await link.resolve(ctx, request.params.token) };
  });
}

/** Admits forms that Twilio signed. It signs our own origin with the path, whatever proxies made of it. */
function admitTwilio(app: App, { config, telephony }: Context): void {
  app.addHook('preHandler', async (request) => {
    const { headers, originalUrl, body } = request;
    const signature = headers['x-twilio-signature'];
    const given = typeof signature === 'string' ? signature : undefined;
    // A repeated field is an array, and signed as such.
    const form = typeof body === 'object' && body !== null ? (body as Record<string, unknown>) : {};
    const isSigned = await telephony?.isSigned(given, config.publicUrl + originalUrl, form);
    if (!isSigned) throw refuse('forbidden');
    request.actor = { kind: 'twilio' };
  });
}

/** Programs will come with tokens of their own; nothing gives any out yet. */
function admitNobody(app: App): void {
  app.addHook('onRequest', async () => {
    throw refuse('login_required');
  });
}

/** Keeps `app` from starting with a route of a feature that no scope guards. Registered before the features. */
export function requireScopes(app: App): void {
  const routes: RouteOptions[] = [];
  app.addHook('onRoute', (route) => {
    if (/^\/(?:api|webhooks)\//.test(route.url)) routes.push(route);
  });
  app.addHook('onReady', async () => {
    const open = routes.filter(({ config }) => config?.scope === undefined).map(({ url }) => url);
    if (open.length > 0) throw new Error(`routes that no scope guards: ${open.join(', ')}`);
  });
}
