import { pageIn } from '#lib/rooms/paging.server.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url }) => {
  const q = url.searchParams.get('q')?.trim().slice(0, 200) ?? '';
  const people = q
    ? await locals.api.get('/api/staff/people', { params: { query: { q, page: pageIn(url) } } })
    : null;
  return { q, people };
};
