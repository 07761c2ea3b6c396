import type { FastifyRequest, RouteOptions } from 'fastify';
import type { Context } from '#server/context.ts';
import { Refusal, refuse } from '../errors.ts';
import type { Scope } from '../feature.ts';
import type { App } from '../http.ts';
import { type Actor, buyerOrGuest, loggedIn } from './actors.ts';
import type { Link } from './links.ts';
import { oncePerView } from '../in-process.ts';
import { createReadCounter } from '../limits.ts';
import { clientAddress, requireOwnOrigin } from './origin.ts';
import { limitReads } from './reads.ts';

/**
 * How the buyer scope treats a browser without a buyer: `refuse` with `not_found`, `create` a buyer once the request
 * has been validated, `admit` as a guest.
 */
export type GuestPolicy = 'refuse' | 'create' | 'admit';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Set by the scope itself. */
    scope?: Scope;
    /** Public scope: requires a login; by default the session isn't read. Buyer scope: requires a buyer's. */
    login?: 'required';
    /** Buyer scope. Default: `refuse`. */
    guest?: GuestPolicy | ((request: FastifyRequest) => GuestPolicy);
    /** Link scope: the kind of link that the route's `:token` belongs to. */
    link?: Link<object>;
  }
}

type Guard = (app: App) => void;

/** Returns a function that adds a scope's hooks to an encapsulated `app`, before its routes are added. */
export function createScopes(ctx: Context): (scope: Scope, app: App) => void {
  const limit = limitReads(ctx);
  const ownOrigin = requireOwnOrigin(ctx.config.publicUrl);
  /** Cookies need protection from CSRF. */
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
    // No limit: Twilio sends as many requests as calls need.
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

/** Who asks is read once per page, however many calls it makes. */
function visitorsOf(
  { sessions, buyers }: Context,
  request: FastifyRequest,
): Pick<Context, 'sessions' | 'buyers'> {
  const { cookie = '' } = request.headers;
  return {
    sessions: {
      ...sessions,
      find: (visit) => oncePerView(request, `session ${cookie}`, () => sessions.find(visit)),
    },
    buyers: {
      ...buyers,
      find: (...visit) => oncePerView(request, `buyer ${cookie}`, () => buyers.find(...visit)),
    },
  };
}

async function requireLogin(ctx: Context, request: FastifyRequest): Promise<Actor> {
  const actor = await loggedIn(visitorsOf(ctx, request), request);
  if (!actor) throw refuse('login_required');
  return actor;
}

function admitBuyers(app: App, ctx: Context): void {
  const policyOf = (request: FastifyRequest): GuestPolicy => {
    const { guest = 'refuse' } = request.routeOptions.config;
    return typeof guest === 'function' ? guest(request) : guest;
  };
  app.addHook('onRequest', async (request, reply) => {
    if (request.routeOptions.config.login === 'required') {
      request.actor = await requireRole(ctx, request, 'buyer');
      return;
    }
    request.actor = await buyerOrGuest(visitorsOf(ctx, request), request, reply);
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
    request.actor = await requireRole(ctx, request, kind);
  });
}

async function requireRole(ctx: Context, request: FastifyRequest, kind: Actor['kind']): Promise<Actor> {
  const actor = await requireLogin(ctx, request);
  if (actor.kind !== kind) throw refuse('forbidden');
  return actor;
}

function admitHolders(app: App, ctx: Context): void {
  const allows = createReadCounter(ctx.config.limits.badLinksPerMinute);
  // Good links work on for everybody at the guesser's address.
  const isGuessing = (error: unknown, request: FastifyRequest) =>
    error instanceof Refusal &&
    error.code === 'link_not_valid' &&
    !allows(clientAddress(request), ctx.clock.now());
  app.addHook('onRoute', ({ url, config }) => {
    if (!config?.link) throw new Error(`the route ${url} names no link`);
  });
  app.addHook<{ Params: { token: string } }>('onRequest', async (request, reply) => {
    reply.header('cache-control', 'no-store').header('referrer-policy', 'no-referrer');
    const { link } = request.routeOptions.config;
    if (!link) throw refuse('link_not_valid');
    const named = await link.resolve(ctx, request.params.token).catch((error: unknown) => {
      throw isGuessing(error, request) ? refuse('too_many', { retryAfterSeconds: 60 }) : error;
    });
    request.actor = { kind: 'holder', link, named };
  });
}

/** Admits forms signed by Twilio, which signs the public URL, not the one a proxy passes on. */
function admitTwilio(app: App, { config, telephony }: Context): void {
  // Twilio sends forms; the signature of an empty form would also fit any JSON.
  app.removeContentTypeParser('application/json');
  app.addHook('preHandler', async (request) => {
    const { headers, originalUrl, body } = request;
    const signature = headers['x-twilio-signature'];
    const given = typeof signature === 'string' ? signature : undefined;
    // A repeated field is an array, which Twilio signs as one.
    const form = typeof body === 'object' && body !== null ? (body as Record<string, unknown>) : {};
    const isSigned = await telephony?.isSigned(given, config.publicUrl + originalUrl, form);
    if (!isSigned) throw refuse('forbidden');
    request.actor = { kind: 'twilio' };
  });
}

/** API tokens don't exist yet. */
function admitNobody(app: App): void {
  app.addHook('onRequest', async () => {
    throw refuse('login_required');
  });
}

/** Fails the start if a route has no scope. Must be registered before the features. */
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
