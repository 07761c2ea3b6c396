import { redirect } from '@sveltejs/kit';
import { refused, toLogin } from '#lib/credits/login.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { api }, params: { id }, url }) => {
  try {
    return { topUp: await api.get('/api/credits/top-ups/{id}', { params: { path: { id } } }) };
  } catch (cause) {
    return toLogin(cause, url);
  }
};

export const actions: Actions = {
  cancel: async ({ locals: { api }, params: { id }, url }) => {
    try {
      await api.delete('/api/credits/top-ups/{id}', { params: { path: { id } } });
    } catch (cause) {
      return refused(cause, url.pathname, {});
    }
    redirect(303, url.pathname);
  },
};
