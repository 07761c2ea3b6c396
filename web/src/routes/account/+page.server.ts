import { redirect } from '@sveltejs/kit';
import { ApiError } from '#lib/api/problem.ts';
import type { Actions, PageServerLoad } from './$types';

const newestShown = 5;

export const load: PageServerLoad = async ({ locals: { api }, url }) => {
  try {
    const me = await api.get('/api/account/me');
    const said = url.searchParams.get('said');
    const isProven = said === 'verified' || said === 'changed';
    if (me.role !== 'buyer') return { me, isProven, joined: 0, mine: null };
    const [{ needs }, newest] = await Promise.all([
      api.get('/api/account/overview'),
      api.get('/api/requests', { params: { query: { perPage: newestShown } } }),
    ]);
    // All that a new account has are the requests that joined it.
    const joined = said === 'verified' ? newest.total : 0;
    return { me, isProven, joined, mine: { needs, newest, now: new Date().toISOString() } };
  } catch (cause) {
    if (cause instanceof ApiError && cause.status === 401) redirect(303, '/account/login');
    throw cause;
  }
};

export const actions: Actions = {
  logout: async ({ locals }) => {
    await locals.api.post('/api/account/logout');
    redirect(303, '/account/login?said=loggedOut');
  },
};
