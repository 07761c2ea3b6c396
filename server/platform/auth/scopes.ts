import type { FastifyRequest, RouteOptions } from 'fastify';
import type { Context } from '#server/context.ts';
import { Refusal, refuse } from '../errors.ts';
import type { Scope } from '../feature.ts';
import type { App } from '../http.ts';
import { type AccessTable, type GuestPolicy, type Row, whoIs } from './access.ts';
import { actingFor, type Actor, buyerOrGuest, loggedIn } from './actors.ts';
import type { Link } from './links.ts';
import { oncePerView } from '../in-process.ts';
import { createReadCounter } from '../limits.ts';
import { clientAddress, requireOwnOrigin } from './origin.ts';
import { limitReads } from './reads.ts';
import { lacksFactor } from './second-factor.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Set by the scope itself: the row of the route's operation. */
    access?: Row;
  }
}

/** What scopes decide by. */
interface Access {
  table: AccessTable;
  /** The kinds of links that rows name by their purpose. */
  links: readonly Link<object>[];
}

type Guard = (app: App) => void;

/** Returns a function that adds a scope's hooks to an encapsulated `app`, before its routes are added. */
export function createScopes(ctx: Context, { table, links }: Access): (scope: Scope, app: App) => void {
  const byPurpose = linksByPurpose(table, links);
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
  const byRole = byCookie((app) => admitRoles(app, ctx));
  const guards: Record<Scope, Guard> = {
    public: byRole,
    buyer: byCookie((app) => admitBuyers(app, ctx)),
    agent: byRole,
    vendor: byRole,
    staff: byRole,
    link: (app) => {
      app.addHook('onRequest', limit);
      admitHolders(app, ctx, byPurpose);
    },
    // No limit: Twilio and Stripe send as many requests as there is to tell.
    webhook: (app) => admitSigned(app, ctx),
    machine: (app) => {
      app.addHook('onRequest', limit);
      admitNobody(app);
    },
  };
  return (scope, app) => {
    app.addHook('onRoute', (route) => {
      route.config = { ...route.config, access: rowOf(table, scope, route) };
    });
    guards[scope](app);
  };
}

/** Returns the row of a route's operation, which must be one of the scope. */
function rowOf(table: AccessTable, scope: Scope, { url, schema }: RouteOptions): Row {
  const { operationId = '' } = (schema ?? {}) as { operationId?: string };
  const row = Object.hasOwn(table, operationId) ? table[operationId] : undefined;
  if (!row) throw new Error(`the operation "${operationId}" at ${url} has no row in server/access.ts`);
  if (row.scope === scope) return row;
  throw new Error(`the operation "${operationId}" is in the scope ${scope}, but its row in ${row.scope}`);
}

function linksByPurpose(table: AccessTable, links: Access['links']): Map<string, Link<object>> {
  const byPurpose = new Map(links.map((link) => [link.purpose, link]));
  for (const [operationId, { link }] of Object.entries(table)) {
    if (link !== undefined && !byPurpose.has(link))
      throw new Error(`no feature has the link "${link}" of the operation "${operationId}"`);
  }
  return byPurpose;
}

const rowOfCall = ({ routeOptions }: FastifyRequest): Row => {
  const { access } = routeOptions.config;
  if (!access) throw new Error(`no row for ${routeOptions.url}`);
  return access;
};

