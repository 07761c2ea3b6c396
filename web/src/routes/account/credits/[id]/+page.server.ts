import { redirect } from '@sveltejs/kit';
import { refused, toLogin } from '#lib/credits/login.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { api }, params: { id }, url }) => {
  const back = url.searchParams.get('back');
  const params = { path: { id } };
  try {
    // Whoever comes from the provider's page may be here before its event: the service asks.
    const topUp = back
      ? await api.post('/api/credits/top-ups/{id}/check', { params })
      : await api.get('/api/credits/top-ups/{id}', { params });
    return { topUp, back };
  } catch (cause) {
    return toLogin(cause, url);
  }
};

export const actions: Actions = {
  pay: async ({ locals: { api }, params: { id }, url }) => {
    let next: string;
    try {
      const topUp = await api.post('/api/credits/top-ups/{id}/check', { params: { path: { id } } });
      next = topUp.paymentUrl ?? url.pathname;
    } catch (cause) {
      return refused(cause, url.pathname, {});
    }
    redirect(303, next);
  },
  cancel: async ({ locals: { api }, params: { id }, url }) => {
    try {
      await api.delete('/api/credits/top-ups/{id}', { params: { path: { id } } });
    } catch (cause) {
      return refused(cause, url.pathname, {});
    }
    redirect(303, url.pathname);
  },
};
