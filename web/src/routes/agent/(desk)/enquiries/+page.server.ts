import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url, depends }) => {
  depends('app:desk');
  const query = { page: Number(url.searchParams.get('page') || 1) };
  return { enquiries: await locals.api.get('/api/agent/enquiries', { params: { query } }) };
};
