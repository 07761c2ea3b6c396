import type { Cookies } from '@sveltejs/kit';
import type { Api } from '#lib/api/paths.ts';
import type { Call } from '#lib/api/schema.d.ts';
import { isShown, looksForCalls, wasDismissed } from '#lib/calls/shown.ts';
import { listIndustries } from '#lib/server/industries.ts';
import { countUnread } from '#lib/server/unread.ts';
import { mayBeLoggedIn, mayOwnSomething } from '#lib/server/visit.ts';
import type { LayoutServerLoad } from './$types';

export const load: LayoutServerLoad = async ({ locals, cookies, route, depends, untrack }) => {
  depends('app:solution', 'app:call');
  const { api, locale, theme, timeZone } = locals;
  const currency = locals.currency ?? null;
  // A vendor who answers by a link is no buyer, so there is no navigation and no solution.
  const slim = untrack(() => /\/(?:e|complaints)\/\[token/.test(String(route.id)));
  // The desk of an agent and the rooms of managers and staff have their own frame.
  const bare = untrack(() => /^\/(?:agent|vendor|staff)(?:\/|$)/.test(String(route.id)));
  const nothing = { me: null, demo: false, industries: [], solution: null, call: null };
  if (slim || bare) return { locale, theme, timeZone, currency, slim, bare, ...nothing };

  const summary = mayOwnSomething(cookies) ? api.get('/api/solutions/current/summary') : null;
  const account = mayBeLoggedIn(cookies) ? api.get('/api/account/me') : null;
  const [industries, solution, call, me, unread] = await Promise.all([
    listIndustries(api, locale),
    Promise.resolve(summary).catch(() => null),
    readCall(api, cookies).catch(() => null),
    Promise.resolve(account).catch(() => null),
    countUnread(api, cookies),
  ]);
  const shownCall = call && isShown(call) ? call : null;
  const known = me && {
    name: me.name,
    email: me.email,
    company: me.company,
    role: me.role,
    unread,
  };
  const frame = { slim, bare, me: known, demo: isDemo() };
  return { locale, theme, timeZone, currency, ...frame, industries, solution, call: shownCall };
};

/**
 * Returns the latest call of this browser, which it started or which answers its call-back request, or, with a login, one
 * that the buyer started in another browser.
 */
async function readCall(api: Api, cookies: Pick<Cookies, 'get'>): Promise<Call | null> {
  const id = cookies.get('call');
  const known = id ? await api.get('/api/calls/{id}', { params: { path: { id } } }) : null;
  if (known && known.status !== 'ended') return known;
  const mayBeCalled = looksForCalls(cookies);
  if (!mayBeCalled && !mayBeLoggedIn(cookies)) return known;
  // An agent may call back once more after the known call.
  const { call } = await api.get('/api/calls/current');
  if (!call || (known && call.requestedAt <= known.requestedAt)) return known;
  if (call.status !== 'ended') return call;
  return mayBeCalled && !wasDismissed(cookies, call.id) ? call : known;
}

// The demo sets a global, so that pages can say that no real phone rings.
const isDemo = (): boolean =>
  (globalThis as { [name: symbol]: unknown })[Symbol.for('quoteline.demo')] === true;
