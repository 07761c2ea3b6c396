import type { RequestList } from '#lib/api/types.ts';
import { api } from '#lib/api.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ fetch, url }) => {
  const page = Math.min(1_000, Math.max(1, Math.floor(Number(url.searchParams.get('page'))) || 1));
  return {
    requests: await api(fetch).get<RequestList>('/api/requests', { query: { page } }),
    now: new Date().toISOString(),
  };
};
