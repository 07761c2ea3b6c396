import type { SolutionSummary } from '#server/solutions/schema.ts';
import { api } from '#lib/api.ts';
import { listIndustries } from '#lib/server/industries.ts';
import type { LayoutServerLoad } from './$types';

export const load: LayoutServerLoad = async ({ locals, cookies, fetch, route, depends, untrack }) => {
  depends('app:solution');
  const { locale, theme, timeZone } = locals;
  // A vendor answering by its link is not a buyer: no navigation, no solution.
  const slim = untrack(() => String(route.id).includes('/e/['));
  if (slim) return { locale, theme, timeZone, slim, industries: [], solution: null };

  // Without a session there is nothing to ask about, and asking would start one.
  const summary = cookies.get('sid')
    ? api(fetch).get<SolutionSummary>('/api/solutions/current/summary')
    : null;
  const [industries, solution] = await Promise.all([
    listIndustries(fetch),
    Promise.resolve(summary).catch(() => null),
  ]);
  return { locale, theme, timeZone, slim, industries, solution };
};
