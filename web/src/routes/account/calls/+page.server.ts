import { toLogin } from '#lib/credits/login.server.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { api, timeZone }, url }) => {
  const page = Math.min(1_000, Math.max(1, Math.floor(Number(url.searchParams.get('page'))) || 1));
  const figures = (by: 'week' | 'vendor') =>
    api.get('/api/call-statistics', { params: { query: { by, timeZone } } });
  try {
    const [calls, weeks, partners] = await Promise.all([
      api.get('/api/calls', { params: { query: { page } } }),
      figures('week'),
      figures('vendor'),
    ]);
    return { calls, weeks, partners };
  } catch (cause) {
    return toLogin(cause, url);
  }
};
