import { redirect } from '@sveltejs/kit';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url, parent }) => {
  // Accounts have a list with search and states.
  if ((await parent()).me?.role === 'buyer') redirect(303, `/account/requests${url.search}`);
  const page = Math.min(1_000, Math.max(1, Math.floor(Number(url.searchParams.get('page'))) || 1));
  return {
    requests: await locals.api.get('/api/requests', { params: { query: { page } } }),
    now: new Date().toISOString(),
  };
};