/** Admits whom the row names. Reads no session where the row admits guests. */
function admitRoles(app: App, ctx: Context): void {
  app.addHook('onRequest', async (request) => {
    const row = rowOfCall(request);
    if (row.who.guest === undefined) request.actor = await requireRole(ctx, request, row);
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

/** Refuses `login_required`, `forbidden` unless the row names the role, and `second_factor_missing`. */
async function requireRole(ctx: Context, request: FastifyRequest, row: Row): Promise<Actor> {
  const actor = await loggedIn(visitorsOf(ctx, request), request);
  if (!actor) throw refuse('login_required');
  if (row.who[whoIs(actor)] === undefined) throw refuse('forbidden');
  if (!row.withoutFactor && actor.account && (await lacksFactor(ctx, actor.account)))
    throw refuse('second_factor_missing');
  return actor;
}

function admitBuyers(app: App, ctx: Context): void {
  const policyOf = (request: FastifyRequest): GuestPolicy => {
    const { guest = 'refuse' } = rowOfCall(request);
    if (guest !== 'create current') return guest;
    return (request.params as { id?: string }).id === 'current' ? 'create' : 'refuse';
  };
  app.addHook('onRequest', async (request, reply) => {
    const row = rowOfCall(request);
    if (row.who.guest === undefined) {
      request.actor = await requireRole(ctx, request, row);
      return;
    }
    const actor = await buyerOrGuest(visitorsOf(ctx, request), request, reply);
    // Until then they are what anybody is in this browser.
    const isNobody = actor.account !== null && (await lacksFactor(ctx, actor.account));
    request.actor = isNobody ? { ...actor, account: null } : actor;
    if (actor.kind === 'guest' && policyOf(request) === 'refuse') throw refuse('not_found');
  });
  app.addHook('preHandler', async (request, reply) => {
    if (request.actor?.kind !== 'guest' || policyOf(request) !== 'create') return;
    request.actor = actingFor(await ctx.buyers.create(reply), request.actor.account);
  });
}

function admitHolders(app: App, ctx: Context, byPurpose: ReadonlyMap<string, Link<object>>): void {
  const allows = createReadCounter(ctx.config.limits.badLinksPerMinute);
  // Good links work on for everybody at the guesser's address.
  const isGuessing = (error: unknown, request: FastifyRequest) =>
    error instanceof Refusal &&
    error.code === 'link_not_valid' &&
    !allows(clientAddress(request), ctx.clock.now());
  app.addHook<{ Params: { token: string } }>('onRequest', async (request, reply) => {
    reply.header('cache-control', 'no-store').header('referrer-policy', 'no-referrer');
    const link = byPurpose.get(rowOfCall(request).link ?? '');
    if (!link) throw refuse('link_not_valid');
    const named = await link.resolve(ctx, request.params.token).catch((error: unknown) => {
      throw isGuessing(error, request) ? refuse('too_many', { retryAfterSeconds: 60 }) : error;
    });
    request.actor = { kind: 'holder', link, named };
  });
}

/** Admits what Twilio or Stripe, whichever the row names, has signed. */
function admitSigned(app: App, ctx: Context): void {
  // Twilio sends forms; the signature of an empty form would also fit any JSON. Stripe's bytes are read by its route.
  app.removeContentTypeParser('application/json');
  app.addHook('preHandler', async (request) => {
    const isStripe = rowOfCall(request).who.stripe !== undefined;
    request.actor = await (isStripe ? signedByStripe : signedByTwilio)(request, ctx);
  });
}

/** Refuses `forbidden`. Twilio signs the public URL, not the one a proxy passes on. */
async function signedByTwilio(
  { headers, originalUrl, body }: FastifyRequest,
  { config, telephony }: Context,
): Promise<Actor> {
  const signature = headers['x-twilio-signature'];
  const given = typeof signature === 'string' ? signature : undefined;
  // A repeated field is an array, which Twilio signs as one.
  const form = typeof body === 'object' && body !== null ? (body as Record<string, unknown>) : {};
  const isSigned = await telephony?.isSigned(given, config.publicUrl + originalUrl, form);
  if (!isSigned) throw refuse('forbidden');
  return { kind: 'twilio' };
}

/** Refuses `forbidden`. Stripe signs the bytes of the body. */
async function signedByStripe({ headers, body }: FastifyRequest, { payments }: Context): Promise<Actor> {
  const signature = headers['stripe-signature'];
  const isReadable = Buffer.isBuffer(body) && typeof signature === 'string';
  const event = isReadable ? await payments?.readEvent(body, signature) : null;
  if (!event) throw refuse('forbidden');
  return { kind: 'stripe', event };
}

/** API tokens don't exist yet. */
function admitNobody(app: App): void {
  app.addHook('onRequest', async () => {
    throw refuse('login_required');
  });
}

/** Fails the start if a route has no scope or a row no route. Must be registered before the features. */
export function requireScopes(app: App, table: AccessTable): void {
  const routes: RouteOptions[] = [];
  app.addHook('onRoute', (route) => {
    if (/^\/(?:api|webhooks)\//.test(route.url)) routes.push(route);
  });
  app.addHook('onReady', async () => {
    const open = routes.filter(({ config }) => config?.access === undefined).map(({ url }) => url);
    if (open.length > 0) throw new Error(`routes that no scope guards: ${open.join(', ')}`);
    const served = new Set(routes.map(({ config }) => config?.access));
    const unused = Object.keys(table).filter((operationId) => !served.has(table[operationId]));
    if (unused.length > 0) throw new Error(`rows of server/access.ts without a route: ${unused.join(', ')}`);
  });
}
