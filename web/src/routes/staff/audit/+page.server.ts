import { pageIn } from '#lib/rooms/paging.server.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url }) => {
  const query = { page: pageIn(url), perPage: 50 };
  return { entries: await locals.api.get('/api/staff/audit', { params: { query } }) };
};
