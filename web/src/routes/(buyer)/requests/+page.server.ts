import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url }) => {
  const page = Math.min(1_000, Math.max(1, Math.floor(Number(url.searchParams.get('page'))) || 1));
  return {
    requests: await locals.api.get('/api/requests', { params: { query: { page } } }),
    now: new Date().toISOString(),
  };
};
