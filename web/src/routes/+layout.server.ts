import { isShown } from '#lib/calls/shown.ts';
import { listIndustries } from '#lib/server/industries.ts';
import type { LayoutServerLoad } from './$types';

export const load: LayoutServerLoad = async ({ locals, cookies, route, depends, untrack }) => {
  depends('app:solution', 'app:call');
  const { api, locale, theme, timeZone } = locals;
  // A vendor answering by its link is not a buyer: no navigation, no solution.
  const slim = untrack(() => String(route.id).includes('/e/['));
  // The desk of an agent has its own frame.
  const bare = untrack(() => String(route.id).startsWith('/agent'));
  const nothing = { isAgent: false, demo: false, industries: [], solution: null, call: null };
  if (slim || bare) return { locale, theme, timeZone, slim, bare, ...nothing };

  // Without a session there is nothing to ask about, and asking would start one.
  const summary = cookies.get('sid') ? api.get('/api/solutions/current/summary') : null;
  // Whoever called has this cookie, and only then there is a call to ask about.
  const callId = cookies.get('call');
  const read = callId ? api.get('/api/calls/{id}', { params: { path: { id: callId } } }) : null;
  const me = cookies.get('session') ? api.get('/api/account/me') : null;
  const [industries, solution, call, isAgent] = await Promise.all([
    listIndustries(api),
    Promise.resolve(summary).catch(() => null),
    Promise.resolve(read).catch(() => null),
    Promise.resolve(me).then(
      (account) => account?.role === 'agent',
      () => false,
    ),
  ]);
  const shownCall = call && isShown(call) ? call : null;
  const frame = { slim, bare, isAgent, demo: isDemo() };
  return { locale, theme, timeZone, ...frame, industries, solution, call: shownCall };
};

// The demo says so in the global scope: no real phone rings there, and the pages tell.
const isDemo = (): boolean =>
  (globalThis as { [name: symbol]: unknown })[Symbol.for('quoteline.demo')] === true;
