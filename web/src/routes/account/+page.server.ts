import { redirect } from '@sveltejs/kit';
import { ApiError } from '#lib/api/problem.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url }) => {
  try {
    const me = await locals.api.get('/api/account/me');
    const said = url.searchParams.get('said');
    if (said !== 'verified') return { me, isProven: said === 'changed', joined: 0 };
    // All that a new account has are the requests that joined it.
    const { total } = await locals.api.get('/api/requests');
    return { me, isProven: true, joined: total };
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
