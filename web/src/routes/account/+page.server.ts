import type { Me } from '#lib/api/schema.d.ts';
import { redirect } from '@sveltejs/kit';
import { api, ApiError } from '#lib/api.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ fetch }) => {
  try {
    return { me: await api(fetch).get<Me>('/api/account/me') };
  } catch (cause) {
    if (cause instanceof ApiError && cause.status === 401) redirect(303, '/account/login');
    throw cause;
  }
};

export const actions: Actions = {
  logout: async ({ fetch }) => {
    await api(fetch).post('/api/account/logout');
    redirect(303, '/account/login?said=loggedOut');
  },
};
