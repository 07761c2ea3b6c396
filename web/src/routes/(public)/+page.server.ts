import { loadHome } from '#lib/server/home.ts';
import { mayOwnSomething } from '#lib/server/visit.ts';
import type { PageServerLoad } from './$types';

const requestsLooked = 20;

export const load: PageServerLoad = async ({ locals: { api, locale }, cookies }) => {
  const asked = mayOwnSomething(cookies)
    ? api.get('/api/requests', { params: { query: { perPage: requestsLooked } } }).catch(() => null)
    : null;
  const [home, requests] = await Promise.all([loadHome(api, locale), asked]);
  const open = requests?.items.filter(({ status }) => status !== 'accepted' && status !== 'closed') ?? [];
  return { ...home, openRequests: open.map(({ id, number, title }) => ({ id, number, title })) };
};
