import type { DeskCallList } from '#lib/api/types.ts';
import { api } from '#lib/api.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ fetch, url, depends }) => {
  depends('app:desk');
  const query = { page: url.searchParams.get('page') };
  return { calls: await api(fetch).get<DeskCallList>('/api/agent/calls', { query }) };
};
